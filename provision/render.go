package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
)

// report renders the run from its ledger and checks that the books balance.
// Interrupted is the exit code of a run that was stopped, 0 for one that came
// to its end.
func (j *job) report(ctx context.Context, plan *Plan, interrupted int) (Summary, error) {
	s := Summary{
		Run: j.run.ID, Command: j.command, Organization: plan.Header.Organization, Brand: plan.Header.Brand, Operator: plan.Header.Operator,
		Lists: plan.Summary.Lists, StartedAt: j.run.StartedAt, Program: j.Program, Database: j.sc.database, Report: j.run.Out,
	}
	keeper := &heldKeeper{path: filepath.Join(j.run.Out, HeldFile), plan: plan, run: j.run.ID}
	defer keeper.drop()
	s, err := j.render(ctx, j.run, tapped(j.lines(ctx, j.run, plan), keeper.take), plan, s, j.s, interrupted)
	if err != nil {
		return s, err
	}
	return s, keeper.finish()
}

// render hands the lines of a run to the report. Sums that do not agree with
// the rows are an error: no run with lost rows is ever reported as done.
func (e *Engine) render(ctx context.Context, run Run, lines iter.Seq2[Line, error], plan *Plan, s Summary, settings Settings, interrupted int) (Summary, error) {
	e.Tell(PhaseStarted{Phase: Reporting, Total: plan.Summary.Rows})
	s.Rows = plan.Summary.Rows
	finish := func(s Summary) (Summary, error) {
		if n := s.Outcomes[Pending]; n > 0 && interrupted == 0 && run.FinishedAt.IsZero() {
			return s, fmt.Errorf("the books do not balance: %d of %d rows are without an outcome", n, s.Rows)
		}
		s.FinishedAt = e.Now().UTC()
		switch {
		case !run.FinishedAt.IsZero(): // it is reported again
			s.FinishedAt, s.ExitCode = run.FinishedAt, run.ExitCode
		case interrupted != 0:
			s.ExitCode = interrupted
		case run.Kind == "apply" && nothingHeld(s.Outcomes, plan):
			s.ExitCode = ExitStale
		default:
			s.ExitCode = exitCode(s, settings)
		}
		return s, nil
	}
	written, err := e.Report(ctx, s.Report, lines, s, Rendering{Finish: finish})
	e.Tell(PhaseDone{Phase: Reporting, Done: s.Rows})
	for _, u := range written.Undrawn {
		e.Tell(Warning{Text: fmt.Sprintf("%s could not be drawn: %s; everything else is there", u.File, u.Error)})
	}
	return written, err
}

// nothingHeld reports whether nothing of what a plan was to write, or to leave
// as it was, held any more.
func nothingHeld(o map[Outcome]int, plan *Plan) bool {
	if o[Stale] == 0 || o[Created]+o[Claimed]+o[Updated] > 0 {
		return false
	}
	return plan.Summary.Writes() || o[Unchanged] == 0
}

// Rerender renders a run again, into out or the run's own folder. The rows of
// the lists come from the run's plan where it is still there, else from the
// lists themselves: those given, or where they stood. They must be the same
// to the byte.
func (e *Engine) Rerender(ctx context.Context, id string, lists []string, out string) (Summary, error) {
	run, err := e.Store.Run(ctx, id)
	if err != nil {
		return Summary{}, err
	}
	if err := kept(run); err != nil {
		return Summary{}, err
	}
	if out == "" {
		out = run.Out
	}
	if err := e.prepare(out); err != nil {
		return Summary{}, err
	}
	plan, err := OpenPlan(filepath.Join(run.Out, PlanFile))
	if err != nil {
		if plan, err = e.rowsAgain(ctx, run, lists, out); err != nil {
			return Summary{}, err
		}
		defer os.Remove(plan.path)
	}
	defer plan.Close()
	s := Summary{
		Run: run.ID, Command: run.Kind, Organization: plan.Header.Organization, Brand: plan.Header.Brand, Operator: plan.Header.Operator,
		Lists: plan.Summary.Lists, StartedAt: run.StartedAt, Program: e.Program, Database: plan.Header.Database, Report: out,
	}
	interrupted := 0
	if run.FinishedAt.IsZero() {
		interrupted = ExitInterrupted
	}
	return e.render(ctx, run, e.lines(ctx, run, plan), plan, s, Settings{}, interrupted)
}

// rowsAgain reads the lists of a run again into a plan without decisions.
func (e *Engine) rowsAgain(ctx context.Context, run Run, lists []string, out string) (*Plan, error) {
	var options runOptions
	var before []ListInfo
	if err := errors.Join(json.Unmarshal(run.Options, &options), json.Unmarshal(run.Lists, &before)); err != nil {
		return nil, fmt.Errorf("reading run %s: %w", run.ID, err)
	}
	if len(lists) == 0 {
		lists = paths(before)
	}
	settings := Settings{Lists: lists, Reading: options.Reading, Kind: options.Policy.Kind, Brand: options.Brand, Invite: options.Policy.Invite}
	src, err := openLists(settings)
	if err != nil {
		return nil, fmt.Errorf("the rows of run %s are no longer kept, so its lists are needed: %w", run.ID, err)
	}
	defer src.close()
	for i := range src.infos {
		if len(before) != len(src.infos) || src.infos[i].SHA256 != before[i].SHA256 {
			return nil, &StalePlanError{Msg: fmt.Sprintf("%s is not the list that run %s read", src.infos[i].File, run.ID), Hint: "put the list back as it was then, and run the same command again"}
		}
	}
	sc, err := e.runScope(ctx, run, settings)
	if err != nil {
		return nil, err
	}
	header := PlanHeader{Version: planVersion, Program: e.Program, Database: sc.database, Organization: sc.authority.Organization.Slug,
		Brand: sc.authority.Brand.Slug, Operator: sc.authority.Operator.Email, BaseURL: options.BaseURL, Lists: src.infos, Policy: options.Policy}
	path := filepath.Join(out, ".rows.jsonl")
	if err := e.planner(sc).rowsOnly(ctx, path, header, src.lists); err != nil {
		return nil, err
	}
	return OpenPlan(path)
}

// runScope is the scope a run had, as far as its operator still has it.
func (e *Engine) runScope(ctx context.Context, run Run, s Settings) (scope, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return scope{}, err
	}
	for _, o := range all {
		if o.ID == run.Organization {
			s.Organization = o.Slug
		}
	}
	operators, err := e.Store.Operators(ctx, run.Organization)
	if err != nil {
		return scope{}, err
	}
	for _, o := range operators {
		if o.Account == run.Operator {
			s.Operator = o.Email
		}
	}
	return e.scope(ctx, s)
}
