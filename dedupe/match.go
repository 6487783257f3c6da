package dedupe

import (
	"cmp"
	"slices"

	"muster/importer"
	"muster/importer/identity"
)

// Match is a person and the accounts that look like them.
type Match struct {
	Person    Person
	Keys      []identity.Key // every key of the person, sorted
	Seen      []Seen         // which of them lead to an account
	Reached   []Reached      // accounts, by id, with what led to them
	Erased    bool           // a suppression mark is met
	Contested bool           // other people of the lists lead to the same account and could not be joined
}

// Reached is an account and the evidence for it.
type Reached struct {
	Account  Account
	Evidence []Evidence
}

// Hit says that a key or a hint led to an account. It is what a directory
// answers.
type Hit struct {
	Key     identity.Key
	Account string
}

// NewMatch grades what the directory found. Accounts holds every account that
// a hit names.
func NewMatch(p Person, organization string, hits map[identity.Key][]string, accounts map[string]Account) Match {
	keys, hints := p.Keys(organization)
	m := Match{Person: p, Keys: keys}
	reached := map[string]*Reached{}
	add := func(k identity.Key, id string) {
		r := reached[id]
		if r == nil {
			r = &Reached{Account: accounts[id]}
			reached[id] = r
		}
		for _, rec := range p.Records {
			if carries(rec, k, organization) {
				r.Evidence = append(r.Evidence, Evidence{Key: k, Row: rec.Row})
			}
		}
	}
	for i, k := range keys {
		for _, id := range hits[k] {
			m.Seen = append(m.Seen, Seen{Key: i, Account: id, Version: accounts[id].Version})
			add(k, id)
		}
	}
	for _, h := range hints {
		for _, id := range hits[h] {
			add(h, id)
		}
	}
	for _, r := range reached {
		grade(r, p)
		m.Reached = append(m.Reached, *r)
	}
	slices.SortFunc(m.Reached, func(a, b Reached) int { return cmp.Compare(a.Account.ID, b.Account.ID) })
	return m
}

func carries(r importer.Record, k identity.Key, organization string) bool {
	keys, hints := Keys(r, organization)
	return slices.Contains(keys, k) || slices.Contains(hints, k)
}

// grade sets the strength of each piece of evidence.
//
//	email                   strong; a role mailbox only where the account is
//	                        known here, or the name or another key agrees;
//	                        weak where it is a former address of the account
//	external id             strong
//	connected profile       strong
//	declared profile        weak
//	mailbox, website, page  hint
func grade(r *Reached, p Person) {
	for i := range r.Evidence {
		e := &r.Evidence[i]
		switch {
		case e.Key.Space == identity.EmailSpace:
			e.Strength = Strong
			switch own := r.Account.Email; {
			case isRole(p, e.Key) && !roleAgrees(*r, p):
				e.Strength = Hint
			case !own.IsZero() && own.Key() != e.Key:
				e.Strength = Weak
			}
		case isExternal(e.Key):
			e.Strength = Strong
		case e.Key.Space == identity.MailboxSpace || isShared(p, e.Key):
			e.Strength = Hint
		case connected(r.Account, e.Key):
			e.Strength = Strong
		default:
			e.Strength = Weak
		}
	}
}

func isRole(p Person, k identity.Key) bool {
	return slices.ContainsFunc(p.Records, func(r importer.Record) bool { return r.Email.Role && r.Email.Key() == k })
}

// roleAgrees reports whether more than a role mailbox speaks for the account.
func roleAgrees(r Reached, p Person) bool {
	if r.Account.Known || p.anyName(func(n string) bool { return namesShare(n, r.Account.Name) }) {
		return true
	}
	return slices.ContainsFunc(r.Evidence, func(e Evidence) bool {
		return e.Key.Space != identity.EmailSpace && e.Key.Space != identity.MailboxSpace && !isShared(p, e.Key)
	})
}

func isExternal(k identity.Key) bool {
	prefix := ExternalSpace("")
	return len(k.Space) >= len(prefix) && k.Space[:len(prefix)] == prefix
}

func isShared(p Person, k identity.Key) bool {
	return slices.ContainsFunc(p.profiles(), func(profile identity.Profile) bool { return profile.Shared && profile.Key() == k })
}

func connected(a Account, k identity.Key) bool {
	return slices.ContainsFunc(a.Profiles, func(p AccountProfile) bool { return p.Connected && p.Profile.Key() == k })
}

// Strength returns the strength of the best evidence.
func (r Reached) Strength() Strength {
	best := Hint
	for _, e := range r.Evidence {
		best = max(best, e.Strength)
	}
	return best
}

// by reports whether evidence of at least the given strength in a space of
// the kind f accepts led to the account.
func (r Reached) by(s Strength, f func(identity.Key) bool) bool {
	return slices.ContainsFunc(r.Evidence, func(e Evidence) bool { return e.Strength >= s && f(e.Key) })
}

func isEmail(k identity.Key) bool { return k.Space == identity.EmailSpace }

// Claimants returns the accounts that more than a hint led to.
func (m Match) Claimants() []Reached {
	return slices.DeleteFunc(slices.Clone(m.Reached), func(r Reached) bool { return r.Strength() == Hint })
}
