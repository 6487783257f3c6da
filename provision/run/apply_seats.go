package run

import (
	"context"
	"slices"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// write writes a batch, within the seats that the plan of the organization has.
func (a *applier) write(ctx context.Context, tx provision.Tx, b provision.Batch) error {
	return provision.WithinSeats(ctx, tx, a.by.Organization, a.limits, a.limited(b), func() error { return tx.Apply(ctx, b) })
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
