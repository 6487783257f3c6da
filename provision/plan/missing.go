package plan

import (
	"context"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/source"
)

// missing plans what becomes of the people of the source who are on no row, and of
// those who are back on one that says nothing of it, a page of them at a time,
// behind all other steps.
func (p *planner) missing(ctx context.Context) error {
	s := p.sourced
	if s == nil {
		return nil
	}
	for after := ""; ; {
		var page []provision.SourcePerson
		err := p.look(ctx, func(d provision.Directory) (err error) {
			page, err = d.SourcePage(ctx, p.policy.Organization, s.source.Name, after, planChunk)
			return err
		})
		if err != nil {
			return err
		}
		if err := p.remember(ctx, page); err != nil {
			return err
		}
		var steps []change.Step
		err = p.look(ctx, func(d provision.Directory) (err error) {
			steps, err = p.missingOf(ctx, d, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, person := range page {
			if person.Absences < provision.RemovedAfter {
				s.known++
			}
		}
		for _, step := range steps {
			if err := p.w.Missing(step); err != nil {
				return err
			}
		}
		if len(page) < planChunk {
			return nil
		}
		after = page[len(page)-1].Account
	}
}

// missingOf plans for some people of the source: who may be meant by a row that
// cannot be used, or is held, is on it.
func (p *planner) missingOf(ctx context.Context, d provision.Directory, page []provision.SourcePerson) ([]change.Step, error) {
	s := p.sourced
	var ids []string
	for _, person := range page {
		waits := person.Absences > 0 && p.w.attends[person.Account] == 0
		if person.Absences < provision.RemovedAfter && (waits || s.whole && !s.has(person.Account)) {
			ids = append(ids, person.Account)
		}
	}
	accounts, err := d.Accounts(ctx, p.policy.Organization, ids, p.policy.Now)
	if err != nil {
		return nil, err
	}
	known, err := s.recall(ctx, d, p.policy.Organization, ids)
	if err != nil {
		return nil, err
	}
	var steps []change.Step
	for _, a := range accounts {
		standing := known.of(a.ID)
		standing.Account = a
		standing.Again = standing.Person != nil && s.again[standing.Person.Run]
		var step change.Step
		var is bool
		switch {
		case s.has(a.ID), s.vague.may(a):
			step, is = source.Seen(standing)
		case s.whole:
			step, is = source.Missing(standing, s.editors, p.policy)
		}
		if !is {
			continue
		}
		step.Shard = shardOf(step, p.shards)
		p.w.Lost(a, step, p.policy)
		steps = append(steps, step)
	}
	return steps, nil
}
