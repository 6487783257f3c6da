package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"muster/importer"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// ShardEnd says how a shard of a plan ended, and how far its run is.
type ShardEnd struct {
	provision.Shard
	Run     string
	Rows    int  // of the run
	Settled int  // of them, so far
	Left    int  // shards that have not ended yet
	Before  bool // it was done already, and nothing was written
	// Summary is that of the run, from the shard that ended last; nil from the
	// others, and where somebody else writes the report.
	Summary *provision.Summary
}

// ApplyShard carries out a shard of a saved plan. All shards together are one
// run:
//
//  1. open the run of the plan, or the one that another shard opened;
//  2. take part in the lease of the organization, and take that of the shard;
//  3. apply the steps of the shard, unless that was done before;
//  4. note that it is done. Whoever sees then that all are writes the report, and
//     closes the run.
//
// A shard that is killed goes on when it is asked for again, as does a report.
func ApplyShard(
	ctx context.Context, e *provision.Engine, path string, shard provision.Shard, end Ending,
) (ShardEnd, error) {
	planned, sc, err := openSaved(ctx, e, path)
	if err != nil {
		return ShardEnd{}, err
	}
	defer planned.Close()
	if err := dividedSo(planned, path, shard); err != nil {
		return ShardEnd{}, err
	}
	tripped, err := inForce(provision.ApplyKind, sc, planned)
	if err != nil {
		return ShardEnd{}, err
	}
	if failed := trips(tripped, end, applied(path)); failed != nil {
		return ShardEnd{}, failed
	}
	if err := checkKeys(ctx, e); err != nil {
		return ShardEnd{}, err
	}
	w := &work{Engine: e, job: &applying{planned: planned}, sc: sc, asked: end, shard: &shard}
	finished, err := w.openShared(ctx)
	if err != nil || finished {
		return w.wasDone(planned), err
	}
	working, h, err := Keep(ctx, e,
		provision.Lease{Name: provision.LeaseName(sc.Authority.Organization.Slug), Run: w.run.ID, Shared: true},
		provision.Lease{Name: provision.ShardLeaseName(w.run.ID, shard.Index), Run: w.run.ID})
	if err != nil {
		return ShardEnd{}, err
	}
	defer Release(ctx, e, h)
	w.hold = h
	return w.part(ctx, working, planned, tripped)
}

// dividedSo refuses a shard that a plan does not have.
func dividedSo(planned *plan.Plan, path string, shard provision.Shard) error {
	switch n := planned.Header.Shards; n {
	case shard.Of:
		return nil
	case 0:
		return &provision.StalePlanError{
			Msg:  "the plan was not divided into shards",
			Hint: fmt.Sprintf("muster apply %s does all of it; muster plan -o FILE --shards %d divides one", path, shard.Of),
		}
	default:
		return &provision.StalePlanError{
			Msg:  fmt.Sprintf("the plan was divided into %d shards, and shard %s is one of %d", n, shard, shard.Of),
			Hint: fmt.Sprintf("say --shard 0/%d to --shard %d/%d, or make another plan", n, n-1, n),
		}
	}
}

// openShared opens the run of the plan, or finds it open or finished.
func (w *work) openShared(ctx context.Context) (finished bool, err error) {
	for {
		before, err := Before(ctx, w.Engine, w.sc, w.job.Fingerprint())
		if err := cmp.Or(err, before.over()); err != nil {
			if w.run.ID != "" { // it was taken back just before this one was opened
				err = errors.Join(err, w.close(ctx, provision.ExitStale))
			}
			return false, err
		}
		if before.Finished != nil {
			if w.run.ID != "" { // it was finished just before this one was opened
				err = w.close(ctx, provision.ExitOK)
			}
			w.run = *before.Finished
			return true, err
		}
		if w.run.ID != "" {
			return false, nil
		}
		if err := w.open(ctx, importer.Options{}); err != nil {
			return false, err
		}
		if w.resumed {
			return false, nil
		}
	}
}

// wasDone is the end of a shard whose run is finished.
func (w *work) wasDone(planned *plan.Plan) ShardEnd {
	rows := planned.Summary.Rows
	return ShardEnd{Shard: *w.shard, Run: w.run.ID, Rows: rows, Settled: rows, Before: true}
}

// part carries out the shard, and ends the run where it was the last.
func (w *work) part(
	ctx, working context.Context, planned *plan.Plan, tripped []provision.TrippedGuard,
) (ShardEnd, error) {
	s := ShardEnd{Shard: *w.shard, Run: w.run.ID, Rows: planned.Summary.Rows}
	row, err := w.begin(working)
	if err != nil {
		return s, interrupted(ctx, w.Engine, err)
	}
	now, err := w.Store.Run(ctx, w.run.ID)
	switch {
	case err == nil && now.EndedByUndo():
		return s, takenBack(now)
	case err != nil || !now.FinishedAt.IsZero():
		return w.wasDone(planned), err // all of it, while this one waited
	}
	s.Before = row.Done
	if err := w.beginSource(working, planned); err != nil {
		return s, err
	}
	w.resumed = row.Token > 1 // it was begun before
	w.Tell(provision.RunStarted{Run: w.run.ID, Resumed: w.resumed, Out: w.run.Out})
	if len(tripped) > 0 && (w.shard.Index == 0 || len(tripped) > len(planned.Summary.Guards)) {
		err = w.allowed(working, planned, tripped)
	}
	if err == nil && !row.Done {
		err = w.apply(working, planned)
	}
	if err == nil {
		s.Left, err = w.done(working)
	}
	if err != nil {
		return s, interrupted(ctx, w.Engine, err)
	}
	if s.Settled, err = w.Store.Settled(ctx, w.run.ID); err != nil || s.Left > 0 {
		return s, err
	}
	return w.last(ctx, planned, s)
}

// begin notes that the shard is worked on.
func (w *work) begin(ctx context.Context) (row provision.ShardRow, err error) {
	own := w.hold.leases[len(w.hold.leases)-1]
	err = w.fenced(ctx, func(tx provision.Tx) error {
		row, err = tx.BeginShard(ctx, w.run.ID, *w.shard, own.Token)
		return err
	})
	return row, err
}

// done notes that the shard is done, and returns how many are not. Of those that
// end at once each sees the others.
func (w *work) done(ctx context.Context) (left int, err error) {
	err = w.fenced(ctx, func(tx provision.Tx) error {
		if err := tx.Alone(ctx, w.hold.leases[0]); err != nil {
			return err
		}
		if err := tx.EndShard(ctx, w.run.ID, *w.shard); err != nil {
			return err
		}
		all, err := tx.Shards(ctx, w.run.ID)
		left = w.shard.Of
		for _, s := range all {
			if s.Done {
				left--
			}
		}
		return err
	})
	return left, err
}

// fenced is a transaction of whoever holds the leases, tried again while the
// database is away or somebody else is faster.
func (w *work) fenced(ctx context.Context, do func(provision.Tx) error) error {
	return provision.Persist(ctx, func() error { return w.hold.Fencing(w.Store).InTx(ctx, do) })
}

// last writes the report of a run whose shards are all done, and closes it.
// Where another process is at it, that one does.
func (w *work) last(ctx context.Context, planned *plan.Plan, s ShardEnd) (ShardEnd, error) {
	_, h, err := Keep(ctx, w.Engine, provision.Lease{Name: provision.ReportLeaseName(w.run.ID), Run: w.run.ID})
	var locked *provision.LockedError
	if errors.As(err, &locked) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	defer Release(ctx, w.Engine, h)
	now, err := w.Store.Run(ctx, w.run.ID)
	if err != nil || !now.FinishedAt.IsZero() {
		return s, err
	}
	w.run.Host = w.Host
	w.run.PID = w.PID
	if err := prepare(w.Engine, w.run.Out); err != nil {
		return s, err
	}
	if err := w.Store.PlaceRun(ctx, w.run); err != nil {
		return s, err
	}
	summary, err := w.end(ctx, planned, nil)
	s.Summary = &summary
	w.hold.ended = err == nil
	return s, err
}

// steps are those of the plan that this process carries out.
func (w *work) steps(planned *plan.Plan) iter.Seq2[change.Step, error] {
	return w.ours(planned.Steps())
}

// ours are those of some steps that are of the shard of this process.
func (w *work) ours(steps iter.Seq2[change.Step, error]) iter.Seq2[change.Step, error] {
	if w.shard == nil {
		return steps
	}
	return func(yield func(change.Step, error) bool) {
		for s, err := range steps {
			if err == nil && s.Shard != w.shard.Index {
				continue
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}
