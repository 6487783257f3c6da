package run

import (
	"context"
	"errors"
	"os"

	"muster/provision"
	"muster/provision/plan"
)

// consented shows the plan and asks whether to go on. Where a person is waited for
// nobody else is kept waiting: the lease is given back meanwhile, and taken again; who
// finds that somebody else had it is not taken at their word.
func (w *work) consented(ctx, working context.Context, planned *plan.Plan) (context.Context, error) {
	if !w.asked.Asks || w.shard != nil {
		return working, w.agreed(ctx, planned)
	}
	before := w.hold.token()
	w.letGo(ctx)
	if err := w.agreed(ctx, planned); err != nil {
		return working, err
	}
	working, h, err := Keep(ctx, w.Engine, provision.Lease{Name: provision.LeaseName(w.sc.Authority.Organization.Slug), Run: w.run.ID})
	if err != nil {
		return working, errors.Join(err, w.forget(ctx, planned, provision.ExitLocked))
	}
	w.hold = h
	if h.token() <= before+2 { // given back once, and taken once
		return working, nil
	}
	return working, errors.Join(provision.ErrMeddled, w.forget(ctx, planned, provision.ExitStale))
}

// letGo gives the lease of the run back, if it has it.
func (w *work) letGo(ctx context.Context) {
	if w.hold != nil {
		Release(ctx, w.Engine, w.hold)
		w.hold = nil
	}
}

// token is that of the first of the leases: each time somebody takes it, or gives it
// back, it is one more.
func (h *Holding) token() int64 { return h.leases[0].Token }

// forget closes a run that has written nothing, and drops its plan. One that was begun
// before stays open, and one that somebody else has gone on with is theirs.
func (w *work) forget(ctx context.Context, planned *plan.Plan, exit int) error {
	now, err := w.Store.Run(context.WithoutCancel(ctx), w.run.ID)
	if err != nil || w.resumed || !now.FinishedAt.IsZero() {
		return err
	}
	if done, err := w.Store.Settled(ctx, w.run.ID); err != nil || done > 0 {
		return err
	}
	_ = planned.Remove()
	_ = os.Remove(w.run.Out) // only if it is empty
	return w.close(context.WithoutCancel(ctx), exit)
}
