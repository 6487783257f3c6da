// Package run carries out what was planned. Every command that writes to people
// is a Job; Do opens a run, keeps the lease, asks, applies in chunks of one
// transaction each, and reports from the ledger. What is kept of runs, and how it
// is purged, is here, too.
//
// Nothing here decides about a person: that stands in the plan.
package run

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"path/filepath"

	"muster/dedupe"
	"muster/importer"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// A Job is what differs between the commands that write to people: what is to
// be done. How it is done is the same for all of them, and stands in Do.
type Job interface {
	// Kind names the command, and the run in the database.
	Kind() string
	// Fingerprint is the same for the same command on the same input: a run
	// that was interrupted goes on when it is asked for again.
	Fingerprint() string
	// Lists are what the run is about.
	Lists() []provision.ListInfo
	// Plan makes the plan under a path, or opens one that was made before.
	Plan(ctx context.Context, path string) (*plan.Plan, error)
	// Agreed is told once the plan is agreed to, before anything of it is written.
	Agreed(ctx context.Context) error
	// Closes says with which exit code a run ends whose plan cannot be made
	// for a reason that stays; false where the same command may go on with it.
	Closes(unplanned error) (exit int, closes bool)
	// Replans says whether people whose accounts changed after the plan was
	// made are planned again; where they are not, they are reported as stale.
	Replans() bool
}

// A recurring job is one of many of the same list: what changed since the last one
// is told.
type recurring interface {
	List() string // see provision.ListName
}

// A beginning job has something of its own to write before the first chunk of its plan
// is. It is told again when the run goes on.
type beginning interface {
	Begin(ctx context.Context, tx provision.Tx, r provision.Run) error
}

// A guarded job is no plan that is kept: where a guard stops it, the same command goes
// on, by this name, once somebody has seen to something.
type guarded interface {
	Again() (command, see string)
}

// A replanning job plans its stale people again by itself: rows has those of each.
type replanning interface {
	Anew(ctx context.Context, planned *plan.Plan, rows [][]int) iter.Seq2[change.Step, error]
}

// Ending is how a run is asked to end.
// The zero value of a field takes the default of the flag it stands for.
type Ending struct {
	Out        string // folder of the report, "" = muster-runs/<run id>
	Language   string // of the report, as a tag; "" = that of the organization
	MaxRejects provision.Limit
	MaxHeld    provision.Limit
	// NewOnly lets rows that are held or rejected as they were in the last run of
	// the list count for nothing.
	NewOnly bool
	// Allow are the guards that somebody overrides, each with what the plan does.
	Allow map[provision.GuardName]int
	// Confirm is shown the plan before anything is written; nil asks nobody.
	Confirm func(provision.PlanSummary) (bool, error)
	// Asks says that Confirm waits for a person: nobody is kept waiting meanwhile.
	Asks bool
	// Show shows a plan that guards stop; nil shows nothing.
	Show func(provision.PlanSummary)
}

// Do does a job as a run of its own:
//
//  1. open a run, or the one of the same fingerprint that was interrupted;
//  2. take the lease of the organization;
//  3. plan, or open the plan that an earlier start made; stop where it does more
//     than its guards allow, and ask, without the lease where a person is waited for;
//  4. apply the plan, chunk by chunk;
//  5. write the report, and close the run.
//
// A run that is interrupted stays open, and reports what it did so far.
func Do(
	ctx context.Context, e *provision.Engine, sc provision.Scope, job Job, reading importer.Options, end Ending,
) (provision.Summary, error) {
	if err := checkKeys(ctx, e); err != nil {
		return provision.Summary{}, err
	}
	w := &work{Engine: e, job: job, sc: sc, asked: end}
	if err := w.open(ctx, reading); err != nil {
		return provision.Summary{}, err
	}
	working, h, err := hold(ctx, e, sc.Authority.Organization.Slug, w.run, w.resumed)
	if err != nil {
		return provision.Summary{}, err
	}
	w.hold = h
	defer func() { w.letGo(ctx) }()
	planned, err := w.plan(ctx, working)
	if err != nil {
		return provision.Summary{}, err
	}
	defer planned.Close()
	if err := w.guarded(ctx, planned); err != nil {
		return provision.Summary{}, err
	}
	if working, err = w.consented(ctx, working, planned); err != nil {
		return provision.Summary{}, err
	}
	if err := job.Agreed(ctx); err != nil {
		return provision.Summary{}, err
	}
	if err := w.beginSource(working, planned); err != nil {
		return provision.Summary{}, errors.Join(err, w.close(ctx, provision.ExitStale))
	}
	if b, begins := job.(beginning); begins {
		err := w.fenced(working, func(tx provision.Tx) error { return b.Begin(working, tx, w.run) })
		if err != nil {
			return provision.Summary{}, err
		}
	}
	return w.carryOut(ctx, working, planned)
}

// work is one run at work.
type work struct {
	*provision.Engine
	job     Job
	sc      provision.Scope
	asked   Ending
	run     provision.Run
	resumed bool

	replanned bool // it was resumed, and its plan made anew

	shard  *provision.Shard // that this process carries out; nil for all there is
	hold   *Holding
	kept   bool            // the rows are, beside the report
	reader string          // address of whoever the report is for, "" for the operator of the run
	names  provision.Names // of a run that is rendered again, which has no scope
	spoken string          // in its organization, likewise
}

// runOptions is what the run row keeps of how the run was asked for.
type runOptions struct {
	Reading importer.Options `json:"reading"`
	Policy  dedupe.Policy    `json:"policy"`
	Brand   string           `json:"brand"`
	BaseURL string           `json:"base_url,omitempty"`
}

// open finds the open run of the same job, or opens a new one.
func (w *work) open(ctx context.Context, reading importer.Options) error {
	id := w.NewID()
	dir, err := filepath.Abs(cmp.Or(w.asked.Out, filepath.Join("muster-runs", id)))
	if err == nil && w.asked.Out != "" {
		err = prepare(w.Engine, dir) // before anything is written anywhere
	}
	if err != nil {
		return err
	}
	bound := w.sc.Bind(w.job.Lists())
	lists, err1 := json.Marshal(bound.Lists)
	options, err2 := json.Marshal(runOptions{
		Reading: reading,
		Policy:  bound.Policy,
		Brand:   bound.Brand,
		BaseURL: bound.BaseURL,
	})
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	w.run, w.resumed, err = w.Store.OpenRun(ctx, provision.Run{
		ID:           id,
		Kind:         w.job.Kind(),
		Fingerprint:  w.job.Fingerprint(),
		Organization: w.sc.Authority.Organization.ID,
		Operator:     w.sc.Authority.Operator.Account,
		Host:         w.Host,
		PID:          w.PID,
		Program:      w.Program,
		Out:          dir,
		Lists:        lists,
		Options:      options,
		StartedAt:    w.Now().UTC(),
		List:         listOf(w.job),
	})
	if err == nil && w.asked.Out != "" {
		w.run.Out = dir
	}
	return err
}

func listOf(job Job) string {
	if j, recurs := job.(recurring); recurs {
		return j.List()
	}
	return ""
}

// plan makes the plan of the run, or opens the one that an earlier start of it
// made. A run whose plan cannot be made, and never could, is closed.
func (w *work) plan(ctx, working context.Context) (*plan.Plan, error) {
	if err := prepare(w.Engine, w.run.Out); err != nil {
		return nil, err
	}
	path := filepath.Join(w.run.Out, plan.File)
	if w.resumed {
		if planned, ok := w.plannedBefore(path); ok {
			return planned, nil
		}
		w.replanned = true
	}
	planned, err := w.job.Plan(working, path)
	if err == nil {
		return planned, nil
	}
	err = interrupted(ctx, w.Engine, err)
	if exit, closes := w.job.Closes(err); closes {
		err = errors.Join(err, w.close(ctx, exit))
	}
	return nil, err
}

// plannedBefore opens the plan that an earlier start of the run made.
func (w *work) plannedBefore(path string) (*plan.Plan, bool) {
	planned, err := plan.Open(path)
	if err != nil {
		return nil, false
	}
	sealed := w.Links.Sealed(planned.Summary.SHA256, planned.Summary.Seal)
	if sealed && planned.Header.Fingerprint == w.run.Fingerprint && planned.Header.Database == w.sc.Database &&
		w.boundAsNow(planned) {
		return planned, true
	}
	_ = planned.Close()
	return nil, false
}

// close ends a run that writes nothing and has no report.
func (w *work) close(ctx context.Context, exit int) error {
	return w.Store.FinishRun(ctx, w.run.ID, exit, nil, w.Now().UTC())
}

// Earlier are the runs of a fingerprint that count.
type Earlier struct {
	Finished  *provision.Run // did all of it, and has a summary
	Open      *provision.Run // was interrupted
	TakenBack *provision.Run // was interrupted, and taken back
}

// over refuses to begin a plan again whose run was interrupted and taken back: who
// took it back has ended it, and parts of it would come back one by one.
func (e Earlier) over() error {
	if e.TakenBack == nil || e.Finished != nil {
		return nil
	}
	return takenBack(*e.TakenBack)
}

func takenBack(r provision.Run) error {
	return &provision.StalePlanError{
		Msg: fmt.Sprintf("run %s of this plan was interrupted, and taken back (muster undo): it is not gone on with",
			provision.ShortRun(r.ID)),
		Hint: "make another plan of the list, and apply that",
	}
}

// Before finds the earlier runs of a fingerprint. Those that ended before they
// began, declined or locked out, are none.
func Before(ctx context.Context, e *provision.Engine, sc provision.Scope, fingerprint string) (Earlier, error) {
	runs, err := e.Store.RunsOf(ctx, sc.Authority.Organization.ID, fingerprint)
	var earlier Earlier
	for i, r := range runs {
		switch {
		case r.FinishedAt.IsZero():
			earlier.Open = &runs[i]
		case len(r.Summary) > 0 && earlier.Finished == nil:
			earlier.Finished = &runs[i]
		case r.EndedByUndo() && earlier.TakenBack == nil:
			earlier.TakenBack = &runs[i]
		}
	}
	return earlier, err
}
