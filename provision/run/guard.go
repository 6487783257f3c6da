package run

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/guard"
	"muster/provision/plan"
	"muster/provision/words"
)

// guarded stops a run whose plan does more than its guards allow, before anything
// of it is written: the plan is kept, or its command is given again, by somebody who
// names what it does, to the number. That is put on record.
func (w *work) guarded(ctx context.Context, planned *plan.Plan) error {
	tripped, err := inForce(w.job.Kind(), w.sc, planned)
	if err != nil || len(tripped) == 0 {
		return err
	}
	path := planned.Path()
	own := planned.Header.Fingerprint == w.run.Fingerprint // not a saved one
	if own {
		path = filepath.Join(cmp.Or(w.asked.Out, filepath.Join("muster-runs", w.run.ID)), plan.File)
	}
	again, see, kept := applied(path), "", true
	if g, is := w.job.(guarded); is {
		if command, first := g.Again(); command != "" {
			again, see, kept = command, first, false
		}
	}
	failed := trips(tripped, w.asked, again)
	if failed == nil {
		return w.allowed(ctx, planned, tripped)
	}
	failed.See = see
	summary := planned.Summary
	summary.Guards = tripped
	w.Tell(provision.Planned{Summary: summary})
	if w.asked.Show != nil {
		w.asked.Show(summary)
	}
	if w.resumed && len(planned.Summary.Guards) == 0 { // it was begun before the guard was: it stays as far as it is
		return failed
	}
	if w.job.Kind() == provision.SyncKind {
		if err := w.holdSource(ctx, planned, failed); err != nil {
			return err
		}
	}
	switch {
	case !kept:
		_ = planned.Remove()
		_ = os.Remove(w.run.Out) // only if it is empty
	case own:
		failed.Plan = path
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

// inForce are the guards that a plan trips: those that it was made under, and, where
// it was saved, those of now, for whoever made one since meant the plans that wait.
func inForce(kind string, sc provision.Scope, planned *plan.Plan) ([]provision.TrippedGuard, error) {
	tripped := planned.Summary.Guards
	if kind != provision.ApplyKind || planned.Summary.Command != "" {
		return tripped, nil
	}
	now, err := plan.Tripped(sc, planned)
	for _, t := range tripped {
		same := func(n provision.TrippedGuard) bool { return n.Guard == t.Guard }
		if !slices.ContainsFunc(now, same) {
			now = append(now, t)
		}
	}
	return now, err
}

// applied is the command that applies a plan.
func applied(path string) string { return "muster apply " + path }

// trips says which guards trip that nobody overrides; nil where none does.
func trips(tripped []provision.TrippedGuard, asked Ending, again string) *provision.GuardError {
	if len(guard.Allowed(tripped, asked.Allow)) == 0 {
		return nil
	}
	return &provision.GuardError{Tripped: tripped, Words: words.Guards(tripped, again)}
}

// allowed keeps on record who let a plan do what its guards do not, once. A source
// that was held for it runs again: somebody has looked.
func (w *work) allowed(ctx context.Context, planned *plan.Plan, tripped []provision.TrippedGuard) error {
	if w.resumed && len(tripped) == len(planned.Summary.Guards) {
		return nil
	}
	by := w.sc.Authority.Author(w.job.Kind(), w.Now())
	by.Run = w.run.ID
	entry, err := change.Noted(by, w.NewID(), change.AllowAction, map[string]any{"guards": tripped})
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
