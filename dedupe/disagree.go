package dedupe

import (
	"slices"

	"muster/importer/identity"
)

// connectedDiffers reports whether the account has connected a handle on a
// network where the person says another.
func (m Match) connectedDiffers(a Account) bool {
	if !slices.ContainsFunc(a.Profiles, func(held AccountProfile) bool { return held.Connected && !held.Profile.Shared }) {
		return false // most have connected none
	}
	return slices.ContainsFunc(m.Person.profiles(), func(p identity.Profile) bool {
		return !p.Shared && disagreement(m.Person, a, p.Space(), true)
	})
}

// emailDiffers reports whether an external id alone led to the account, and
// the person brings another address than the account's: an id is no proof of
// an address, whatever the names say.
func (m Match) emailDiffers(r Reached) bool {
	own := r.Account.Email
	if m.Person.email().IsZero() || own.IsZero() || r.by(Weak, isEmail) || sameMailbox(m.Person.email(), own) {
		return false
	}
	return r.by(Strong, isExternal) && !r.by(Strong, func(k identity.Key) bool { return !isExternal(k) })
}

// sameMailbox reports whether two addresses reach one mailbox, as its provider
// documents.
func sameMailbox(a, b identity.Email) bool { return a.Folds() && b.Folds() && a.Mailbox == b.Mailbox }

// addressShared reports whether the account's address alone led to it, the
// names have nothing in common, and the address is an office's or the account
// declares another handle: then people share it. Another name alone is common.
func (m Match) addressShared(r Reached) bool {
	a := r.Account
	if !r.by(Strong, isEmail) || r.by(Weak, isNoEmail) || !m.namesContradict(a) {
		return false
	}
	return a.Email.Role || slices.ContainsFunc(m.Person.profiles(), func(p identity.Profile) bool {
		return !p.Shared && disagreement(m.Person, a, p.Space(), false)
	})
}

func isNoEmail(k identity.Key) bool { return !isEmail(k) }

// nothingAgrees reports whether everything that can be compared, beside the
// evidence itself, disagrees, and there is something to compare. Against an
// account's own address another name is not enough, people call themselves
// many things; another name and another external id are.
func (m Match) nothingAgrees(r Reached) bool {
	person, a := m.Person, r.Account
	id, email := person.externalID(), person.email()
	sameID := slices.Contains(a.ExternalIDs, id)
	otherID := id != "" && len(a.ExternalIDs) > 0 && !sameID
	if r.by(Strong, isEmail) {
		return otherID && m.namesContradict(a) && !r.by(Weak, isNoEmail)
	}
	isProfile := func(k identity.Key) bool { return !isExternal(k) }
	if r.by(Strong, isExternal) && r.by(Weak, isProfile) || r.by(Strong, isProfile) && sameID {
		return false
	}
	emails := !email.IsZero() && !a.Email.IsZero()
	names := person.name() != "" && a.Name != ""
	switch {
	case emails && (person.at(a.Email) || sameMailbox(email, a.Email)), names && !m.namesContradict(a):
		return false
	}
	return otherID || emails || names
}

// namesContradict reports whether none of the names that the rows give has
// anything in common with the account's.
func (m Match) namesContradict(a Account) bool {
	contradicts := func(n string) bool { return namesContradict(n, a.Name) }
	return m.Person.anyName(contradicts) && !m.Person.anyName(func(n string) bool { return !contradicts(n) })
}

// kindDiffers reports whether the account is in the organization as another
// kind.
func kindDiffers(p Person, a Account) bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return m.Kind != p.kind() })
}

// disagreement reports whether the account has profiles in a space, connected
// ones only if so asked, and the person has profiles there too, but none that
// the account has.
func disagreement(p Person, a Account, space string, connectedOnly bool) bool {
	holds := false
	for _, held := range a.Profiles {
		if held.Profile.Shared || held.Profile.Space() != space {
			continue
		}
		if slices.ContainsFunc(p.profiles(), func(said identity.Profile) bool { return said.Key() == held.Profile.Key() }) {
			return false
		}
		holds = holds || held.Connected || !connectedOnly
	}
	return holds && slices.ContainsFunc(p.profiles(), func(said identity.Profile) bool { return said.Space() == space })
}
