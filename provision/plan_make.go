package provision

import (
	"context"

	"muster/importer/identity"
	"muster/importer/record"
)

// PlanFile is the plan's file in the folder of a run.
const PlanFile = "plan.jsonl"

// Plan reads lists, matches and decides, and writes the plan to a file; the
// database is only read.
func (e *Engine) Plan(ctx context.Context, s Settings, path string) (PlanHeader, PlanSummary, error) {
	src, err := OpenLists(s)
	if err != nil {
		return PlanHeader{}, PlanSummary{}, err
	}
	defer src.Close()
	sc, err := e.Scope(ctx, s.Terms)
	if err != nil {
		return PlanHeader{}, PlanSummary{}, err
	}
	plan, err := e.NewPlan(ctx, s, sc, src, path)
	if err != nil {
		return PlanHeader{}, PlanSummary{}, err
	}
	return plan.Header, plan.Summary, plan.Close()
}

// plan makes the plan of opened lists, and leaves it open.
func (e *Engine) NewPlan(ctx context.Context, s Settings, sc Scope, src *Sources, path string) (*Plan, error) {
	fingerprint, err := src.Fingerprint(sc, s)
	if err != nil {
		return nil, err
	}
	w, err := NewPlanWriter(path, e.Header(sc.Bind(src.Infos), fingerprint))
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	if err := e.planner(sc).plan(ctx, w, src.lists); err != nil {
		return nil, err
	}
	return w.Close(e.Links)
}

// header is the header of a plan that is made now.
func (e *Engine) Header(bound Binding, fingerprint string) PlanHeader {
	return PlanHeader{Program: e.Program, CreatedAt: e.Now().UTC(), Binding: bound, Fingerprint: fingerprint}
}

// rowsOnly makes a plan that has the rows of the lists and no decisions, bound
// as given.
func (e *Engine) RowsOnly(ctx context.Context, sc Scope, bound Binding, src *Sources, path string) (*Plan, error) {
	w, err := NewPlanWriter(path, PlanHeader{Program: e.Program, Binding: bound})
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	p := e.planner(sc)
	p.w = w
	if err := p.read(ctx, src.lists, func(record.Record) {}); err != nil {
		return nil, err
	}
	return w.Close(e.Links)
}

func (e *Engine) planner(sc Scope) *planner {
	return &planner{store: e.Store, authority: sc.Authority, policy: sc.Policy, links: e.Links, tell: e.Tell}
}

// marks are the suppression marks of a key, under every key of the keyring.
func (p *planner) marks(k identity.Key, organization string) []string {
	if p.links == nil {
		return nil
	}
	return p.links.Marks(k, organization)
}
