package store

import (
	"cmp"

	"muster/provision"
)

// readdressed gives accounts a new address. Their former keys stay theirs:
// somebody who still writes to the old address is not a new person.
func readdressed(b provision.Batch) step {
	s := &statement{
		what: "addresses",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE accounts SET address = r.value->>1, email = r.value->>2,
			mailbox = r.value->>3, email_role = CAST(r.value->>4 AS boolean), updated_at = CAST($2 AS {ts})
			FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	for _, a := range byAddress(b) {
		s.rows.add(a.Account, a.Email.Address, a.Email.Value, a.Email.Mailbox, a.Email.Role)
	}
	return s
}

// unaddressed ends the live links that are for a former address.
func unaddressed(b provision.Batch) step {
	s := &statement{
		what: "links to former addresses",
		more: []any{stamp(b.By.At)},
		text: supersedeSQL,
	}
	for _, a := range byAddress(b) {
		s.rows.add(a.Account)
	}
	return s
}

func byAddress(b provision.Batch) []provision.AddressRow {
	return sorted(b.Addresses, func(x, y provision.AddressRow) int { return cmp.Compare(x.Account, y.Account) })
}
