package dedupe

import (
	"cmp"
	"slices"

	"muster/importer/reason"
)

// recalled is what reviewers decided about some rows.
type recalled struct {
	policy    Policy
	memories  map[string]Memory  // by RecordDigest
	elsewhere map[string]Account // that rows were found to be and to which nothing of theirs leads
}

// lookElsewhere looks up the accounts that reviewers took people to be and to which
// nothing of theirs leads: a row may be decided to be the person of another row with
// which it shares nothing.
func (r recalled) lookElsewhere(all []Judged, v View) (map[string]Account, error) {
	var ids []string
	if len(r.memories) > 0 {
		for _, j := range all {
			for _, one := range j.Match.Person.Records {
				if account := r.memories[RecordDigest(one)].Account; account != "" && j.Match.index(account) < 0 {
					ids = append(ids, account)
				}
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return v.Accounts(ordered(ids))
}

// there reports whether there is an account that somebody was taken to be.
func (r recalled) there(m Match, account string) bool {
	_, elsewhere := r.elsewhere[account]
	return elsewhere || m.index(account) >= 0
}

// bind returns what is decided about a person whom the table asks nobody about,
// though somebody was asked before: what they were held for may be gone by itself.
// What was decided about a row binds it for as long as it says the same, and no
// other row:
//
//   - a row that was left out is left out, and the others go on without it;
//   - a row that is an account is that account, also where nothing leads there any
//     more; an account that is gone binds nobody;
//   - where the others of the person were not decided, the account may not be
//     claimed, or something leads to another that nobody knew of then, all of them
//     are held. Whom the table rejects or finds blocked stays that.
func (r recalled) bind(m Match, d Decision) []Decision {
	var out, in []int
	var against Memory // the first that the table does not follow
	if len(r.memories) > 0 && m.Person.Records[0].Usable() {
		for _, one := range m.Person.Records {
			memory, known := r.memories[RecordDigest(one)]
			if known && memory.Account == "" {
				out = append(out, one.Row)
				continue
			}
			in = append(in, one.Row)
			if known && against.Account == "" && memory.Account != d.Account && r.there(m, memory.Account) {
				against = memory
			}
		}
	}
	switch {
	case len(out) > 0 && len(in) > 0:
		rest := m.Only(in, r.policy)
		all := append(r.bind(rest, decideFully(rest, r.policy)), r.leftOut(m.Only(out, r.policy)))
		slices.SortFunc(all, func(a, b Decision) int { return cmp.Compare(a.Rows[0], b.Rows[0]) })
		return all
	case len(out) > 0:
		return []Decision{r.leftOut(m)}
	case against.Account == "" || d.Action == Review:
		return []Decision{d}
	}
	if decisions, ok := r.replay(m, unasked); ok {
		return d.replacedBy(decisions)
	}
	if d.Action == Reject || d.Action == Blocked {
		return []Decision{d}
	}
	held := m.anew(r.policy)
	held.Notes = []Note{{Code: reason.DecidedBefore, Row: m.Person.First(), Said: against.By}}
	return []Decision{held}
}

// leftOut leaves rows out as somebody decided, whatever the table says of them.
func (r recalled) leftOut(m Match) Decision {
	d, _ := m.replayed(r.policy, "", r.memories[RecordDigest(m.Person.Records[0])].By)
	d.Digest = Asked(m, r.policy).Digest
	return d
}

// Asked is what a reviewer is asked about a person, whatever was decided before:
// also where the table would ask nobody.
func Asked(m Match, p Policy) Decision {
	if d := decideFully(m, p); d.Action == Review {
		return d
	}
	return m.anew(p)
}

// anew holds a person about whom somebody decided otherwise than the table does.
func (m Match) anew(p Policy) Decision { return m.fully(m.review(reason.DecidedOtherwise, p), p) }
