package plan

import (
	"cmp"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// Missing writes the step of somebody who is on no row, and counts it. Those
// come behind all others.
func (w *Writer) Missing(s change.Step) error {
	if s.Missing == nil {
		return errNoRows
	}
	w.beginSteps()
	if w.plan.missing == 0 {
		w.plan.missing = w.at
	}
	s.Missing.N = w.allMissing() + 1
	tally(w.summary.Missing, s.First.Reason, 1)
	if s.First.Outcome == provision.Removed {
		tally(w.summary.Outcomes, provision.Removed, 1)
	}
	if w.summary.Command == provision.EndSourceKind {
		for _, loss := range losses(s.Changes) {
			tally(w.summary.Losses, loss, 1)
		}
	}
	w.losing += bit(loses(s))
	w.summary.SideEffects.Add(effectsOf(s.Changes), 1)
	return w.line(missingLine, s)
}

// allMissing is how many people on no row have a step.
func (w *Writer) allMissing() int {
	n := 0
	for _, people := range w.summary.Missing {
		n += people
	}
	return n
}

// Lost keeps who the first people are who lose what a source gave them, by name as
// far as the operator may know them.
func (w *Writer) Lost(a dedupe.Account, s change.Step, p dedupe.Policy) {
	if s.First.Outcome != provision.Removed || len(w.summary.FirstRemoved) == provision.FirstPlaces {
		return
	}
	name := cmp.Or(a.Name, a.Email.Address)
	if !a.Visible(p.VisibleBrands) || name == "" {
		name = "account " + a.ID
	}
	w.summary.FirstRemoved = append(w.summary.FirstRemoved, a.ID)
	w.summary.RemovedNames = append(w.summary.RemovedNames, name)
}
