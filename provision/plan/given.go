package plan

import (
	"context"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/source"
)

// given puts to what an import decided about people what sources gave them, where it
// gives them access, and what sources wrote of them last, where it writes over that:
// nothing where no list was ever synced.
func (p *planner) given(ctx context.Context, d provision.Directory, judged []dedupe.Judged) error {
	var accounts, rewritten []string
	for _, j := range judged {
		for _, decision := range j.Decisions {
			if source.GivesAccess(decision) {
				accounts = append(accounts, decision.Account)
			}
			if decision.Account != "" && source.Rewrites(decision.Write) {
				rewritten = append(rewritten, decision.Account)
			}
		}
	}
	grants, err := p.givenGrants(ctx, d, accounts)
	if err != nil {
		return err
	}
	wrote, err := writersOf(ctx, d, p.policy.Organization, rewritten, "")
	if err != nil {
		return err
	}
	for _, j := range judged {
		for i := range j.Decisions {
			var beside source.Given
			decision := &j.Decisions[i]
			if source.GivesAccess(*decision) {
				beside.Grants = grants[decision.Account]
			}
			if source.Rewrites(decision.Write) {
				beside.Wrote = wrote[decision.Account]
			}
			if len(beside.Grants)+len(beside.Wrote) > 0 {
				decision.Beside = beside
			}
		}
	}
	return nil
}

// givenGrants are what sources gave accounts, by account.
func (p *planner) givenGrants(ctx context.Context, d provision.Directory, accounts []string) (map[string][]change.Disown, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	grants, err := d.SourceGrants(ctx, p.policy.Organization, accounts)
	if err != nil || len(grants) == 0 {
		return nil, err
	}
	names := targetNames(p.organization)
	of := map[string][]change.Disown{}
	for _, g := range grants {
		if target, known := grantTarget(g, names); known {
			c := change.Disown{Source: g.Source, What: g.What, Target: target, Former: g.Former, Given: g.Given}
			of[g.Account] = append(of[g.Account], c)
		}
	}
	return of, nil
}

// targetNames are what grants are called in plans, by the ids of brands and campaigns.
func targetNames(o provision.Organization) map[string]string {
	names := map[string]string{}
	for _, b := range o.Brands {
		names[b.ID] = b.Slug
		for _, c := range b.Campaigns {
			names[c.ID] = b.Slug + "/" + c.Slug
		}
	}
	return names
}

// grantTarget is what a grant is called in plans; false where it is put away.
func grantTarget(g provision.SourceGrant, names map[string]string) (string, bool) {
	if g.What == provision.ProductGrant {
		return g.Target, true
	}
	name, known := names[g.Target]
	return name, known
}

// lookForSources looks whether lists of the organization are synced at all.
func (p *planner) lookForSources(ctx context.Context, e *provision.Engine) error {
	return provision.Persist(ctx, func() error {
		all, err := e.Store.Sources(ctx, p.policy.Organization)
		p.synced = len(all) > 0
		return err
	})
}
