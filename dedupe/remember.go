package dedupe

import (
	"cmp"
	"slices"

	"muster/importer/reason"
	"muster/importer/record"
)

// Memory is what is remembered of a reviewer's decision about one record, so
// that the next night need not ask: it holds for as long as the record says the
// same, whichever others stand beside it. It holds no personal data but the account.
type Memory struct {
	Digest  string    `json:"digest"` // what it is found by: RecordDigest
	Record  string    `json:"record"` // RecordDigest
	Person  string    `json:"person"` // FirstKey
	Row     int       `json:"row"`    // in the run that decided
	Choice  Choice    `json:"choice"`
	Account string    `json:"account,omitempty"` // that the record was found or made to be; "" for skip
	Seen    []Witness `json:"seen,omitempty"`    // the accounts that the record spoke for being the person
	Note    string    `json:"note,omitempty"`    // the reviewer's own remark
	By      string    `json:"by,omitempty"`      // who decided, when and what, in words
}

// memories returns what is to be remembered of a group, one for each record
// that is not there twice. The account of a creation is known when it is made.
func (r *resolver) memories(rows []int, answer Resolution, d Decision) []Memory {
	var all []Memory
	seen := map[string]bool{}
	for _, row := range rows {
		one := RecordDigest(r.record(row))
		if seen[one] {
			continue
		}
		seen[one] = true
		m := r.cases[r.caseOf[row]].Match
		memory := Memory{
			Digest:  one,
			Record:  one,
			Person:  FirstKey(m.Person),
			Row:     row,
			Choice:  r.answers[row].Choice,
			Account: d.Account,
			Seen:    witnesses(m.Only([]int{row}, r.policy).Claimants()),
			Note:    r.answers[row].Note,
		}
		if answer.Choice == ChooseSkip {
			memory.Choice = ChooseSkip
		}
		all = append(all, memory)
	}
	return all
}

// replay decides for a held person as a reviewer did on an earlier night, if
// every record of the person was decided and the evidence is the same. What
// the decisions themselves did is no change of the evidence:
//
//   - the accounts they made or claimed may be reached by more keys than then,
//     or by none, where none led there then;
//   - other accounts that more than a hint leads to must be the same, reached
//     by the same keys; hints never outweigh what somebody decided.
//
// Of a person whom the table asks nobody about nothing but new accounts is a change:
// what spoke then may be gone. A replayed decision claims what was claimed or made then, or
// skips. It never makes an account, never changes an address, replaces no detail,
// takes over no free column and tells no difference that was settled by it.
func (rec recalled) replay(m Match, whether asking) ([]Decision, bool) {
	p, memories := rec.policy, rec.memories
	if m.Erased {
		return nil, false
	}
	groups := map[string][]int{} // account → rows; skipped rows are of none
	then := map[string][]string{}
	for _, r := range m.Person.Records {
		memory, known := memories[RecordDigest(r)]
		if !known {
			return nil, false
		}
		groups[memory.Account] = append(groups[memory.Account], r.Row)
		for account, keys := range keysOf(memory.Seen) {
			then[account] = ordered(append(then[account], keys...))
		}
	}
	if !stands(m, groups, then, whether) {
		return nil, false
	}
	var decisions []Decision
	for account, rows := range groups {
		part := m.Only(rows, p).with(m.Reached)
		if a, known := rec.elsewhere[account]; known {
			part = part.with([]Reached{{Account: a}})
		}
		d, ok := part.replayed(p, account, memories[RecordDigest(part.Person.Records[0])].By)
		if !ok {
			return nil, false
		}
		settle(&d, part.Person, memories)
		decisions = append(decisions, d)
	}
	slices.SortFunc(decisions, func(a, b Decision) int { return cmp.Compare(a.Rows[0], b.Rows[0]) })
	return decisions, true
}

// replayed decides once more for rows that are one account, or are left out, as
// somebody did before.
func (m Match) replayed(p Policy, account, by string) (Decision, bool) {
	if account == "" {
		d, refused := m.resolve(p, Resolution{Choice: ChooseSkip, By: by})
		return d, refused == nil
	}
	i := m.index(account)
	if i < 0 {
		return Decision{}, false // there is no such account any more
	}
	if a := m.Reached[i].Account; a.Blocked && !wantsBlock(m.Person) {
		return m.known(Blocked, blockedBy(a), a), true
	}
	if p.OnDifference == UpdateDifferences { // rows that are told apart would take turns
		p.OnDifference = FillDifferences
	}
	d, refused := m.resolve(p, Resolution{Choice: ChooseClaim, Account: account, By: by})
	// what there was to attach was attached then
	d.Write.Profiles = nil
	d.Write.ExternalID = ""
	if len(d.Write.Kept) > 0 { // a row that leads there by itself may say otherwise
		d.Notes = append(d.Notes, m.columnNotes(m.Reached[i].Account, p)...)
		d.Write.Kept = nil
	}
	if d.Action == Update && updateReason(d) == "" {
		d.Action = Unchanged
	}
	return d, refused == nil
}

// settle takes out the differences that somebody has decided about: that the account
// keeps its own address, or has none; and of rows that are the person of another row,
// which has its say, all.
func settle(d *Decision, p Person, memories map[string]Memory) {
	another := !slices.ContainsFunc(p.Records, func(r record.Record) bool { return memories[RecordDigest(r)].Choice != ChooseSame })
	d.Notes = slices.DeleteFunc(d.Notes, func(n Note) bool {
		return n.Code == reason.EmailDiffers || another && n.Code.Difference()
	})
}

// asking is whether the table holds a person.
type asking bool

const (
	asked   asking = true
	unasked asking = false
)

// stands reports whether the accounts that speak for being the person are those
// that did when it was decided: was has the keys that led to each.
func stands(m Match, groups map[string][]int, was map[string][]string, whether asking) bool {
	is := keysOf(witnesses(m.Claimants()))
	for account, keys := range is {
		if _, decided := groups[account]; !decided && !within(keys, was[account]) {
			return false // something new speaks for another
		}
	}
	if whether == unasked {
		return true
	}
	all := map[string][]string{} // account → marks of every key that leads there
	for _, r := range m.Reached {
		for _, e := range r.Evidence {
			all[r.Account.ID] = append(all[r.Account.ID], KeyMark(e.Key))
		}
	}
	for account, keys := range was {
		now := is
		if _, decided := groups[account]; decided {
			now = all
		}
		if !within(keys, now[account]) {
			return false // what spoke for an account does so no longer
		}
	}
	return true
}

// within reports whether all of the keys are among others.
func within(keys, others []string) bool {
	return !slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(others, k) })
}

// keysOf returns the keys of witnesses by their accounts.
func keysOf(all []Witness) map[string][]string {
	keys := map[string][]string{}
	for _, w := range all {
		keys[w.Account] = w.Keys
	}
	return keys
}
