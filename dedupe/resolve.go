package dedupe

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// Case is a held person before a reviewer, and what was answered.
type Case struct {
	Match   Match
	Digest  string             // EvidenceDigest as it is now
	Answers map[int]Resolution // by row; a row without one is blank
}

// Open returns the rows that need an answer and have none, where other rows of the
// person have one: rows that contradict each other are decided together, or not yet.
func (c Case) Open() []int {
	if c.Match.Person.Held == "" || len(c.Answers) == 0 {
		return nil
	}
	var open []int
	answers := map[string]bool{} // lines that are there twice need one
	for _, one := range c.Match.Person.Records {
		if _, answered := c.Answers[one.Row]; answered {
			answers[RecordDigest(one)] = true
		} else if !answers[RecordDigest(one)] {
			open = append(open, one.Row)
		}
	}
	return open
}

// Fault is an answer that cannot stand, by its row.
type Fault struct {
	Row       int
	Msg, Hint string
}

// Resolve turns the answers of a review into decisions. Nothing is decided
// where any answer has a fault.
//
//  1. An answer made on other evidence than there is now is stale.
//  2. Rows that agree are one person and have one answer. Rows that contradict
//     each other have one each; all of them or none.
//  3. "Same as row" joins a row to the row at the end of its chain, rows that
//     claim one account to each other.
//  4. Each group is resolved as one person; nobody gets an address or a handle
//     that another group got before.
func Resolve(cases []Case, p Policy) ([]Decision, []Fault) {
	r := &resolver{policy: p, answers: map[int]Resolution{}, caseOf: map[int]int{}, cases: cases}
	for i, c := range cases {
		r.collect(i, c)
	}
	groups := r.groups()
	if len(r.faults) > 0 {
		return nil, r.sortedFaults()
	}
	var decisions []Decision
	taken := map[identity.Key]int{}
	for _, rows := range groups {
		if d, ok := r.resolve(rows, taken); ok {
			decisions = append(decisions, d)
		}
	}
	if len(r.faults) > 0 {
		return nil, r.sortedFaults()
	}
	return decisions, nil
}

type resolver struct {
	policy  Policy
	cases   []Case
	caseOf  map[int]int // row → index of its case
	answers map[int]Resolution
	faults  []Fault
}

func (r *resolver) fault(row int, hint, format string, args ...any) {
	r.faults = append(r.faults, Fault{Row: row, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

func (r *resolver) sortedFaults() []Fault {
	slices.SortStableFunc(r.faults, func(a, b Fault) int { return cmp.Compare(a.Row, b.Row) })
	return r.faults
}

// collect takes in the answers of one case.
func (r *resolver) collect(i int, c Case) {
	answered := slices.Sorted(maps.Keys(c.Answers))
	for _, row := range answered {
		if d := c.Answers[row].Digest; d != "" && d != c.Digest {
			r.fault(row, "export the review again and decide on what it shows now",
				"what this was decided on has changed")
			return
		}
	}
	for _, one := range c.Match.Person.Records {
		r.caseOf[one.Row] = i
	}
	if len(answered) == 0 {
		return
	}
	if c.Match.Person.Held == "" {
		r.collectOne(c, answered)
	} else {
		r.collectEach(c)
	}
}

// collectOne takes the one answer of rows that agree with each other.
func (r *resolver) collectOne(c Case, answered []int) {
	rows := c.Match.Person.Rows()
	inside := func(a Resolution) bool { return a.Choice == ChooseSame && slices.Contains(rows, a.Row) }
	carrier := -1
	for _, row := range answered {
		switch a := c.Answers[row]; {
		case inside(a):
		case carrier < 0:
			carrier = row
		case !sameChoice(a, c.Answers[carrier]):
			r.fault(row, "decide the same for both, or correct the list",
				"row %d and row %d are one person and are decided differently", carrier, row)
			return
		}
	}
	if carrier < 0 {
		r.fault(answered[0], "choose another decision for one of its rows",
			"every row of the person is said to be the same as another")
		return
	}
	for _, row := range rows {
		r.answers[row] = Resolution{Choice: ChooseSame, Row: carrier, By: c.Answers[carrier].By}
	}
	r.answers[carrier] = c.Answers[carrier]
}

func sameChoice(a, b Resolution) bool {
	return a.Choice == b.Choice && a.Account == b.Account && a.Row == b.Row
}

// collectEach takes an answer for every row. A line that is there twice needs
// one answer.
func (r *resolver) collectEach(c Case) {
	first := map[string]int{}
	for _, one := range c.Match.Person.Records {
		digest := RecordDigest(one)
		answer, answered := c.Answers[one.Row]
		twin, repeated := first[digest]
		switch {
		case !answered && repeated:
			answer = Resolution{Choice: ChooseSame, Row: twin, By: r.answers[twin].By}
		case !answered:
			r.fault(one.Row, `decide this row, too; "Leave out" leaves it alone`,
				"another row of the same person is decided, and this one is not")
			continue
		case repeated && !sameChoice(answer, r.answers[twin]) && !(answer.Choice == ChooseSame && answer.Row == twin):
			r.fault(one.Row, "leave the decision of one of them empty",
				"row %d and row %d say the same and are decided differently", twin, one.Row)
			continue
		}
		if !repeated {
			first[digest] = one.Row
		}
		r.answers[one.Row] = answer
	}
}

// groups follows every "same as row" to its end, and joins rows that claim
// one account. The first row of a group is the one that was decided.
func (r *resolver) groups() [][]int {
	heads := map[int][]int{}
	account := map[string]int{}
	rows := slices.Sorted(maps.Keys(r.answers))
	for _, row := range rows {
		head, ok := r.head(row)
		if !ok {
			continue
		}
		if id := r.answers[head].Account; id != "" {
			if other, claimed := account[id]; claimed {
				head = r.together(other, head)
			}
			account[id] = head
		}
		heads[head] = append(heads[head], row)
	}
	var groups [][]int
	for _, head := range slices.Sorted(maps.Keys(heads)) {
		rest := slices.DeleteFunc(heads[head], func(row int) bool { return row == head })
		groups = append(groups, append([]int{head}, rest...))
	}
	return groups
}

// head is the row at the end of a chain.
func (r *resolver) head(row int) (int, bool) {
	seen := map[int]bool{}
	at := row
	for r.answers[at].Choice == ChooseSame {
		if seen[at] {
			r.fault(row, "choose another decision for one of these rows",
				"the rows are said to be the same as each other in a circle")
			return 0, false
		}
		seen[at] = true
		next := r.answers[at].Row
		if _, known := r.answers[next]; !known {
			r.fault(row, "name a row of this review that has a decision", "row %d is not decided here", next)
			return 0, false
		}
		at = next
	}
	if at != row && r.answers[at].Choice == ChooseSkip && r.caseOf[at] != r.caseOf[row] {
		r.fault(row, `choose "Leave out" for this one as well, or decide the other`,
			"row %d is left out, so there is nobody to be the same as", at)
		return 0, false
	}
	return at, true
}

// together chooses the head of two groups that mean one account: one that
// gives it a new address wins, and there can only be one of those.
func (r *resolver) together(a, b int) int {
	switch {
	case a == b || r.answers[b].Choice != ChooseNewEmail:
		return a
	case r.answers[a].Choice != ChooseNewEmail:
		return a // which claims: the row that gives an address leads the group, see resolver.resolve
	case r.record(a).Email.Value != r.record(b).Email.Value:
		r.fault(b, "decide which address is right, and choose the account without a new address on the other row",
			"row %d and row %d give one account different addresses", a, b)
	}
	return a
}

// record returns the record of a row of any case.
func (r *resolver) record(row int) record.Record { return r.cases[r.caseOf[row]].Match.record(row) }
