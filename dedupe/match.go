package dedupe

import (
	"cmp"
	"slices"
	"strings"

	"muster/importer/identity"
)

// Match is a person and the accounts that look like them.
type Match struct {
	Person    Person
	Watch     []Watched // every key of the person, sorted, and whose it is
	Reached   []Reached // accounts, by id, with what led to them
	Erased    bool      // a suppression mark is met
	Marks     []string  // those that the organization set
	Barred    bool      // one is met that holds for the whole platform
	Beside    bool      // other people of the lists lead to the same account: they are judged in one go
	Contested bool      // they could not be joined, and this one only looks like it

	RivalBlocks bool // and one of them is to be blocked

	source Account // whose permissions the person is to have
}

// Reached is an account and the evidence for it.
type Reached struct {
	Account  Account
	Evidence []Evidence
}

// newMatch grades what the directory found.
func newMatch(p Person, organization string, found Found) Match {
	keys, hints := p.Keys(organization)
	m := Match{Person: p, Watch: make([]Watched, len(keys))}
	reached := map[string]*Reached{}
	var g grader // most people of a first list lead to nobody, and need none
	add := func(k identity.Key, id string) {
		if len(reached) == 0 {
			g = newGrader(p, organization)
		}
		r := reached[id]
		if r == nil {
			r = &Reached{Account: found.Accounts[id]}
			reached[id] = r
		}
		for _, row := range g.carry(k) {
			r.Evidence = append(r.Evidence, Evidence{Key: k, Row: row})
		}
	}
	for i, k := range keys {
		m.Watch[i].Key = k
		for _, id := range found.Hits[k] { // one at most: a key is never two accounts'
			m.Watch[i] = Watched{Key: k, Account: id, Version: found.Accounts[id].Version}
			add(k, id)
		}
	}
	m.erased(found)
	m.source = found.Cloned[p.Cloned()]
	for _, h := range hints {
		for _, id := range found.Hits[h] {
			add(h, id)
		}
	}
	for _, r := range reached {
		g.grade(r)
		m.Reached = append(m.Reached, *r)
	}
	slices.SortFunc(m.Reached, func(a, b Reached) int { return cmp.Compare(a.Account.ID, b.Account.ID) })
	return m
}

// A grader knows of the keys of one person what their worth depends on.
type grader struct {
	person Person
	rows   map[identity.Key][]int // that carry a key or a hint, where there are several
	roles  map[identity.Key]bool  // emails that are role mailboxes
	shared map[identity.Key]bool  // profiles that people share
}

func newGrader(p Person, organization string) grader {
	g := grader{person: p, roles: map[identity.Key]bool{}, shared: map[identity.Key]bool{}}
	if len(p.Records) > 1 {
		g.rows = rowsByKey(p, organization)
	}
	for _, r := range p.Records {
		if r.Email.Role {
			g.roles[r.Email.Key()] = true
		}
		for _, profile := range r.Profiles {
			if profile.Shared {
				g.shared[profile.Key()] = true
			}
		}
	}
	return g
}

// rowsByKey tells which rows of a person carry which keys and hints.
func rowsByKey(p Person, organization string) map[identity.Key][]int {
	all := map[identity.Key][]int{}
	for _, r := range p.Records {
		keys, hints := Keys(r, organization)
		for _, k := range slices.Concat(keys, hints) {
			if rows := all[k]; len(rows) == 0 || rows[len(rows)-1] != r.Row {
				all[k] = append(rows, r.Row)
			}
		}
	}
	return all
}

// carry returns the rows that carry a key or a hint of the person.
func (g grader) carry(k identity.Key) []int {
	if g.rows == nil {
		return g.person.Rows()
	}
	return g.rows[k]
}

// grade sets the strength of each piece of evidence.
//
//	email                   strong; a role mailbox only where the account is
//	                        known here, or the name or another key agrees;
//	                        weak where it is a former address of the account
//	external id             strong
//	connected profile       strong
//	declared profile        weak
//	mailbox                 hint; strong where it is that of the account's own
//	                        address, and a handle and the name agree as well
//	website, page           hint
func (g grader) grade(r *Reached) {
	for i := range r.Evidence {
		e := &r.Evidence[i]
		switch {
		case e.Key.Space == identity.EmailSpace:
			e.Strength = Strong
			switch own := r.Account.Email; {
			case g.roles[e.Key] && !g.roleAgrees(*r):
				e.Strength = Hint
			case !own.IsZero() && own.Key() != e.Key:
				e.Strength = Weak
			}
		case isExternal(e.Key):
			e.Strength = Strong
		case e.Key == r.Account.Email.MailboxKey() && g.handleAndName(*r):
			e.Strength = Strong
		case isMailbox(e.Key) || g.shared[e.Key]:
			e.Strength = Hint
		case connected(r.Account, e.Key):
			e.Strength = Strong
		default:
			e.Strength = Weak
		}
	}
}

// roleAgrees reports whether more than a role mailbox speaks for the account.
func (g grader) roleAgrees(r Reached) bool {
	if r.Account.Known || g.person.anyName(func(n string) bool { return NamesShare(n, r.Account.Name) }) {
		return true
	}
	return slices.ContainsFunc(r.Evidence, func(e Evidence) bool {
		return e.Key.Space != identity.EmailSpace && !isMailbox(e.Key) && !g.shared[e.Key]
	})
}

// handleAndName reports whether a handle of the account and a word of its name
// are the person's.
func (g grader) handleAndName(r Reached) bool {
	handle := slices.ContainsFunc(r.Evidence, func(e Evidence) bool {
		return !isEmail(e.Key) && !isMailbox(e.Key) && !isExternal(e.Key) && !g.shared[e.Key]
	})
	return handle && g.person.anyName(func(n string) bool { return NamesShare(n, r.Account.Name) })
}

func isExternal(k identity.Key) bool { return strings.HasPrefix(k.Space, ExternalSpace("")) }

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

// proven reports whether the account's address, an id or a connected profile
// led to the account, and not signs that only agree with each other.
func (r Reached) proven() bool {
	return r.by(Strong, func(k identity.Key) bool { return !isMailbox(k) })
}

func isEmail(k identity.Key) bool { return k.Space == identity.EmailSpace }

func isMailbox(k identity.Key) bool { return k.Space == identity.MailboxSpace }

// Claimants returns the accounts that more than a hint led to.
func (m Match) Claimants() []Reached {
	return slices.DeleteFunc(slices.Clone(m.Reached), func(r Reached) bool { return r.Strength() == Hint })
}
