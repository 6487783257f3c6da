package provision

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sourcegraph/conc"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/failure"
	"muster/importer/file"
)

// replans is how often stale people are planned again before they are
// reported as stale.
const replans = 3

// Import plans the lists and applies the plan, and reports. Confirm is shown
// the plan before anything is written. An import that was killed goes on when
// it is asked for again.
func (e *Engine) Import(ctx context.Context, s Settings, confirm func(PlanSummary) (bool, error)) (Summary, error) {
	src, err := openLists(s)
	if err != nil {
		return Summary{}, err
	}
	defer src.close()
	sc, err := e.Scope(ctx, s.Terms)
	if err != nil {
		return Summary{}, err
	}
	if err := e.checkKeys(ctx); err != nil {
		return Summary{}, err
	}
	run, resumed, err := e.openRun(ctx, "import", s, sc, src)
	if err != nil {
		return Summary{}, err
	}
	work, h, err := e.hold(ctx, sc.Authority.Organization.Slug, run, resumed)
	if err != nil {
		return Summary{}, err
	}
	defer e.release(ctx, h)
	job := &job{Engine: e, s: s, sc: sc, run: run, resumed: resumed, hold: h, command: "import"}
	return job.importLists(ctx, work, src, confirm)
}

// openRun finds the open run of the same command, or opens a new one.
func (e *Engine) openRun(ctx context.Context, kind string, s Settings, sc Scope, src *sources) (Run, bool, error) {
	fingerprint, err := src.fingerprint(kind, sc, s)
	if err != nil {
		return Run{}, false, err
	}
	return e.storeRun(ctx, kind, fingerprint, s.Out, s.Reading, src.infos, sc)
}

// runOptions is what the run row keeps of how the run was asked for.
type runOptions struct {
	Reading importer.Options `json:"reading"`
	Policy  dedupe.Policy    `json:"policy"`
	Brand   string           `json:"brand"`
	BaseURL string           `json:"base_url,omitempty"`
}

func (e *Engine) storeRun(ctx context.Context, kind, fingerprint, out string, reading importer.Options, lists []ListInfo, sc Scope) (Run, bool, error) {
	id := e.NewID()
	dir, err := filepath.Abs(cmp.Or(out, filepath.Join("muster-runs", id)))
	if err == nil && out != "" {
		err = e.prepare(dir) // before anything is written anywhere
	}
	if err != nil {
		return Run{}, false, err
	}
	digests, err := json.Marshal(lists)
	if err != nil {
		return Run{}, false, err
	}
	options, err := json.Marshal(runOptions{Reading: reading, Policy: sc.Policy, Brand: sc.Authority.Brand.Slug, BaseURL: sc.BaseURL})
	if err != nil {
		return Run{}, false, err
	}
	run, resumed, err := e.Store.OpenRun(ctx, Run{
		ID: id, Kind: kind, Fingerprint: fingerprint, Organization: sc.Authority.Organization.ID, Operator: sc.Authority.Operator.Account,
		Host: e.Host, PID: e.PID, Program: e.Program, Out: dir, Lists: digests, Options: options, StartedAt: e.Now().UTC(),
	})
	if err == nil && out != "" {
		run.Out = dir
	}
	return run, resumed, err
}

// prepare makes the folder of a report, if it may be used for one.
func (e *Engine) prepare(dir string) error {
	err := error(nil)
	if e.Prepare != nil {
		err = e.Prepare(dir)
	} else {
		err = os.MkdirAll(dir, 0o700)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return &ConfigError{Msg: fmt.Sprintf("the report cannot go into %s: %v", dir, path.Err), Class: failure.Folder}
	}
	return err
}

// checkKeys makes sure that a key known by name is the key known before: a
// wrong one would make links that nobody can open.
func (e *Engine) checkKeys(ctx context.Context) error {
	known, err := e.Store.KeyChecks(ctx)
	if err != nil {
		return err
	}
	for kid, check := range e.Links.Checks() {
		switch was, seen := known[kid]; {
		case !seen:
			if err := e.Store.AddKeyCheck(ctx, kid, check); err != nil {
				return err
			}
		case was != check:
			return &ConfigError{Msg: "key " + kid + " is not the key this database knows by that name", Hint: "use the key file that belongs to the database"}
		}
	}
	return nil
}

// job is one run at work.
type job struct {
	*Engine
	s       Settings
	sc      Scope
	run     Run
	resumed bool
	hold    *holding
	command string
	kept    bool // the rows are, beside the report
}

func (j *job) importLists(ctx, work context.Context, src *sources, confirm func(PlanSummary) (bool, error)) (Summary, error) {
	if err := j.prepare(j.run.Out); err != nil {
		return Summary{}, err
	}
	path := filepath.Join(j.run.Out, PlanFile)
	planned, err := j.planOnce(work, src, path)
	if err != nil {
		return Summary{}, j.unplanned(ctx, j.interrupted(ctx, err))
	}
	defer planned.Close()
	if err := j.agreed(ctx, planned, confirm); err != nil {
		return Summary{}, err
	}
	if err := j.keepBaseURL(ctx); err != nil {
		return Summary{}, err
	}
	return j.carryOut(ctx, work, planned, true)
}

// keepBaseURL keeps the base URL of the first run that names one, for runs
// that name none. The one of first use is nobody's choice and gives way.
func (j *job) keepBaseURL(ctx context.Context) error {
	if j.s.BaseURL == "" {
		return nil
	}
	kept, err := j.Store.Setting(ctx, BaseURLSetting)
	if err != nil || kept != "" && kept != FirstUseBaseURL {
		return err
	}
	return j.Store.SetSetting(ctx, BaseURLSetting, j.s.BaseURL)
}

// agreed shows the plan and asks whether to go on. A run that has written
// nothing is closed where the answer is no; one that has is left to be gone on
// with.
func (j *job) agreed(ctx context.Context, planned *Plan, confirm func(PlanSummary) (bool, error)) error {
	shown := planned.Summary
	var err error
	if shown.Done, err = j.recorded(ctx); err != nil {
		return err
	}
	j.Tell(Planned{Summary: shown})
	yes, err := confirm(shown)
	switch {
	case err == nil && yes:
		return nil
	case shown.Done > 0:
		return cmp.Or(err, ErrLeftOpen)
	}
	_ = planned.Remove()
	_ = os.Remove(j.run.Out) // only if it is empty
	closed := j.Store.FinishRun(context.WithoutCancel(ctx), j.run.ID, ExitInterrupted, nil, j.Now().UTC())
	return errors.Join(cmp.Or(err, ErrDeclined), closed)
}

// recorded is how many rows of the run an earlier start of it wrote.
func (j *job) recorded(ctx context.Context) (int, error) {
	n := 0
	for after := 0; j.resumed; {
		page, err := j.Store.Ledger(ctx, j.run.ID, after, ledgerPage)
		if n += len(page); err != nil || len(page) < ledgerPage {
			return n, err
		}
		after = page[len(page)-1].Row
	}
	return n, nil
}

// unplanned closes a run whose lists cannot be read: there is nothing to go on
// with. Anything else that kept it from planning may be gone the next time.
func (j *job) unplanned(ctx context.Context, err error) error {
	var unread *file.Error
	if errors.As(err, &unread) {
		err = errors.Join(err, j.Store.FinishRun(ctx, j.run.ID, ExitInput, nil, j.Now().UTC()))
	}
	return err
}

// interrupted tells the end of the lease from other ends of the context.
func (e *Engine) interrupted(ctx context.Context, err error) error {
	if ctx.Err() == nil && errors.Is(err, context.Canceled) {
		return ErrFenced
	}
	return err
}

// planOnce makes the plan of the run, or opens the one an earlier start of
// the same run finished.
func (j *job) planOnce(ctx context.Context, src *sources, path string) (*Plan, error) {
	fingerprint, err := src.fingerprint(j.command, j.sc, j.s)
	if err != nil {
		return nil, err
	}
	if j.resumed {
		if planned, err := OpenPlan(path); err == nil {
			if planned.Header.Fingerprint == fingerprint && planned.Header.Database == j.sc.Database && j.Links.Sealed(planned.Summary.SHA256, planned.Summary.Seal) {
				return planned, nil
			}
			_ = planned.Close()
		}
	}
	return j.plan(ctx, j.s, j.sc, src, path)
}

// carryOut applies a plan, writes the report, and closes the run. Interrupted,
// it still writes a report, in which what was not reached is pending, and
// leaves the run open.
func (j *job) carryOut(ctx, work context.Context, planned *Plan, replan bool) (Summary, error) {
	applied := j.apply(work, planned, replan)
	if applied != nil {
		applied = j.interrupted(ctx, applied)
		if errors.Is(applied, ErrFenced) || ctx.Err() == nil && !errors.Is(applied, ErrAway) {
			return Summary{}, applied
		}
		if errors.Is(applied, ErrAway) {
			return Summary{}, applied // no ledger to report from
		}
	}
	reporting := context.WithoutCancel(ctx)
	stopped := 0
	var refreshed error
	var beside conc.WaitGroup
	if applied != nil {
		stopped = stopCode(ctx)
	} else if o := planned.Summary.Outcomes; o[Created]+o[Claimed]+o[Updated] >= ManyRows {
		beside.Go(func() { refreshed = j.Store.Refresh(ctx) })
	}
	summary, err := j.report(reporting, planned, stopped)
	beside.Wait()
	j.Refreshed(refreshed)
	if err != nil || applied != nil {
		return summary, errors.Join(err, applied)
	}
	text, err := json.Marshal(summary)
	if err != nil {
		return summary, err
	}
	if err := j.Store.FinishRun(reporting, j.run.ID, summary.ExitCode, text, summary.FinishedAt); err != nil {
		return summary, err
	}
	if j.kept {
		_ = os.Remove(filepath.Join(j.run.Out, PlanFile)) // what is needed of it stands in RecordsFile
	}
	return summary, nil
}

// stopCode is the exit code of a run whose context ended: what the cause of
// that says, or that of an interruption.
func stopCode(ctx context.Context) int {
	var cause interface{ ExitCode() int }
	if errors.As(context.Cause(ctx), &cause) {
		return cause.ExitCode()
	}
	return ExitInterrupted
}

// apply carries out the decisions of the plan, and plans stale people again.
func (j *job) apply(ctx context.Context, planned *Plan, replan bool) error {
	j.Tell(PhaseStarted{Phase: Applying, Total: planned.Summary.Rows})
	a := &applier{
		store: j.Store, lease: j.hold.current, workers: max(j.Workers, 1), size: cmp.Or(j.Chunk, applyChunk), resumed: j.resumed, keep: replan, tell: j.Tell,
		by:      Author{Organization: j.sc.Authority.Organization.ID, Account: j.sc.Authority.Operator.Account, Run: j.run.ID, Source: j.command},
		builder: newBuilder(j.sc.Authority.Organization, j.Links, j.NewID, j.sc.BaseURL, time.Duration(j.sc.Policy.LinkTTL), j.Now),
	}
	err := a.apply(ctx, planned.Decisions())
	for try := 1; err == nil && len(a.stale) > 0; try++ {
		stale := a.stale
		a.stale, a.keep = nil, try < replans
		err = a.apply(ctx, j.Again(ctx, j.sc, planned, stale))
	}
	j.Tell(PhaseDone{Phase: Applying, Done: int(a.done.Load())})
	return err
}
