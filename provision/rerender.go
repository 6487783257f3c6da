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

	"muster/importer/failure"
)

// RerenderSettings say which report is to be written again, and where.
type RerenderSettings struct {
	Run      string   // id
	Lists    []string // that the run read, should its rows no longer be kept; none is where they stood
	Out      string   // "" = the run's own folder
	Links    bool     // write the links, too: to an operator with the right to see them
	Operator string   // address; needed for links alone
}

// Rerender writes the report of a run again. The rows come from what the run
// kept in its folder, else from its lists, which must be the same to the byte.
func (e *Engine) Rerender(ctx context.Context, s RerenderSettings) (Summary, error) {
	run, err := e.Store.Run(ctx, s.Run)
	if err != nil {
		return Summary{}, err
	}
	if err := run.Unpurged(); err != nil {
		return Summary{}, err
	}
	out := cmp.Or(s.Out, run.Out)
	if other := ReportIn(out); other != "" && other != run.ID && s.Out == "" {
		return Summary{}, &ConfigError{Msg: fmt.Sprintf("%s has become the folder of run %s, which is left as it is", out, ShortRun(other)),
			Hint: "name another folder for this report with -o"}
	}
	if err := e.prepare(out); err != nil {
		return Summary{}, err
	}
	planned, err := e.rowsOf(ctx, run, s.Lists, out)
	if err != nil {
		return Summary{}, err
	}
	defer planned.Close()
	if s.Links {
		if err := e.revealed(ctx, run, planned.Header.Organization, s.Operator); err != nil {
			return Summary{}, err
		}
	}
	w := &work{Engine: e, run: run}
	return w.rendered(ctx, planned, out, s.Links)
}

// rendered writes the report of a run that has ended, or was interrupted.
func (w *work) rendered(ctx context.Context, planned *Plan, out string, links bool) (Summary, error) {
	s := w.summary(planned)
	s.Database, s.Report = planned.Header.Database, out
	interrupted := 0
	if w.run.FinishedAt.IsZero() {
		interrupted = ExitInterrupted
	}
	return w.render(ctx, rendering{planned: planned, interrupted: interrupted, links: links}, s)
}

// rowsOf opens the rows of a run: those of its plan, if that is still there,
// those it kept, or those of its lists.
func (e *Engine) rowsOf(ctx context.Context, run Run, lists []string, out string) (*Plan, error) {
	planned, err := OpenPlan(filepath.Join(run.Out, PlanFile))
	if err == nil {
		if planned.Header.Fingerprint == run.Fingerprint {
			return planned, nil
		}
		_ = planned.Close() // of another command, which has the same folder
	}
	path := filepath.Join(out, ".rows.jsonl")
	defer os.Remove(path) // it stays open
	planned, err = openRows(filepath.Join(run.Out, RecordsFile), path)
	if err == nil {
		if planned.Header.Run == run.ID {
			return planned, nil
		}
		err = fmt.Errorf("%s is the folder of run %s by now", run.Out, ShortRun(planned.Header.Run))
		_ = planned.Close()
	} else if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("they are not in %s", run.Out)
	}
	return e.rowsAgain(ctx, run, lists, path, err)
}

// rowsAgain reads the lists of a run again into a plan without decisions. Gone
// is why the rows that the run kept are not there.
func (e *Engine) rowsAgain(ctx context.Context, run Run, lists []string, path string, gone error) (*Plan, error) {
	var options runOptions
	var before []ListInfo
	if err := errors.Join(json.Unmarshal(run.Options, &options), json.Unmarshal(run.Lists, &before)); err != nil {
		return nil, fmt.Errorf("reading run %s: %w", run.ID, err)
	}
	if len(lists) == 0 {
		lists = paths(before)
	}
	settings := Settings{
		Terms:   Terms{Kind: options.Policy.Kind, Brand: options.Brand, Invite: options.Policy.Invite},
		Lists:   lists,
		Reading: options.Reading,
	}
	src, err := openLists(settings)
	if err != nil {
		return nil, fmt.Errorf("the rows that run %s kept cannot be had (%w), so its lists are needed: %w", ShortRun(run.ID), gone, err)
	}
	defer src.close()
	for i := range src.infos {
		if len(before) != len(src.infos) || src.infos[i].SHA256 != before[i].SHA256 {
			return nil, &StalePlanError{
				Msg: fmt.Sprintf("%s is not the list that run %s read, and the rows that the run kept cannot be had (%v)", src.infos[i].File, ShortRun(run.ID), gone),
				Hint: "name the list as it was then: muster report " + ShortRun(run.ID) + " LIST; without it muster runs show has the totals, " +
					"muster explain row what became of each row"}
		}
	}
	sc, err := e.runScope(ctx, run, settings.Terms)
	if err != nil {
		return nil, err
	}
	bound := sc.Bind(src.infos)
	bound.BaseURL, bound.Policy = options.BaseURL, options.Policy
	return e.rowsOnly(ctx, sc, bound, src, path)
}

// revealed makes sure that an operator may see the links of a run, and puts it
// on record before they are shown.
func (e *Engine) revealed(ctx context.Context, run Run, organization, address string) error {
	org, err := e.Organization(ctx, organization)
	if err != nil {
		return err
	}
	operator, err := e.Operator(ctx, org, address)
	if err != nil {
		return err
	}
	if !operator.May(MayReveal) {
		return &ConfigError{Msg: operator.Email + " may not see the links of others (" + MayReveal + ")", Class: failure.AuthorityToReveal}
	}
	detail, err := json.Marshal(map[string]string{"run": run.ID})
	if err != nil {
		return err
	}
	by := Author{Organization: org.ID, Account: operator.Account, Run: run.ID, Source: "report", At: e.Now().UTC()}
	return e.Store.InTx(ctx, func(tx Tx) error {
		return tx.Apply(ctx, Batch{By: by, Audit: []AuditRow{{ID: e.NewID(), Action: "links revealed", Detail: detail}}})
	})
}

// runScope is the scope a run had, as far as its operator still has it.
func (e *Engine) runScope(ctx context.Context, run Run, t Terms) (Scope, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return Scope{}, err
	}
	for _, o := range all {
		if o.ID == run.Organization {
			t.Organization = o.Slug
		}
	}
	operators, err := e.Store.Operators(ctx, run.Organization)
	if err != nil {
		return Scope{}, err
	}
	for _, o := range operators {
		if o.Account == run.Operator {
			t.Operator = o.Email
		}
	}
	return e.Scope(ctx, t)
}
