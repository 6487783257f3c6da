package dedupe

import (
	"errors"
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// decide settles one group. Taken are the keys that groups before it got.
func (r *resolver) decide(rows []int, taken map[identity.Key]int) (Decision, bool) {
	lead := rows[0]
	for _, row := range rows {
		if r.answers[row].Choice == ChooseNewEmail {
			lead = row
		}
	}
	rows = append([]int{lead}, slices.DeleteFunc(slices.Clone(rows), func(row int) bool { return row == lead })...)
	m := r.match(rows)
	answer := r.answers[lead]
	answer.Digest = ""
	d, err := m.settled(r.policy, answer)
	if err != nil {
		var choice *ChoiceError
		errors.As(err, &choice) // Settle has no other errors
		r.fault(lead, choice.Hint, "%s", choice.Msg)
		return d, false
	}
	if !r.take(&d, lead, taken) {
		return d, false
	}
	d.Path = Path(m, r.policy.Organization)
	d.Remember = r.memories(rows, answer, d)
	return d, true
}

// match is the match of a group, whose rows may come from several cases.
func (r *resolver) match(rows []int) Match {
	var m Match
	var from []Match
	used := map[int]bool{}
	for _, row := range rows {
		c := r.cases[r.caseOf[row]].Match
		m.Person.Records = append(m.Person.Records, r.named(row, rows))
		m.Erased, m.Contested = m.Erased || c.Erased, m.Contested || c.Contested
		if !used[r.caseOf[row]] {
			used[r.caseOf[row]] = true
			from = append(from, c)
		}
	}
	m = m.knowing(r.policy, from...)
	for _, c := range from {
		m = m.with(c.Reached)
	}
	return m
}

// named returns a record with the brand it goes to by default written into it,
// where it is joined to people who name theirs, or may be parted from its own
// by a new address of the account: alone, the next night, it goes there as
// well.
func (r *resolver) named(row int, group []int) record.Record {
	one := r.cases[r.caseOf[row]].Match.record(row)
	readdressed := r.answers[group[0]].Choice == ChooseNewEmail
	for _, other := range group {
		if (other == row || !readdressed) && r.caseOf[other] == r.caseOf[row] && len(r.cases[r.caseOf[other]].Match.record(other).Brands) > 0 {
			return one
		}
	}
	one.Brands = []string{r.policy.Brand}
	return one
}

// take keeps two groups from getting one address, handle or id. The later one
// records a handle without its key; an address cannot be shared.
func (r *resolver) take(d *Decision, lead int, taken map[identity.Key]int) bool {
	var gets []identity.Key
	switch {
	case d.Write.New != nil:
		gets = d.NewKeys()
	default:
		for _, profile := range d.Write.Profiles {
			if !profile.Shared {
				gets = append(gets, profile.Key())
			}
		}
		if d.Write.Email != nil {
			gets = append(gets, d.Write.Email.Key())
		}
		if d.Write.ExternalID != "" {
			gets = append(gets, identity.Key{Space: ExternalSpace(r.policy.Organization), Value: d.Write.ExternalID})
		}
	}
	for _, k := range gets {
		other, lost := taken[k]
		if !lost {
			taken[k] = lead
			continue
		}
		if isEmail(k) {
			r.fault(lead, "one of them can be created as contact", "rows %d and %d would both get the address %s", other, lead, k.Value)
			return false
		}
		d.lose(k, lead)
	}
	if d.Write.New != nil && len(d.NewKeys()) == 0 {
		r.fault(lead, "say which row it is the same as, or skip it", "everything the row could be known by goes to another row")
		return false
	}
	return true
}

// lose takes a key out of what a decision gives.
func (d *Decision) lose(k identity.Key, row int) {
	d.leave(k, row)
	if d.Write.New == nil {
		d.Write.Profiles = slices.DeleteFunc(slices.Clone(d.Write.Profiles), func(p identity.Profile) bool { return p.Key() == k })
		return
	}
	d.unwatch(func(other identity.Key) bool { return other == k })
}
