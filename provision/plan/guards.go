package plan

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"muster/provision"
	"muster/provision/guard"
)

// guard finds the guards that do not let the plan be carried out, before it is
// closed.
func (p *planner) guard(ctx context.Context, e *provision.Engine, sc provision.Scope) error {
	measured, err := p.measuredBy(ctx, e, sc)
	if err != nil {
		return err
	}
	return p.w.guard(sc, measured)
}

// Guard finds the guards that do not let a plan about people who are there be carried
// out, before it is closed. The scope says whose guards hold.
func (w *Writer) Guard(sc provision.Scope) error {
	return w.guard(sc, provision.Measured{Known: w.allMissing(), Losing: w.losing})
}

func (w *Writer) guard(sc provision.Scope, measured provision.Measured) (err error) {
	w.summary.Measured = measured
	w.beginSteps()
	if err := w.flush(); err != nil {
		return err
	}
	soFar := *w.plan
	soFar.file = w.file
	soFar.Summary = w.summary
	soFar.end = w.at
	if soFar.missing == 0 {
		soFar.missing = w.at
	}
	w.summary.Guards, err = Tripped(sc, &soFar)
	return err
}

// measuredBy is what a plan is measured by that is not in it.
func (p *planner) measuredBy(ctx context.Context, e *provision.Engine, sc provision.Scope) (provision.Measured, error) {
	s := p.sourced
	if s == nil {
		last, err := lastPeople(ctx, e, sc.Authority.Organization.ID, p.w.plan.Header.List, e.Now())
		return provision.Measured{LastPeople: last, Losing: p.w.losing}, err
	}
	m := provision.Measured{LastPeople: s.source.LastRows, Known: s.known, Losing: p.w.losing}
	if s.part { // whoever asks for a part knows that it is less
		m.LastPeople = 0
	}
	return m, nil
}

// lastPeople is how many people the last run of a list had before a moment, 0 where
// there is none.
func lastPeople(ctx context.Context, e *provision.Engine, organization, list string, before time.Time) (int, error) {
	last, err := provision.LastStanding(ctx, e, provision.LastOf{Organization: organization, List: list, Before: before})
	if errors.Is(err, provision.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var s provision.Summary
	err = json.Unmarshal(last.Summary, &s)
	return provision.Listed(s.Rows, s.Outcomes), err
}

// Tripped are the guards of the organization, as they are now, that a plan does too
// much for.
func Tripped(sc provision.Scope, p *Plan) ([]provision.TrippedGuard, error) {
	guards := sc.Authority.Organization.Guards
	m := guard.Measure{
		Brand:      sc.Authority.Brand.Slug,
		Kind:       sc.Policy.Kind,
		People:     provision.Listed(p.Summary.Rows, p.Summary.Outcomes),
		LastPeople: p.Summary.Measured.LastPeople,
	}
	if sc.Source != nil {
		m.Source = sc.Source.Name
	}
	if len(guards) == 0 {
		m.Parts = []guard.Part{whole(m, p.Summary)}
		return guard.Tripped(nil, m), nil
	}
	var err error
	m.Parts, err = measure(sc, p)
	return guard.Tripped(guards, m), err
}

// whole measures a plan by its summary, for the guards that are built in: nobody
// looks at it person by person.
func whole(m guard.Measure, s provision.PlanSummary) guard.Part {
	known := s.Measured.Known
	if known == 0 {
		known = s.People
	}
	return guard.Part{
		Brands:   []string{m.Brand},
		Kind:     m.Kind,
		Known:    known,
		Removals: s.Measured.Losing,
	}
}
