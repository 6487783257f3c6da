package plan

import (
	"context"
	"encoding/json"
	"errors"
	"hash"
	"slices"

	"muster/provision"
	"muster/provision/guard"
)

// guard finds the guards that do not let the plan be carried out.
func (p *planner) guard(ctx context.Context, e *provision.Engine, sc provision.Scope, list string) error {
	m := measured(sc, p.w.summary)
	guards := sc.Authority.Organization.Guards
	if s := p.sourced; s != nil {
		m.Source = s.source.Name
		m.LastRows = s.source.LastRows
		m.Known = s.known
		if s.part { // whoever asks for a part knows that it is less
			m.LastRows = 0
		}
	} else if slices.ContainsFunc(guards, func(g provision.Guard) bool { return g.Name == provision.GuardRows }) {
		var err error
		if m.LastRows, err = lastRows(ctx, e, sc.Authority.Organization.ID, list); err != nil {
			return err
		}
	}
	p.w.summary.Guards = guard.Tripped(guards, m)
	return nil
}

// measured is what guards count of a plan.
func measured(sc provision.Scope, s provision.PlanSummary) guard.Measure {
	return guard.Measure{
		Brand:     sc.Authority.Brand.Slug,
		Kind:      sc.Policy.Kind,
		Rows:      s.Rows,
		People:    s.People,
		Removals:  s.Outcomes[provision.Removed],
		Creations: s.Outcomes[provision.Created],
		Claims:    s.Outcomes[provision.Claimed],
		Raises:    s.SideEffects.RolesRaised,
		Mails:     s.SideEffects.MailsSent,
		Rejects:   s.Outcomes[provision.Rejected],
	}
}

// lastRows is how many rows the last run of a list had, 0 where there is none.
func lastRows(ctx context.Context, e *provision.Engine, organization, list string) (int, error) {
	var last provision.Run
	err := provision.Persist(ctx, func() (err error) {
		last, err = e.Store.LastRun(ctx, provision.LastOf{Organization: organization, List: list, Before: e.Now()})
		return err
	})
	if errors.Is(err, provision.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var s provision.Summary
	err = json.Unmarshal(last.Summary, &s)
	return s.Rows, err
}

// sealGuards makes the guards that trip part of the digest of a plan: nobody takes them
// off it.
func sealGuards(digest hash.Hash, tripped []provision.TrippedGuard) {
	if len(tripped) > 0 {
		text, _ := json.Marshal(tripped) // plain data always marshals
		digest.Write(text)
	}
}
