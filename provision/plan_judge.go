package provision

import (
	"context"
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/reason"
)

// verdict is a person, what the directory knows of them, and what is decided:
// one decision, or several where a reviewer told the rows apart.
type verdict struct {
	match     dedupe.Match
	decisions []dedupe.Decision
	before    string // who decided about the person on other evidence, and when
}

// judge looks up every key of some people, decides, and replays what
// reviewers decided about those who are held: all in one snapshot. Mark tells
// a match of others who lead to the same account; nil knows of nobody.
func (p *planner) judge(ctx context.Context, people []dedupe.Person, mark func(*dedupe.Match)) ([]verdict, error) {
	if len(people) == 0 {
		return nil, nil
	}
	organization := p.authority.Organization.ID
	q := newQuery(people, organization)
	var verdicts []verdict
	look := func(d Directory) error {
		if err := q.run(ctx, d, p.policy, p.marks); err != nil {
			return err
		}
		verdicts = make([]verdict, len(people))
		for i, person := range people {
			m := dedupe.NewMatch(person, organization, q.hits, q.accounts)
			m.Erased = slices.ContainsFunc(m.Watch, q.erases)
			if mark != nil {
				mark(&m)
			}
			verdicts[i] = verdict{match: m, decisions: []dedupe.Decision{p.decideOne(m)}}
		}
		return p.replay(ctx, d, verdicts)
	}
	if err := persist(ctx, func() error { return p.store.Snapshot(ctx, look) }); err != nil {
		return nil, fmt.Errorf("looking up rows from %d on: %w", people[0].First(), err)
	}
	return verdicts, nil
}

// decideOne decides for one person, and keeps what a reviewer or a reader of
// the ledger will ask.
func (p *planner) decideOne(m dedupe.Match) dedupe.Decision {
	d := dedupe.Decide(m, p.policy)
	if d.Action == dedupe.Review {
		d.Digest = dedupe.EvidenceDigest(m, d)
	}
	if len(d.Rows) > 1 {
		d.Path = dedupe.Path(m, p.authority.Organization.ID)
	}
	return d
}

// replay decides about held people as reviewers did before.
func (p *planner) replay(ctx context.Context, d Directory, verdicts []verdict) error {
	var held []*verdict
	var digests []string
	for i := range verdicts {
		if v := &verdicts[i]; v.decisions[0].Action == dedupe.Review {
			held = append(held, v)
			digests = append(digests, dedupe.PersonDigest(v.match.Person))
		}
	}
	if len(held) == 0 {
		return nil
	}
	rows, err := d.Decided(ctx, p.authority.Organization.ID, digests)
	if err != nil {
		return err
	}
	memories := map[string][]dedupe.Memory{}
	for _, r := range rows {
		r.By = deciderWords(r)
		memories[r.Digest] = append(memories[r.Digest], r.Memory)
	}
	var open []*verdict
	for i, v := range held {
		if decisions, ok := dedupe.Replay(v.match, p.policy, memories[digests[i]]); ok {
			p.replayed(v, decisions)
		} else {
			open = append(open, v)
		}
	}
	return p.decidedBefore(ctx, d, open)
}

// replayed takes over the decisions of a reviewer.
func (p *planner) replayed(v *verdict, decisions []dedupe.Decision) {
	digest := v.decisions[0].Digest
	for i := range decisions {
		if len(decisions) == 1 && decisions[i].Action == dedupe.Review {
			decisions[i].Digest = digest
		}
		if len(decisions[i].Rows) > 1 {
			decisions[i].Path = v.decisions[0].Path
		}
	}
	v.decisions = decisions
}

// decidedBefore notes on people who are held that somebody decided about them
// when the evidence was another.
func (p *planner) decidedBefore(ctx context.Context, d Directory, open []*verdict) error {
	var names []string
	for _, v := range open {
		names = append(names, dedupe.FirstKey(v.match.Person))
	}
	rows, err := d.DecidedPeople(ctx, p.authority.Organization.ID, names)
	if err != nil {
		return err
	}
	before := map[string]string{}
	for _, r := range rows {
		before[r.Person] = fmt.Sprintf("%s: %s", deciderWords(r), r.Choice)
	}
	for i, v := range open {
		if said := before[names[i]]; said != "" {
			v.before = said
			v.decisions[0].Notes = append(v.decisions[0].Notes, dedupe.Note{Code: reason.DecidedBefore, Row: v.match.Person.First(), Said: said})
		}
	}
	return nil
}

// deciderWords says who decided and when.
func deciderWords(r DecisionRow) string {
	words := orDefault(r.Decider, "somebody") + " on " + r.At.UTC().Format(time.DateOnly)
	if r.Note != "" {
		words += ": " + r.Note
	}
	return words
}
