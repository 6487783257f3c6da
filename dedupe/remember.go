package dedupe

import (
	"cmp"
	"maps"
	"slices"
)

// Memory is what is remembered of a reviewer's decision about one record, so
// that the next night need not ask. It holds no personal data but the account.
type Memory struct {
	Digest  string    `json:"digest"` // PersonDigest
	Record  string    `json:"record"` // RecordDigest; a person's records may be decided differently
	Person  string    `json:"person"` // FirstKey
	Row     int       `json:"row"`    // in the run that decided
	Choice  Choice    `json:"choice"`
	Account string    `json:"account,omitempty"` // that the record was found or made to be; "" for skip
	Seen    []Witness `json:"seen,omitempty"`    // the accounts that spoke for being the person
	Note    string    `json:"note,omitempty"`    // the reviewer's own remark
	By      string    `json:"by,omitempty"`      // who decided and when, in words
}

// memories returns what is to be remembered of a group, one for each record
// that is not there twice. The account of a creation is known when it is made.
func (r *resolver) memories(rows []int, answer Resolution, d Decision) []Memory {
	type decided struct{ person, record string }
	var all []Memory
	seen := map[decided]bool{}
	ofCase := map[int]Memory{} // what the records of one case have in common
	for _, row := range rows {
		one, known := ofCase[r.caseOf[row]]
		if !known {
			m := r.cases[r.caseOf[row]].Match
			one = Memory{Digest: PersonDigest(m.Person), Person: FirstKey(m.Person), Seen: witnesses(m.Claimants())}
			ofCase[r.caseOf[row]] = one
		}
		one.Record = RecordDigest(r.record(row))
		if seen[decided{one.Digest, one.Record}] {
			continue
		}
		seen[decided{one.Digest, one.Record}] = true
		one.Row = row
		one.Account = d.Account
		one.Note = r.answers[row].Note
		one.Choice = r.answers[row].Choice
		if answer.Choice == ChooseSkip {
			one.Choice = ChooseSkip
		}
		all = append(all, one)
	}
	return all
}

// replay decides for a held person as a reviewer did on an earlier night, if
// every record of the person was decided and the evidence is the same. What
// the decisions themselves did is no change of the evidence:
//
//   - the accounts they made or claimed may be reached by more keys than then;
//   - other accounts that more than a hint leads to must be the same, reached
//     by the same keys; hints never outweigh what somebody decided.
//
// A replayed decision claims what was claimed or made then, or skips. It never
// makes an account, never changes an address and takes over no free column.
func replay(m Match, p Policy, memories []Memory) ([]Decision, bool) {
	if m.Erased {
		return nil, false
	}
	byRecord := map[string]Memory{}
	for _, memory := range memories {
		byRecord[memory.Record] = memory
	}
	groups := map[string][]int{} // account → rows; skipped rows are of none
	said := map[string]bool{}    // digests of the person's records
	for _, r := range m.Person.Records {
		digest := RecordDigest(r)
		memory, known := byRecord[digest]
		if !known {
			return nil, false
		}
		said[digest] = true
		groups[memory.Account] = append(groups[memory.Account], r.Row)
	}
	var then []Witness
	for _, memory := range memories {
		if said[memory.Record] {
			then = memory.Seen
		}
	}
	if !stands(m, groups, then) {
		return nil, false
	}
	var decisions []Decision
	for account, rows := range groups {
		d, ok := replayRows(m, p, account, rows, byRecord)
		if !ok {
			return nil, false
		}
		decisions = append(decisions, d)
	}
	slices.SortFunc(decisions, func(a, b Decision) int { return cmp.Compare(a.Rows[0], b.Rows[0]) })
	return decisions, true
}

// replayRows decides for the rows that are one account, or are left alone.
func replayRows(m Match, p Policy, account string, rows []int, byRecord map[string]Memory) (Decision, bool) {
	part := m.only(rows, p).with(m.Reached)
	memory := byRecord[RecordDigest(part.Person.Records[0])]
	if account == "" {
		d, refused := part.resolve(p, Resolution{Choice: ChooseSkip, By: memory.By})
		return d, refused == nil
	}
	i := part.index(account)
	if i < 0 {
		return Decision{}, false // nothing leads there any more
	}
	if a := part.Reached[i].Account; a.Blocked && !wantsBlock(part.Person) {
		return part.known(Blocked, blockedBy(a), a), true
	}
	d, refused := part.resolve(p, Resolution{Choice: ChooseClaim, Account: account, By: memory.By})
	// what there was to attach was attached then
	d.Write.Profiles = nil
	d.Write.ExternalID = ""
	if len(d.Write.Kept) > 0 { // a row that leads there by itself may say otherwise
		d.Notes = append(d.Notes, part.columnNotes(part.Reached[i].Account, p)...)
		d.Write.Kept = nil
	}
	if d.Action == Update && updateReason(d) == "" {
		d.Action = Unchanged
	}
	return d, refused == nil
}

// stands reports whether the accounts that speak for being the person are those
// that did then, when it was decided.
func stands(m Match, groups map[string][]int, then []Witness) bool {
	was := keysOf(then)
	is := keysOf(witnesses(m.Claimants()))
	all := map[string][]string{} // account → marks of every key that leads there
	for _, r := range m.Reached {
		for _, e := range r.Evidence {
			all[r.Account.ID] = append(all[r.Account.ID], KeyMark(e.Key))
		}
	}
	for account := range groups {
		for _, k := range was[account] {
			if !slices.Contains(all[account], k) {
				return false // what spoke for the account does so no longer
			}
		}
		delete(was, account)
		delete(is, account)
	}
	return maps.EqualFunc(was, is, slices.Equal)
}

// keysOf returns the keys of witnesses by their accounts.
func keysOf(all []Witness) map[string][]string {
	keys := map[string][]string{}
	for _, w := range all {
		keys[w.Account] = w.Keys
	}
	return keys
}
