package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// additions returns the access the person is to have and the account has not:
// memberships, higher roles, campaigns, products.
func additions(m Match, a Account, p Policy) Write {
	var w Write
	person, kind := m.Person, m.Person.kind()
	role := highest(person.union(func(r record.Record) []string { return []string{r.Role} }), p)
	for _, brand := range p.brands(person) {
		held, in := a.In(brand)
		switch {
		case !in && role == "":
			w.Memberships = append(w.Memberships, Membership{Brand: brand, Kind: kind, Role: p.DefaultRole(kind), Permissions: m.permits(brand, p)})
		case !in:
			w.Memberships = append(w.Memberships, Membership{Brand: brand, Kind: kind, Role: role, Permissions: m.permits(brand, p)})
		case role != "" && !lowers(role, held, p) && p.Ranks[role] > p.Ranks[held.Role]:
			w.Raise = append(w.Raise, Raise{Brand: brand, From: held.Role, To: role})
		}
	}
	w.Campaigns = missing(person.union(func(r record.Record) []string { return r.Campaigns }), a.Campaigns)
	w.Products = missing(person.union(func(r record.Record) []string { return r.Products }), a.Products)
	if len(w.Memberships) > 0 {
		w.Attributes = person.attributes()
	}
	return w
}

// lowers reports whether a role is less than somebody has: of a lower rank, or
// any other where theirs can do more than the operator.
func lowers(role string, held Membership, p Policy) bool {
	return p.Ranks[role] < p.Ranks[held.Role] || role != held.Role && p.Exceeding[held.Role]
}

// highest returns the role of the highest rank, "" for none.
func highest(roles []string, p Policy) string {
	best := ""
	for _, role := range roles {
		if role != "" && (best == "" || p.Ranks[role] > p.Ranks[best]) {
			best = role
		}
	}
	return best
}

// missing returns what is wanted and not held.
func missing(wanted, held []string) []string {
	return slices.DeleteFunc(wanted, func(s string) bool { return slices.Contains(held, s) })
}

// newProfiles returns the declared profiles to attach: only to an account
// this organization owns, and only where it declares no other handle.
func (m Match) newProfiles(a Account) []identity.Profile {
	if !a.OwnedHere {
		return nil
	}
	return slices.DeleteFunc(m.unheld(a), func(p identity.Profile) bool {
		return !p.Shared && disagreement(m.Person, a, p.Space(), false)
	})
}

// unheld returns the person's profiles that the account does not have.
func (m Match) unheld(a Account) []identity.Profile {
	return slices.DeleteFunc(m.Person.profiles(), func(p identity.Profile) bool {
		return slices.ContainsFunc(a.Profiles, func(held AccountProfile) bool { return held.Profile.Key() == p.Key() })
	})
}

// newExternalID returns the external id to attach, where the account has none
// here.
func (m Match) newExternalID(a Account) string {
	if len(a.ExternalIDs) > 0 {
		return ""
	}
	return m.Person.externalID()
}
