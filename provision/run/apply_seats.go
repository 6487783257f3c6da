package run

import (
	"context"
	"slices"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// write writes a batch, and makes sure that it gives the organization no more
// people than its plan allows; otherwise it is a *provision.PlanLimitError. That
// there are too many already is nobody's fault who takes no seat.
func (a *applier) write(ctx context.Context, tx provision.Tx, b provision.Batch) error {
	limited := a.limited(b)
	if len(limited) == 0 {
		return tx.Apply(ctx, b)
	}
	before, err := tx.Seats(ctx, a.by.Organization)
	if err != nil {
		return err
	}
	if err := tx.Apply(ctx, b); err != nil {
		return err
	}
	after, err := tx.Seats(ctx, a.by.Organization)
	if err != nil {
		return err
	}
	for _, kind := range limited {
		if over := min(after[kind]-a.limits[kind], after[kind]-before[kind]); over > 0 {
			return &provision.PlanLimitError{Kind: kind, Limit: a.limits[kind], Over: over}
		}
	}
	return nil
}

// limited are the kinds of the new members of a batch that the plan limits.
func (a *applier) limited(b provision.Batch) []record.Kind {
	if len(a.limits) == 0 {
		return nil
	}
	joins := map[string]bool{}
	for _, m := range b.Memberships {
		joins[m.Kind] = true
	}
	for _, o := range b.Offers {
		joins[o.Kind] = true
	}
	var kinds []record.Kind
	for kind := range a.limits {
		if joins[string(kind)] || len(b.Back.Memberships) > 0 { // of whatever kind those are
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// takesIn reports whether a step makes somebody a member of a kind.
func takesIn(s change.Step, kind record.Kind) bool {
	return slices.ContainsFunc(s.Changes, func(c change.Change) bool {
		switch c := c.(type) {
		case change.Join:
			return c.Kind == kind
		case change.Offer:
			return c.Kind == kind
		}
		return false
	})
}
