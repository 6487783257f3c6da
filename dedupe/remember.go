package dedupe

import (
	"cmp"
	"maps"
	"slices"

	"muster/importer/record"
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

// memories returns what is to be remembered of a group, one for each record.
// The account of a creation is known when it is made.
func (r *resolver) memories(rows []int, answer Resolution, d Decision) []Memory {
	var all []Memory
	for _, row := range rows {
		m := r.cases[r.caseOf[row]].Match
		choice := r.answers[row].Choice
		if answer.Choice == ChooseSkip {
			choice = ChooseSkip
		}
		one := Memory{
			Digest: PersonDigest(m.Person), Record: RecordDigest(m.record(row)), Person: FirstKey(m.Person), Row: row,
			Choice: choice, Account: d.Account, Seen: witnesses(m.Claimants()), Note: r.answers[row].Note,
		}
		same := func(other Memory) bool { return other.Digest == one.Digest && other.Record == one.Record }
		if !slices.ContainsFunc(all, same) {
			all = append(all, one)
		}
	}
	return all
}

// Replay decides for a held person as a reviewer did on an earlier night, if
// every record of the person was decided and the evidence is the same. What
// the decisions themselves did is no change of the evidence:
//
//   - the accounts they made or claimed may be reached by more keys than then;
//   - other accounts that more than a hint leads to must be the same, reached
//     by the same keys; hints never outweigh what somebody decided.
//
// A replayed decision claims what was claimed or made then, or skips. It never
// makes an account, never changes an address and takes over no free column.
func Replay(m Match, p Policy, memories []Memory) ([]Decision, bool) {
	if m.Erased {
		return nil, false
	}
	byRecord := map[string]Memory{}
	for _, memory := range memories {
		byRecord[memory.Record] = memory
	}
	groups := map[string][]int{} // account → rows; skipped rows are of none
	for _, r := range m.Person.Records {
		memory, known := byRecord[RecordDigest(r)]
		if !known {
			return nil, false
		}
		groups[memory.Account] = append(groups[memory.Account], r.Row)
	}
	if !stands(m, groups, memories) {
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

// stands reports whether the accounts that spoke for being the person are the
// same as when it was decided.
func stands(m Match, groups map[string][]int, memories []Memory) bool {
	var then []Witness
	for _, memory := range memories {
		if slices.ContainsFunc(m.Person.Records, func(r record.Record) bool { return RecordDigest(r) == memory.Record }) {
			then = memory.Seen
		}
	}
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
