package run

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"time"

	"github.com/sourcegraph/conc"

	"muster/importer/failure"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// replans is how often stale people are planned again before they are
// reported as stale.
const replans = 3

// prepare makes the folder of a report, if it may be used for one.
func prepare(e *provision.Engine, dir string) error {
	err := e.Folders.Prepare(dir)
	var path *fs.PathError
	if errors.As(err, &path) {
		return &provision.ConfigError{
			Msg:   fmt.Sprintf("the report cannot go into %s: %v", dir, path.Err),
			Class: failure.Folder,
		}
	}
	return err
}

// checkKeys makes sure that a key known by name is the key known before: a
// wrong one would make links that nobody can open.
func checkKeys(ctx context.Context, e *provision.Engine) error {
	checks := e.Links.Checks()
	unknown, err := provision.FitKeys(ctx, e.Store, checks)
	if err != nil {
		return err
	}
	for _, kid := range unknown {
		if err := e.Store.AddKeyCheck(ctx, kid, checks[kid]); err != nil {
			return err
		}
	}
	return nil
}

// agreed shows the plan and asks whether to go on. A run that has written
// nothing is closed where the answer is no; one that has is left to be gone on
// with.
func (w *work) agreed(ctx context.Context, planned *plan.Plan) error {
	shown := planned.Summary
	if w.asked.Confirm == nil {
		w.Tell(provision.Planned{Summary: shown})
		return nil
	}
	var err error
	if shown.Done, err = w.recorded(ctx); err != nil {
		return err
	}
	w.Tell(provision.Planned{Summary: shown})
	yes, err := w.asked.Confirm(shown)
	switch {
	case err == nil && yes:
		return nil
	case shown.Done > 0:
		return cmp.Or(err, provision.ErrLeftOpen)
	}
	_ = planned.Remove()
	_ = os.Remove(w.run.Out) // only if it is empty
	return errors.Join(cmp.Or(err, provision.ErrDeclined),
		w.close(context.WithoutCancel(ctx), provision.ExitInterrupted))
}

// recorded is how many rows of the run an earlier start of it wrote.
func (w *work) recorded(ctx context.Context) (int, error) {
	if !w.resumed {
		return 0, nil
	}
	return w.Store.Settled(ctx, w.run.ID)
}

// interrupted tells the end of the lease from other ends of the context.
func interrupted(ctx context.Context, e *provision.Engine, err error) error {
	if ctx.Err() == nil && errors.Is(err, context.Canceled) {
		return provision.ErrFenced
	}
	return err
}

// written is how many rows a plan writes for, if nothing changes.
func written(planned *plan.Plan) int {
	rows := planned.Summary.Outcomes
	return rows[provision.Created] + rows[provision.Claimed] + rows[provision.Updated]
}

// carryOut applies a plan, writes the report, and closes the run. Interrupted,
// it still writes a report, in which what was not reached is pending, and
// leaves the run open.
func (w *work) carryOut(ctx, working context.Context, planned *plan.Plan) (provision.Summary, error) {
	applied := w.apply(working, planned)
	if applied != nil {
		applied = interrupted(ctx, w.Engine, applied)
		// Without a database there is no ledger to report from.
		if ctx.Err() == nil && !isWithdrawn(applied) || errors.Is(applied, provision.ErrFenced) ||
			errors.Is(applied, provision.ErrAway) {
			return provision.Summary{}, applied
		}
	}
	return w.end(ctx, planned, applied)
}

// end writes the report of a run, and closes it, unless what applied it says
// that it was interrupted.
func (w *work) end(ctx context.Context, planned *plan.Plan, applied error) (provision.Summary, error) {
	reporting := context.WithoutCancel(ctx)
	stopped := 0
	var refreshed error
	var beside conc.WaitGroup
	if applied != nil {
		stopped = stopCode(ctx, applied)
	} else if written(planned) >= provision.ManyRows {
		beside.Go(func() { refreshed = w.Store.Refresh(ctx) })
	}
	summary, err := w.report(reporting, planned, stopped)
	beside.Wait()
	w.Refreshed(refreshed)
	if err != nil || applied != nil {
		return summary, errors.Join(err, applied)
	}
	if err := w.endSource(reporting, planned); err != nil {
		return summary, err
	}
	text, err := json.Marshal(summary)
	if err != nil {
		return summary, err
	}
	// Whoever took it over meanwhile has finished it, or will.
	if err := w.Store.InTx(reporting, func(tx provision.Tx) error { return w.hold.fence(reporting, tx) }); err != nil {
		return summary, err
	}
	if err := w.Store.FinishRun(reporting, w.run.ID, summary.ExitCode, text, summary.FinishedAt); err != nil {
		return summary, err
	}
	if w.kept && planned.Header.Fingerprint == w.run.Fingerprint {
		_ = planned.Remove() // what is needed of it stands in RecordsFile
	}
	return summary, nil
}

// stopCode is the exit code of a run that was stopped: that of withdrawn rights,
// what the cause of the end of its context says, or that of an interruption.
func stopCode(ctx context.Context, applied error) int {
	if isWithdrawn(applied) {
		return provision.ExitStale
	}
	var cause interface{ ExitCode() int }
	if errors.As(context.Cause(ctx), &cause) {
		return cause.ExitCode()
	}
	return provision.ExitInterrupted
}

// carrier puts the steps of the run into batches.
func (w *work) carrier(ctx context.Context) (*change.Carrier, error) {
	terms := change.LinkTerms{
		BaseURL:   w.sc.BaseURL,
		Life:      time.Duration(w.sc.Policy.LinkTTL),
		NotBefore: w.sc.Policy.NotBefore,
		Workday:   w.sc.Policy.LinkWorkday,
		Inviter:   w.sc.Policy.Inviter,
		Note:      w.sc.Policy.Note,
	}
	operators, err := w.Store.Operators(ctx, w.sc.Authority.Organization.ID)
	for _, o := range operators {
		if o.Role.Name == provision.AdministratorRole && !o.Blocked {
			terms.Administrators = append(terms.Administrators, o.Account)
		}
	}
	return change.NewCarrier(w.sc.Authority.Organization, w.Links, w.NewID, terms), err
}

// apply carries out the steps of the plan, and plans stale people again.
func (w *work) apply(ctx context.Context, planned *plan.Plan) error {
	carrier, err := w.carrier(ctx)
	if err != nil {
		return err
	}
	total := planned.Summary.Rows
	if w.shard != nil {
		total = 0 // how many of them are its own is not known
	}
	w.Tell(provision.PhaseStarted{Phase: provision.Applying, Total: total})
	a := &applier{
		store:   w.Store,
		fence:   w.hold.fence,
		workers: max(w.Workers, 1),
		size:    cmp.Or(w.Chunk, applyChunk),
		resumed: w.resumed,
		keep:    w.job.Replans(),
		tell:    w.Tell,
		now:     w.Now,
		rights:  w.sc.Authority.Operator,
		brand:   w.sc.Authority.Brand.Slug,
		limits:  w.sc.Authority.Organization.Limits(),
		by: provision.Author{
			Organization: w.sc.Authority.Organization.ID,
			Account:      w.sc.Authority.Operator.Account,
			Run:          w.run.ID,
			Source:       w.madeBy(),
		},
		carrier: carrier,
		marks:   w.Links.Marks,
	}
	if a.missed, err = w.numbered(ctx); err != nil {
		return err
	}
	err = a.apply(ctx, w.steps(planned))
	for try := 1; err == nil && len(a.stale) > 0; try++ {
		stale := a.stale
		a.stale = nil
		a.keep = try < replans
		err = a.apply(ctx, w.again(ctx, planned, stale))
	}
	if err == nil {
		err = a.apply(ctx, w.missing(planned))
	}
	w.Tell(provision.PhaseDone{Phase: provision.Applying, Done: int(a.done.Load())})
	return err
}

// again plans people again who were stale.
func (w *work) again(ctx context.Context, planned *plan.Plan, stale [][]int) iter.Seq2[change.Step, error] {
	if j, itself := w.job.(replanning); itself {
		return j.Anew(ctx, planned, stale)
	}
	return plan.Again(ctx, w.Engine, w.sc, planned, stale)
}
