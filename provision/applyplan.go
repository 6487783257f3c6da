package provision

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Apply carries out a saved plan, exactly: what changed since is reported as
// stale. A plan that is finished already is reported again, from the ledger.
// S gives the folder of the report and the bounds of the exit code; the rest
// is the plan's.
func (e *Engine) Apply(ctx context.Context, path string, s Settings) (Summary, error) {
	planned, err := OpenPlan(path)
	if err != nil {
		return Summary{}, err
	}
	defer planned.Close()
	sc, err := e.planScope(ctx, planned)
	if err != nil {
		return Summary{}, err
	}
	if err := checkLists(planned); err != nil {
		return Summary{}, err
	}
	if err := e.checkKeys(ctx); err != nil {
		return Summary{}, err
	}
	fingerprint := "apply:" + planned.Summary.SHA256
	if done, found, err := e.finished(ctx, sc, fingerprint); err != nil || found {
		if err != nil {
			return Summary{}, err
		}
		return e.reportFinished(ctx, planned, sc, done, s)
	}
	run, resumed, err := e.storeRun(ctx, "apply", fingerprint, s.Out, s.Reading, planned.Summary.Lists, sc)
	if err != nil {
		return Summary{}, err
	}
	work, h, err := e.hold(ctx, sc.Authority.Organization.Slug, run, resumed)
	if err != nil {
		return Summary{}, err
	}
	defer e.release(ctx, h)
	e.Tell(Planned{Summary: planned.Summary})
	if err := e.prepare(run.Out); err != nil {
		return Summary{}, err
	}
	j := &job{Engine: e, s: s, sc: sc, run: run, resumed: resumed, hold: h, command: "apply"}
	return j.carryOut(ctx, work, planned, false)
}

// planScope checks that the plan was made for this database and policy, and
// that its operator may still do what it does.
func (e *Engine) planScope(ctx context.Context, planned *Plan) (Scope, error) {
	h := planned.Header
	sc, err := e.Scope(ctx, h.Terms())
	if err != nil {
		return sc, err
	}
	if h.Database != sc.Database {
		runs, err := e.Store.Runs(ctx, sc.Authority.Organization.ID, 1)
		if err != nil {
			return sc, err
		}
		if h.Database != NewDatabase || sc.Authority.Organization.ID != FirstUseID || len(runs) > 0 && runs[0].Fingerprint != "apply:"+planned.Summary.SHA256 {
			return sc, &StalePlanError{Msg: "the plan was made against another database"}
		}
	}
	if h.Database != NewDatabase && !e.Links.Sealed(planned.Summary.SHA256, planned.Summary.Seal) {
		return sc, &StalePlanError{Msg: "the plan is not sealed with the keys of this database: it was altered, or made without --key-file"}
	}
	now := sc.Policy
	now.Now = h.Policy.Now
	before, err1 := json.Marshal(h.Policy)
	after, err2 := json.Marshal(now)
	if err1 != nil || err2 != nil || string(before) != string(after) {
		return sc, &StalePlanError{Msg: "roles, brands or rights of the organization changed after the plan was made"}
	}
	return sc, nil
}

// checkLists refuses a plan whose lists were changed since. Lists that are
// gone do not matter: the plan holds what is needed of them.
func checkLists(planned *Plan) error {
	for _, l := range planned.Header.Lists {
		f, err := os.Open(l.File)
		if err != nil {
			continue
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		_ = f.Close()
		if err == nil && hex.EncodeToString(h.Sum(nil)) != l.SHA256 {
			return &StalePlanError{Msg: fmt.Sprintf("%s changed after the plan was made", l.File)}
		}
	}
	return nil
}

// finished finds the finished run of a fingerprint.
func (e *Engine) finished(ctx context.Context, sc Scope, fingerprint string) (Run, bool, error) {
	runs, err := e.Store.Runs(ctx, sc.Authority.Organization.ID, 1000)
	for _, r := range runs {
		if r.Fingerprint == fingerprint && !r.FinishedAt.IsZero() {
			return r, true, nil
		}
	}
	return Run{}, false, err
}

func (e *Engine) reportFinished(ctx context.Context, planned *Plan, sc Scope, run Run, s Settings) (Summary, error) {
	if err := run.Unpurged(); err != nil {
		return Summary{}, err
	}
	e.Tell(Notice{Text: "this plan was applied already, by run " + run.ID + "; nothing is written"})
	if s.Out != "" {
		run.Out = s.Out
	}
	if err := e.prepare(run.Out); err != nil {
		return Summary{}, err
	}
	j := &job{Engine: e, s: s, sc: sc, run: run, command: "apply"}
	return j.report(ctx, planned, 0)
}
