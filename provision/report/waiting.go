package report

import (
	"cmp"
	"fmt"
	"slices"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// waitKey is what rows that wait have in common.
type waitKey struct {
	outcome provision.Outcome
	reason  reason.Code
}

// wait takes in a line that is not settled. One that somebody left out on
// purpose, or that was not reached, waits for nothing that its reason says.
func (t *tally) wait(l *provision.Line) {
	if !l.Outcome.Unsettled() || l.Outcome == provision.Pending || l.Reason == "" || l.Reason == reason.Skipped {
		return
	}
	key := waitKey{l.Outcome, l.Reason}
	if t.waits[key] == nil {
		t.waits[key] = &provision.Waiting{Outcome: l.Outcome, Reason: l.Reason}
	}
	if t.placed(l) {
		t.waits[key].Add(l.Place)
	} else {
		t.waits[key].Rows++
	}
}

// waiting are the rows that wait by why they do, in the order of outcomes, the
// most frequent first.
func (t *tally) waiting() []provision.Waiting {
	var all []provision.Waiting
	for _, w := range t.waits {
		all = append(all, *w)
	}
	slices.SortFunc(all, func(a, b provision.Waiting) int {
		return cmp.Or(
			cmp.Compare(slices.Index(provision.Outcomes, a.Outcome), slices.Index(provision.Outcomes, b.Outcome)),
			cmp.Compare(b.Rows, a.Rows),
			cmp.Compare(a.Reason, b.Reason),
		)
	})
	return all
}

// whysShown is how many kinds of what is wrong are told one by one.
const whysShown = 10

// Whys says why rows wait, each reason once with its first rows. What is rare
// beyond the first few stands in the report.
func Whys(s provision.Summary) []Step {
	var steps []Step
	rest := 0
	for i, w := range s.Waiting {
		if i >= whysShown {
			rest += w.Rows
			continue
		}
		text := fmt.Sprintf("%s %s: %s.", words.Number(w.Rows), waitWord(w.Outcome), reason.Of(w.Reason).Meaning)
		steps = append(steps, Step{Text: text, Places: w.First, Rows: w.Rows, of: &s})
	}
	if rest > 0 {
		steps = append(steps, Step{Text: words.Number(rest) + " for other reasons, which the report has."})
	}
	return steps
}

// waitWord says how a row waits.
func waitWord(o provision.Outcome) string {
	if o == provision.Review {
		return "held"
	}
	return string(o)
}
