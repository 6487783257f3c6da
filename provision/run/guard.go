package run

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

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
		return w.allowed(ctx, planned)
	}
	w.Tell(provision.Planned{Summary: planned.Summary})
	if w.job.Kind() == provision.SyncKind {
		if err := w.holdSource(ctx, planned, failed); err != nil {
			return err
		}
	}
	if err := w.close(ctx, provision.ExitStale); err != nil {
		return err
	}
	return failed
}

// holdSource lets the source of a plan run no more until somebody has looked: the
// next night would find the same.
func (w *work) holdSource(ctx context.Context, planned *plan.Plan, failed *provision.GuardError) error {
	failed.Source = planned.Header.Source.Name
	now, err := w.sourceNow(ctx, failed.Source)
	if err != nil {
		return err
	}
	now.HeldAt = w.Now().UTC()
	now.HeldRun = w.run.ID
	now.HeldWhy = words.Guards(failed.Tripped, "")
	return w.fenced(ctx, func(tx provision.Tx) error { return tx.SaveSource(ctx, now) })
}

// sourceNow is a source as it is, or as the run will make it.
func (w *work) sourceNow(ctx context.Context, name string) (provision.Source, error) {
	now, err := w.Store.Source(ctx, w.run.Organization, name)
	if errors.Is(err, provision.ErrNotFound) {
		return *w.sc.Source, nil
	}
	return now, err
}

// trips says which guards of a plan trip, and nobody overrides; nil where none does.
func trips(planned *plan.Plan, asked Ending, path string) *provision.GuardError {
	tripped := planned.Summary.Guards
	if len(guard.Allowed(tripped, asked.Allow)) == 0 {
		return nil
	}
	return &provision.GuardError{Tripped: tripped, Plan: path, Words: words.Guards(tripped, path)}
}

// allowed keeps on record who let a plan do what its guards do not, once. A source
// that was held for it runs again: somebody has looked.
func (w *work) allowed(ctx context.Context, planned *plan.Plan) error {
	if w.resumed {
		return nil
	}
	by := w.sc.Authority.Author(w.job.Kind(), w.Now())
	by.Run = w.run.ID
	entry, err := change.Noted(by, w.NewID(), change.AllowAction, map[string]any{"guards": planned.Summary.Guards})
	if err != nil {
		return err
	}
	if planned.Header.Source == nil {
		return w.fenced(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, entry) })
	}
	now, err := w.sourceNow(ctx, planned.Header.Source.Name)
	if err != nil {
		return err
	}
	now.HeldAt, now.HeldRun, now.HeldWhy = time.Time{}, "", ""
	return w.fenced(ctx, func(tx provision.Tx) error {
		if err := tx.SaveSource(ctx, now); err != nil {
			return err
		}
		return tx.Apply(ctx, entry)
	})
}
