package desk

import (
	"cmp"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/words"
)

// A field is a line of a card: what the list or the account says, and how it
// stands beside the row.
type field struct {
	Name, Said string
	How        how
}

// How a field of an account stands beside the row.
type how string

// The ways; "" where one of them says nothing.
const (
	agrees  how = "the same"
	alike   how = "alike"
	differs how = "differs"
)

// compare puts what an account holds beside the row: its name, its address, its
// profiles, and where it stands.
func compare(in words.In, row provision.HeldRow, c provision.HeldCandidate) []field {
	fields := []field{
		{Name: in.Say("Name"), Said: cmp.Or(c.Name, in.Say("no name")), How: compareNames(row.Name, c.Name)},
		{Name: in.Say("Email"), Said: cmp.Or(c.Email, in.Say("no email")), How: compareEmails(row.Email, c.Email)},
	}
	for _, p := range c.Profiles {
		f := profileField(in, p.Profile)
		f.How = compareProfile(row.Profiles, p.Profile)
		if p.Connected {
			f.Said += in.Say(" (connected)")
		}
		fields = append(fields, f)
	}
	if state := in.State(c); state != "" {
		fields = append(fields, field{Name: in.Say("Status"), Said: state})
	}
	return fields
}

func profileField(in words.In, p identity.Profile) field {
	name, said, found := strings.Cut(words.Profile(p), " ")
	if !found {
		return field{Name: in.Say("Profile"), Said: name}
	}
	return field{Name: words.Sentence(name), Said: said}
}

func compareNames(row, account string) how {
	switch {
	case row == "" || account == "":
		return ""
	case dedupe.SameName(row, account):
		return agrees
	case dedupe.NamesShare(row, account):
		return alike
	}
	return differs
}

func compareEmails(row identity.Email, account string) how {
	other, _, err := identity.ParseEmail(account)
	switch {
	case row.IsZero() || err != nil:
		return ""
	case row.Key() == other.Key():
		return agrees
	case row.MailboxKey() == other.MailboxKey():
		return alike
	}
	return differs
}

// compareProfile compares a profile of an account with those of the row on the
// same network, as far as they can be compared.
func compareProfile(row []identity.Profile, p identity.Profile) how {
	same := slices.ContainsFunc(row, func(o identity.Profile) bool { return o.Key() == p.Key() })
	comparable := slices.ContainsFunc(row, func(o identity.Profile) bool { return o.Space() == p.Space() && !o.Shared })
	switch {
	case same:
		return agrees
	case comparable && !p.Shared:
		return differs
	}
	return ""
}
