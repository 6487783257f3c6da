package plan

import (
	"context"
	"iter"
	"slices"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// Again plans people anew whose accounts changed after a plan was made: stale
// has the rows of each.
func Again(
	ctx context.Context, e *provision.Engine, sc provision.Scope, planned *Plan, stale [][]int,
) iter.Seq2[change.Step, error] {
	return func(yield func(change.Step, error) bool) {
		p := newPlanner(e, sc)
		p.policy.Now = e.Now()
		if err := p.lookForSources(ctx, e); err != nil {
			yield(change.Step{}, err)
			return
		}
		for chunk := range slices.Chunk(stale, planChunk) {
			for s, err := range p.again(ctx, planned, chunk) {
				if !yield(s, err) || err != nil {
					return
				}
			}
		}
	}
}

// again judges some people again. Whether others look like an account, too, is
// not known here: somebody who only looks like it is held.
func (p *planner) again(ctx context.Context, planned *Plan, stale [][]int) iter.Seq2[change.Step, error] {
	return func(yield func(change.Step, error) bool) {
		var people []dedupe.Person
		for _, rows := range stale {
			records, err := planRecords(planned, rows)
			if err != nil {
				yield(change.Step{}, err)
				return
			}
			people = append(people, dedupe.Person{Records: records, Held: dedupe.Contradiction(records)})
		}
		judged, err := p.judge(ctx, people, func(m *dedupe.Match) { m.Contested = !anyStrong(*m) })
		if err != nil {
			yield(change.Step{}, err)
			return
		}
		for _, s := range p.steps(judged) {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func anyStrong(m dedupe.Match) bool {
	for _, r := range m.Claimants() {
		if r.Strength() == dedupe.Strong {
			return true
		}
	}
	return false
}
