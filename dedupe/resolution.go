package dedupe

import (
	"cmp"
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// Choice is what a reviewer may decide about a held row: a closed set.
type Choice string

// The choices.
const (
	ChooseClaim    Choice = "claim"                  // the row is this account: add it to the brand
	ChooseCreate   Choice = "create"                 // a new account, although something looks alike
	ChooseContact  Choice = "create as contact"      // a new account without a sign-in address: the row's is a contact
	ChooseSame     Choice = "same as row"            // the row is the person of another row
	ChooseNewEmail Choice = "same person, new email" // the row is this account, which from now on has the row's address
	ChooseSkip     Choice = "skip"                   // leave the row alone, and do not ask again
)

// Resolution is what a reviewer decided about a held row, and on which
// evidence.
type Resolution struct {
	Choice  Choice `json:"choice"`
	Account string `json:"account,omitempty"` // claim, and same person with a new email
	Row     int    `json:"row,omitempty"`     // same as
	Digest  string `json:"digest,omitempty"`  // EvidenceDigest of what the reviewer saw; "" is not compared
	Note    string `json:"note,omitempty"`    // the reviewer's own remark
	By      string `json:"by,omitempty"`      // who decided and when, in words, for the report
}

// mostCandidates is how many accounts a held person is shown beside: one for
// each letter. Whoever may be more people than that is for the list to correct.
const mostCandidates = 26

// shown returns the accounts that a held person is shown beside, by id: where
// there are too many, those that the best evidence led to.
func (m Match) shown() []Reached {
	if len(m.Reached) <= mostCandidates {
		return m.Reached
	}
	best := slices.Clone(m.Reached)
	slices.SortStableFunc(best, func(a, b Reached) int { return cmp.Compare(b.Strength(), a.Strength()) })
	best = best[:mostCandidates]
	slices.SortFunc(best, func(a, b Reached) int { return cmp.Compare(a.Account.ID, b.Account.ID) })
	return best
}

// Candidates returns the accounts that a held person may be: those more than
// a hint led to, and those whose hint alone is reason enough to look.
func (m Match) Candidates() []Reached { return m.counting(m.shown()) }

// counting returns those of the accounts that count as evidence.
func (m Match) counting(reached []Reached) []Reached {
	return slices.DeleteFunc(slices.Clone(reached), func(r Reached) bool {
		return r.Strength() == Hint && !m.hintCounts(r)
	})
}

// MostSame is how many rows of a person are offered to be the same as: nobody
// picks from a thousand. Others can still be named.
const MostSame = 30

// Options returns what may be decided about one row of a held person: every
// choice that Resolve would accept, in the order a reviewer is shown them. Of
// a person whose rows agree only the first row decides.
func (m Match) Options(row int, p Policy) []Resolution {
	part := m
	if m.Person.Held != "" {
		part = m.Only([]int{row}, p)
	}
	var all []Resolution
	candidates := m.Candidates()
	for _, c := range candidates {
		all = append(all, Resolution{Choice: ChooseClaim, Account: c.Account.ID})
	}
	all = append(all, Resolution{Choice: ChooseCreate}, Resolution{Choice: ChooseContact})
	for _, c := range candidates {
		all = append(all, Resolution{Choice: ChooseNewEmail, Account: c.Account.ID})
	}
	part = part.with(candidates)
	all = slices.DeleteFunc(all, func(r Resolution) bool {
		_, refused := part.resolve(p, r)
		return refused != nil
	})
	if m.Person.Held != "" && !m.Erased {
		for _, r := range m.Person.Records[:min(len(m.Person.Records), MostSame)] {
			if r.Row != row {
				all = append(all, Resolution{Choice: ChooseSame, Row: r.Row})
			}
		}
	}
	return append(all, Resolution{Choice: ChooseSkip})
}

// Only returns the match of some of the person's rows: their keys and what
// those led to.
func (m Match) Only(rows []int, p Policy) Match {
	part := Match{Erased: m.Erased, Marks: m.Marks, Barred: m.Barred, Contested: m.Contested}
	part.Person.Held = m.Person.Held
	for _, row := range rows {
		part.Person.Records = append(part.Person.Records, m.record(row))
	}
	return part.knowing(p, m)
}

// with adds accounts that only other rows of the person reach: a reviewer may
// know better than the row says.
func (m Match) with(others []Reached) Match {
	own := map[string]bool{}
	for _, r := range m.Reached {
		own[r.Account.ID] = true
	}
	m.Reached = slices.Clip(m.Reached)
	for _, r := range others {
		if !own[r.Account.ID] {
			r.Evidence = nil
			m.Reached = append(m.Reached, r)
		}
	}
	return m
}

// knowing fills in what the matches given know of the person's keys.
func (m Match) knowing(p Policy, from ...Match) Match {
	m.Watch = nil
	m.Reached = nil
	keys, _ := m.Person.Keys(p.Organization)
	for _, k := range keys {
		m.Watch = append(m.Watch, watched(k, from...))
	}
	rows := map[int]bool{}
	for _, row := range m.Person.Rows() {
		rows[row] = true
	}
	for _, f := range from {
		for _, r := range f.Reached {
			all := r.Evidence
			r.Evidence = nil
			for _, e := range all {
				if rows[e.Row] {
					r.Evidence = append(r.Evidence, e)
				}
			}
			if len(r.Evidence) > 0 {
				m.Reached = reach(m.Reached, r)
			}
		}
	}
	return m
}

// reach adds an account with its evidence, or evidence to an account.
func reach(all []Reached, r Reached) []Reached {
	i := slices.IndexFunc(all, func(other Reached) bool { return other.Account.ID == r.Account.ID })
	if i >= 0 {
		all[i].Evidence = append(slices.Clip(all[i].Evidence), r.Evidence...)
		return all
	}
	return append(all, r)
}

// index returns where an account stands among those reached, -1 for nowhere.
func (m Match) index(account string) int {
	return slices.IndexFunc(m.Reached, func(r Reached) bool { return r.Account.ID == account })
}

// ownerOf returns the account that has a key, "" for none.
func (m Match) ownerOf(k identity.Key) string { return watched(k, m).Account }

// record returns the record of a row of the person.
func (m Match) record(row int) record.Record {
	i := slices.IndexFunc(m.Person.Records, func(r record.Record) bool { return r.Row == row })
	return m.Person.Records[i]
}
