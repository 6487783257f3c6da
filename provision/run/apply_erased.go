package run

import (
	"context"
	"slices"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// broughtBack is the verdict on people whom a step would make although they were
// erased after the plan was made.
var broughtBack = change.Verdict{Outcome: provision.Stale, Reason: reason.Erased}

// erased are those of the steps that would bring somebody back who was erased, by
// their first rows: the person is known by what the step watches. Where nobody of
// the organization was erased, nothing is looked up.
func (a *applier) erased(ctx context.Context, tx provision.Tx, steps []change.Step) (map[int]bool, error) {
	of := map[string]int{} // mark → first row
	var asked []string
	for _, s := range steps {
		if !s.Creates() {
			continue
		}
		if asked == nil {
			if any, err := tx.Suppressions(ctx, a.by.Organization); err != nil || !any {
				return nil, err
			}
		}
		lifted := readmits(s)
		for _, w := range s.Watch {
			for _, m := range append(a.marks(w.Key, a.by.Organization), a.marks(w.Key, "")...) {
				if !slices.Contains(lifted, m) {
					of[m] = s.Key()
					asked = append(asked, m)
				}
			}
		}
	}
	met, err := tx.Suppressed(ctx, a.by.Organization, asked)
	erased := map[int]bool{}
	for _, m := range met {
		erased[of[m]] = true
	}
	return erased, err
}

// readmits are the marks that a step lifts: a reviewer lets the person come back.
func readmits(s change.Step) []string {
	var marks []string
	for _, c := range s.Changes {
		if r, is := c.(change.Readmit); is {
			marks = append(marks, r.Marks...)
		}
	}
	return marks
}
