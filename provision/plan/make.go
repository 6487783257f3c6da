package plan

import (
	"context"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// File is the plan's file in the folder of a run.
const File = "plan.jsonl"

// Page is the name of the file beside it that shows the plan of a run that a guard
// stopped.
const Page = "plan.html"

// Make reads lists, matches and decides, and writes the plan to a file; the
// database is only read.
func Make(
	ctx context.Context, e *provision.Engine, s Settings, path string,
) (provision.PlanHeader, provision.PlanSummary, error) {
	if err := s.CheckAge(e.Now()); err != nil {
		return provision.PlanHeader{}, provision.PlanSummary{}, err
	}
	src, err := OpenLists(s)
	if err != nil {
		return provision.PlanHeader{}, provision.PlanSummary{}, err
	}
	defer src.Close()
	sc, err := e.Scope(ctx, s.Terms)
	if err != nil {
		return provision.PlanHeader{}, provision.PlanSummary{}, err
	}
	plan, err := New(ctx, e, s, sc, src, path)
	if err != nil {
		return provision.PlanHeader{}, provision.PlanSummary{}, err
	}
	return plan.Header, plan.Summary, plan.Close()
}

// New makes the plan of opened lists, and leaves it open.
func New(
	ctx context.Context, e *provision.Engine, s Settings, sc provision.Scope, src *Sources, path string,
) (*Plan, error) {
	fingerprint, err := src.Fingerprint(sc, s)
	if err != nil {
		return nil, err
	}
	bound := sc.Bind(src.Infos)
	bound.List = src.Name(sc, s)
	bound.Asked = s.Asked
	header := Header(e, bound, fingerprint)
	header.Shards = s.Shards
	w, err := NewWriter(path, header)
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	p := newPlanner(e, sc)
	p.shards = s.Shards
	p.sourced.asked(s)
	if err := p.lookForSources(ctx, e); err != nil {
		return nil, err
	}
	if err := p.plan(ctx, w, src.lists); err != nil {
		return nil, err
	}
	if err := p.guard(ctx, e, sc); err != nil {
		return nil, err
	}
	return w.Close(e.Links)
}

// Header is the header of a plan that is made now.
func Header(e *provision.Engine, bound provision.Binding, fingerprint string) provision.PlanHeader {
	return provision.PlanHeader{Program: e.Program, CreatedAt: e.Now().UTC(), Binding: bound, Fingerprint: fingerprint}
}

// RowsOnly makes a plan that has the rows of the lists and no decisions, bound
// as given.
func RowsOnly(
	ctx context.Context, e *provision.Engine, sc provision.Scope, bound provision.Binding, src *Sources, path string,
) (*Plan, error) {
	w, err := NewWriter(path, provision.PlanHeader{Program: e.Program, Binding: bound})
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	p := newPlanner(e, sc)
	p.w = w
	if err := p.read(ctx, src.lists, func(record.Record) {}); err != nil {
		return nil, err
	}
	return w.Close(e.Links)
}

// ReadRows reads the rows of lists that name people who are there into a plan
// that was begun, and hands each to add, in order. What else than a name a row
// asks for is not looked at.
func ReadRows(
	ctx context.Context, e *provision.Engine, sc provision.Scope, w *Writer, src *Sources, add func(record.Record),
) error {
	p := newPlanner(e, sc)
	p.w = w
	p.sourced = nil
	p.check = func(r record.Record, _ provision.Columns) record.Record { return r }
	p.notes = knownWords
	return p.read(ctx, src.lists, add)
}

// Find finds the accounts that people lead to, in one snapshot of the directory.
func Find(
	ctx context.Context, d provision.Directory, people []dedupe.Person, policy dedupe.Policy,
) ([]dedupe.Match, error) {
	nobodyErased := func(identity.Key, string) []string { return nil }
	return dedupe.Find(people, view{ctx, d, policy, nobodyErased}, policy.Organization)
}

func newPlanner(e *provision.Engine, sc provision.Scope) *planner {
	return &planner{
		store:  e.Store,
		runs:   e.Store,
		check:  sc.Authority.Check,
		notes:  noteWords,
		policy: sc.Policy,

		organization: sc.Authority.Organization,
		sourced:      newSourced(sc),

		links: e.Links,
		tell:  e.Tell,
	}
}

// marks are the suppression marks of a key, under every key of the keyring.
func (p *planner) marks(k identity.Key, organization string) []string {
	if p.links == nil {
		return nil
	}
	return p.links.Marks(k, organization)
}
