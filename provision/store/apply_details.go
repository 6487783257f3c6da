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

// edited sets fields of accounts, several rows of one account joined.
func edited(b provision.Batch) step {
	s := &statement{
		what: "account fields",
		all:  true,
		text: `UPDATE accounts SET
			status = COALESCE(r.value->>1, accounts.status), address = COALESCE(r.value->>2, accounts.address),
			email = COALESCE(r.value->>3, accounts.email), mailbox = COALESCE(r.value->>4, accounts.mailbox),
			email_role = COALESCE(CAST(r.value->>5 AS boolean), accounts.email_role),
			name = COALESCE(r.value->>6, accounts.name)
			FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	for _, e := range oneEdit(b.Edits) {
		var role any
		if e.Email.Value != "" {
			role = e.Email.Role
		}
		s.rows.add(e.Account, orNil(string(e.Status)), orNil(e.Email.Address), orNil(e.Email.Value),
			orNil(e.Email.Mailbox), role, orNil(e.Name))
	}
	return s
}

// oneEdit sorts edits by account and lays those of one account over each
// other: a later one counts more.
func oneEdit(all []provision.EditRow) []provision.EditRow {
	all = sortedStable(all, func(x, y provision.EditRow) int { return cmp.Compare(x.Account, y.Account) })
	joined := all[:0]
	for _, e := range all {
		n := len(joined)
		if n == 0 || joined[n-1].Account != e.Account {
			joined = append(joined, e)
			continue
		}
		last := &joined[n-1]
		last.Status = cmp.Or(e.Status, last.Status)
		last.Email = cmp.Or(e.Email, last.Email)
		last.Name = cmp.Or(e.Name, last.Name)
	}
	return joined
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
