package run

import (
	"context"

	"muster/provision"
	"muster/provision/plan"
)

// Sync is Import for the lists of a source: people who are missing from them
// lose, in time, what the source gave them. A source that is held runs no more.
func Sync(ctx context.Context, e *provision.Engine, s plan.Settings, end Ending) (provision.Summary, error) {
	sc, err := e.Scope(ctx, s.Terms)
	if err != nil {
		return provision.Summary{}, err
	}
	if sc.Source != nil && sc.Source.Held() {
		return provision.Summary{}, &provision.HeldError{Source: *sc.Source}
	}
	return Import(ctx, e, s, end)
}
