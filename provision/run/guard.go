package run

import (
	"cmp"
	"context"
	"path/filepath"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/guard"
	"muster/provision/plan"
	"muster/provision/words"
)

// guarded stops a run whose plan does more than its guards allow, before anything
// of it is written: the plan is kept, and may be applied by somebody who names what
// it does, to the number. That is put on record.
func (w *work) guarded(ctx context.Context, planned *plan.Plan) error {
	if len(planned.Summary.Guards) == 0 {
		return nil
	}
	path := planned.Path()
	if planned.Header.Fingerprint == w.run.Fingerprint { // not a saved one
		path = filepath.Join(cmp.Or(w.asked.Out, filepath.Join("muster-runs", w.run.ID)), plan.File)
	}
	failed := trips(planned, w.asked, path)
	if failed == nil {
		return w.allowed(ctx, planned.Summary.Guards)
	}
	w.Tell(provision.Planned{Summary: planned.Summary})
	if err := w.close(ctx, provision.ExitStale); err != nil {
		return err
	}
	return failed
}

// trips says which guards of a plan trip, and nobody overrides; nil where none does.
func trips(planned *plan.Plan, asked Ending, path string) error {
	tripped := planned.Summary.Guards
	if len(guard.Allowed(tripped, asked.Allow)) == 0 {
		return nil
	}
	return &provision.GuardError{Tripped: tripped, Plan: path, Words: words.Guards(tripped, path)}
}

// allowed keeps on record who let a plan do what its guards do not, once.
func (w *work) allowed(ctx context.Context, tripped []provision.TrippedGuard) error {
	if w.resumed {
		return nil
	}
	by := w.sc.Authority.Author(w.job.Kind(), w.Now())
	by.Run = w.run.ID
	entry, err := change.Noted(by, w.NewID(), change.AllowAction, map[string]any{"guards": tripped})
	if err != nil {
		return err
	}
	return w.fenced(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, entry) })
}
