package store

import (
	"cmp"

	"muster/provision"
)

// filled fills blanks of accounts; what somebody has put there stays.
func filled(b provision.Batch) step {
	s := &statement{
		what: "details",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE accounts SET
			name = CASE WHEN name = '' THEN r.value->>1 ELSE name END,
			first_name = CASE WHEN first_name = '' THEN r.value->>2 ELSE first_name END,
			last_name = CASE WHEN last_name = '' THEN r.value->>3 ELSE last_name END,
			contact_email = CASE WHEN contact_email = '' THEN r.value->>4 ELSE contact_email END,
			language = CASE WHEN language = '' THEN r.value->>5 ELSE language END,
			time_zone = CASE WHEN time_zone = '' THEN r.value->>6 ELSE time_zone END,
			picture = CASE WHEN picture = '' THEN r.value->>7 ELSE picture END,
			updated_at = CAST($2 AS {ts})
			FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	s.rows.addFills(b.Fills)
	return s
}

func (r *rows) addFills(of []provision.FillRow) {
	for _, f := range sorted(of, func(x, y provision.FillRow) int { return cmp.Compare(x.Account, y.Account) }) {
		r.add(f.Account, f.Name, f.FirstName, f.LastName, f.ContactEmail, f.Language, f.TimeZone, f.Picture)
	}
}

// restated gives accounts another status; of several of one account the last.
func restated(b provision.Batch) step {
	s := &statement{
		what: "statuses",
		all:  true,
		text: `UPDATE accounts SET status = r.value->>1 FROM {rows} AS r
			WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	all := sortedStable(b.Statuses, func(x, y provision.StatusRow) int { return cmp.Compare(x.Account, y.Account) })
	for i, row := range all {
		if i+1 == len(all) || all[i+1].Account != row.Account {
			s.rows.add(row.Account, string(row.Status))
		}
	}
	return s
}

// kept replaces the free columns that memberships keep.
func kept(b provision.Batch) step {
	s := &statement{
		what: "free columns",
		all:  true,
		text: `UPDATE memberships SET attributes = CAST(r.value->>2 AS {json}) FROM {rows} AS r
			WHERE memberships.account_id = CAST(r.value->>0 AS {uuid}) AND memberships.brand_id = CAST(r.value->>1 AS {uuid})`,
	}
	for _, m := range sorted(b.Kept, byBrand) {
		s.rows.add(m.Account, m.Brand, m.Attributes)
	}
	return s
}
