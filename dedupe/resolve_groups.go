package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// resolve decides for one group. Taken are the keys that groups before it got.
// It reports false where a fault was found.
func (r *resolver) resolve(rows []int, taken map[identity.Key]int) (Decision, bool) {
	lead := rows[0]
	for _, row := range rows {
		if r.answers[row].Choice == ChooseNewEmail {
			lead = row
		}
	}
	others := slices.DeleteFunc(slices.Clone(rows), func(row int) bool { return row == lead })
	rows = append([]int{lead}, others...)
	m := r.match(rows)
	answer := r.answers[lead]
	d, refused := m.resolve(r.policy, answer)
	if refused != nil {
		r.fault(lead, refused.hint, "%s", refused.why)
		return d, false
	}
	if !r.take(&d, lead, taken) {
		return d, false
	}
	d.Notes = append(d.Notes, d.done(lead)...)
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
		m.Erased = m.Erased || c.Erased
		m.Barred = m.Barred || c.Barred
		m.Contested = m.Contested || c.Contested
		if !used[r.caseOf[row]] {
			used[r.caseOf[row]] = true
			from = append(from, c)
			m.Marks = append(m.Marks, c.Marks...)
		}
	}
	m = m.knowing(r.policy, from...)
	for _, c := range from {
		m = m.with(c.Reached)
	}
	return m
}

// named returns the record of a row as it counts in its group: with the default
// brand written into it, unless it names a brand. Otherwise, of two rows that a
// reviewer joins, one of which names brand b2, the person would be taken into
// b2 alone. The next night the rows are two people again, and the other would
// bring the account into the default brand only then.
//
// Rows of one case are one person every night, so the brand of one counts for
// all of them; not where the account gets a new address, which may part them.
func (r *resolver) named(row int, group []int) record.Record {
	one := r.record(row)
	readdressed := r.answers[group[0]].Choice == ChooseNewEmail
	for _, other := range group {
		together := other == row || !readdressed && r.caseOf[other] == r.caseOf[row]
		if together && len(r.record(other).Brands) > 0 {
			return one
		}
	}
	one.Brands = []string{r.policy.Brand}
	return one
}

// take keeps two groups from getting one address, handle or id. The later one
// records a handle without its key; an address cannot be shared. It reports
// false where a fault was found.
func (r *resolver) take(d *Decision, lead int, taken map[identity.Key]int) bool {
	for _, k := range d.gains(r.policy) {
		other, lost := taken[k]
		switch {
		case !lost:
			taken[k] = lead
		case isEmail(k):
			r.fault(lead, `one of them can be "Somebody new, with an agency's address"`,
				"row %d and row %d would both get the address %s", other, lead, k.Value)
			return false
		default:
			d.lose(k, lead)
		}
	}
	if d.Write.New != nil && len(d.NewKeys()) == 0 {
		r.fault(lead, `say which row it is the same person as, or choose "Leave out"`,
			"everything the row could be known by goes to another row")
		return false
	}
	return true
}

// gains returns the keys that an account gets by a decision.
func (d *Decision) gains(p Policy) []identity.Key {
	if d.Write.New != nil {
		return d.NewKeys()
	}
	var keys []identity.Key
	for _, profile := range d.Write.Profiles {
		if !profile.Shared {
			keys = append(keys, profile.Key())
		}
	}
	if d.Write.Email != nil {
		keys = append(keys, d.Write.Email.Key())
	}
	if d.Write.ExternalID != "" {
		keys = append(keys, identity.Key{Space: ExternalSpace(p.Organization), Value: d.Write.ExternalID})
	}
	return keys
}

// lose takes a key out of what a decision gives.
func (d *Decision) lose(k identity.Key, row int) {
	d.leave(k, row)
	if d.Write.New != nil { // its profiles stay declared
		d.unwatch(func(other identity.Key) bool { return other == k })
		return
	}
	d.Write.Profiles = slices.DeleteFunc(slices.Clone(d.Write.Profiles), func(p identity.Profile) bool {
		return p.Key() == k
	})
}
