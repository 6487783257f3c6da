package run

import (
	"context"
	"errors"

	"muster/provision"
	"muster/provision/plan"
)

// beginSource makes the source of a plan known where it is new, and refuses a plan
// that was made before another run of its source came to its end, or while the
// source is held.
func (w *work) beginSource(ctx context.Context, planned *plan.Plan) error {
	bound := planned.Header.Source
	if bound == nil {
		return nil
	}
	now, err := w.Store.Source(ctx, w.run.Organization, bound.Name)
	switch {
	case errors.Is(err, provision.ErrNotFound):
		return w.fenced(ctx, func(tx provision.Tx) error { return tx.SaveSource(ctx, *w.sc.Source) })
	case err != nil:
		return err
	case now.Ended():
		return &provision.EndedError{Source: now}
	case now.LastRun != bound.LastRun && now.LastRun != w.run.ID:
		return &provision.StalePlanError{Msg: "source " + bound.Name + " was synced after the plan was made, by run " +
			provision.ShortRun(now.LastRun)}
	case now.Held() && len(planned.Summary.Guards) == 0: // one whose guards somebody overrides was looked at
		return &provision.HeldError{Source: now}
	}
	return nil
}

// endSource keeps how the lists of a source looked that a run came to the end of,
// where they can be trusted in whom they do not name.
func (w *work) endSource(ctx context.Context, planned *plan.Plan) error {
	bound, of := planned.Header.Source, planned.Summary.Source
	if bound == nil || of == nil || !of.Complete {
		return nil
	}
	now, err := w.Store.Source(ctx, w.run.Organization, bound.Name)
	if err != nil {
		return err
	}
	ended := w.Now().UTC()
	now.Usual = now.UsualBy(ended)
	now.LastRun = w.run.ID
	now.LastRows = provision.Listed(planned.Summary.Rows, planned.Summary.Outcomes)
	now.LastAt = ended
	now.Header = provision.ListsOf(planned.Summary.Lists)
	return w.fenced(ctx, func(tx provision.Tx) error { return tx.SaveSource(ctx, now) })
}

// boundAsNow reports whether the source of a plan is as the plan saw it.
func (w *work) boundAsNow(planned *plan.Plan) bool {
	bound := planned.Header.Source
	if bound == nil || w.sc.Source == nil {
		return bound == nil && w.sc.Source == nil
	}
	return bound.Name == w.sc.Source.Name && (bound.LastRun == w.sc.Source.LastRun || w.sc.Source.LastRun == w.run.ID)
}

// madeBy is what grants of the run say that they were made through.
func (w *work) madeBy() string {
	if w.sc.Source != nil {
		return provision.BySource(w.sc.Source.Name)
	}
	return w.job.Kind()
}
