package pick

import (
	"context"
	"maps"
	"slices"

	"muster/provision"
	"muster/provision/change"
)

// sourced puts to people what sources of lists gave them. What is put away since is
// left out.
func sourced(ctx context.Context, e *provision.Engine, o provision.Organization, of map[string]Person) error {
	var grants []provision.SourceGrant
	err := Snapshot(ctx, e, func(d provision.Directory) (err error) {
		grants, err = d.SourceGrants(ctx, o.ID, slices.Sorted(maps.Keys(of)))
		return err
	})
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, b := range o.Brands {
		names[b.ID] = b.Slug
		for _, c := range b.Campaigns {
			names[c.ID] = b.Slug + "/" + c.Slug
		}
	}
	for _, g := range grants {
		target, known := g.Target, true
		if g.What != provision.ProductGrant {
			target, known = names[g.Target]
		}
		if known {
			p := of[g.Account]
			p.Sourced = append(p.Sourced, change.Disown{Source: g.Source, What: g.What, Target: target, Former: g.Former, Given: g.Given})
			of[g.Account] = p
		}
	}
	return nil
}
