package store

import (
	"cmp"

	"muster/provision"
)

// filled fills blanks of accounts; what somebody has put there stays.
func filled(b provision.Batch) step {
	s := step{what: "details", all: true, more: []any{stamp(b.By.At)}, text: `UPDATE accounts SET
		name = CASE WHEN name = '' THEN r.value->>1 ELSE name END,
		first_name = CASE WHEN first_name = '' THEN r.value->>2 ELSE first_name END,
		last_name = CASE WHEN last_name = '' THEN r.value->>3 ELSE last_name END,
		contact_email = CASE WHEN contact_email = '' THEN r.value->>4 ELSE contact_email END,
		language = CASE WHEN language = '' THEN r.value->>5 ELSE language END,
		time_zone = CASE WHEN time_zone = '' THEN r.value->>6 ELSE time_zone END,
		picture = CASE WHEN picture = '' THEN r.value->>7 ELSE picture END,
		updated_at = CAST($2 AS {ts})
		FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`}
	for _, f := range sorted(b.Fills, func(x, y provision.FillRow) int { return cmp.Compare(x.Account, y.Account) }) {
		s.rows.add(f.Account, f.Name, f.FirstName, f.LastName, f.ContactEmail, f.Language, f.TimeZone, f.Picture)
	}
	return s
}

// kept replaces the free columns that memberships keep.
func kept(b provision.Batch) step {
	s := step{what: "free columns", all: true, text: `UPDATE memberships SET attributes = CAST(r.value->>2 AS {json}) FROM {rows} AS r
		WHERE memberships.account_id = CAST(r.value->>0 AS {uuid}) AND memberships.brand_id = CAST(r.value->>1 AS {uuid})`}
	for _, m := range sorted(b.Kept, byBrand) {
		s.rows.add(m.Account, m.Brand, m.Attributes)
	}
	return s
}

// newPrivate keeps apart what the audit must not have.
func newPrivate(b provision.Batch) step {
	return step{what: "what undoing needs", into: privateTable, more: []any{orNil(b.By.Run)}, fill: func(r *rows) {
		for _, a := range sorted(b.Audit, func(x, y provision.AuditRow) int { return cmp.Compare(x.ID, y.ID) }) {
			if len(a.Private) > 0 {
				r.add(a.ID, orNil(a.Account), a.Private)
			}
		}
	}}
}
