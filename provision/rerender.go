package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

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
