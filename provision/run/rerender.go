package run

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
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
func Rerender(ctx context.Context, e *provision.Engine, s RerenderSettings) (provision.Summary, error) {
	run, err := e.Store.Run(ctx, s.Run)
	if err != nil {
		return provision.Summary{}, err
	}
	if err := run.Unpurged(); err != nil {
		return provision.Summary{}, err
	}
	out := cmp.Or(s.Out, run.Out)
	if other := e.Folders.Owner(out); other != "" && other != run.ID && s.Out == "" {
		return provision.Summary{}, &provision.ConfigError{
			Msg: fmt.Sprintf("%s has become the folder of run %s, which is left as it is",
				out, provision.ShortRun(other)),
			Hint: "name another folder for this report with -o",
		}
	}
	if err := prepare(e, out); err != nil {
		return provision.Summary{}, err
	}
	planned, err := rowsOf(ctx, e, run, s.Lists, out)
	if err != nil {
		return provision.Summary{}, err
	}
	defer planned.Close()
	var shows linkShow
	if s.Links {
		if shows, err = revealed(ctx, e, run, planned.Header.Binding, s.Operator); err != nil {
			return provision.Summary{}, err
		}
	}
	w := &work{Engine: e, run: run}
	return w.rendered(ctx, planned, out, shows)
}

// rendered writes the report of a run that has ended, or was interrupted.
func (w *work) rendered(ctx context.Context, planned *plan.Plan, out string, shows linkShow) (provision.Summary, error) {
	s := w.summary(planned)
	s.Database = planned.Header.Database
	s.Report = out
	interrupted := 0
	if w.run.FinishedAt.IsZero() {
		interrupted = provision.ExitInterrupted
	}
	return w.render(ctx, rendering{planned: planned, interrupted: interrupted, shows: shows}, s)
}

// rowsOf opens the rows of a run: those of its plan, if that is still there,
// those it kept, or those of its lists.
func rowsOf(
	ctx context.Context, e *provision.Engine, run provision.Run, lists []string, out string,
) (*plan.Plan, error) {
	planned, err := plan.Open(filepath.Join(run.Out, plan.File))
	if err == nil {
		if planned.Header.Fingerprint == run.Fingerprint {
			return planned, nil
		}
		_ = planned.Close() // of another command, which has the same folder
	}
	path := filepath.Join(out, ".rows.jsonl")
	defer os.Remove(path) // it stays open
	planned, err = plan.OpenRows(filepath.Join(run.Out, plan.RecordsFile), path)
	if err == nil {
		if planned.Header.Run == run.ID {
			return planned, nil
		}
		err = fmt.Errorf("%s is the folder of run %s by now", run.Out, provision.ShortRun(planned.Header.Run))
		_ = planned.Close()
	} else if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("they are not in %s", run.Out)
	}
	return rowsAgain(ctx, e, run, lists, path, err)
}

// rowsAgain reads the lists of a run again into a plan without decisions. Gone
// is why the rows that the run kept are not there.
func rowsAgain(
	ctx context.Context, e *provision.Engine, run provision.Run, lists []string, path string, gone error,
) (*plan.Plan, error) {
	var options runOptions
	var before []provision.ListInfo
	if err := errors.Join(json.Unmarshal(run.Options, &options), json.Unmarshal(run.Lists, &before)); err != nil {
		return nil, fmt.Errorf("reading run %s: %w", run.ID, err)
	}
	if !provision.TakesIn(run.Kind) {
		return nil, &provision.ConfigError{
			Msg: fmt.Sprintf("whom run %s was about is no longer kept (%v), and there is no list to read again",
				provision.ShortRun(run.ID), gone),
			Hint: "muster runs show " + provision.ShortRun(run.ID) + " has the totals, muster explain tells of a person",
		}
	}
	if len(lists) == 0 {
		lists = provision.Paths(before)
	}
	settings := plan.Settings{
		Terms:   provision.Terms{Kind: options.Policy.Kind, Brand: options.Brand, Invite: options.Policy.Invite},
		Lists:   lists,
		Reading: options.Reading,
	}
	src, err := plan.OpenLists(settings)
	if err != nil {
		return nil, fmt.Errorf("the rows that run %s kept cannot be had (%w), so its lists are needed: %w",
			provision.ShortRun(run.ID), gone, err)
	}
	defer src.Close()
	for i := range src.Infos {
		if len(before) != len(src.Infos) || src.Infos[i].SHA256 != before[i].SHA256 {
			return nil, &provision.StalePlanError{
				Msg: fmt.Sprintf("%s is not the list that run %s read, "+
					"and the rows that the run kept cannot be had (%v)",
					src.Infos[i].File, provision.ShortRun(run.ID), gone),
				Hint: "name the list as it was then: muster report " + provision.ShortRun(run.ID) +
					" LIST; without it muster runs show has the totals, " +
					"muster explain row what became of each row",
			}
		}
	}
	sc, err := runScope(ctx, e, run, settings.Terms)
	if err != nil {
		return nil, err
	}
	bound := sc.Bind(src.Infos)
	bound.BaseURL = options.BaseURL
	bound.Policy = options.Policy
	return plan.RowsOnly(ctx, e, sc, bound, src, path)
}

// revealed makes sure that an operator may see the links of a run, and puts it
// on record before they are shown. Whose of them is up to what it returns.
func revealed(
	ctx context.Context, e *provision.Engine, run provision.Run, bound provision.Binding, address string,
) (linkShow, error) {
	sc, err := e.Scope(ctx, provision.Terms{
		Organization: bound.Organization,
		Brand:        bound.Brand,
		Operator:     address,
		Invite:       dedupe.InviteNone,
	})
	if err != nil {
		return linkShow{}, err
	}
	operator := sc.Authority.Operator
	if !operator.May(provision.MayReveal) {
		return linkShow{}, &provision.ConfigError{
			Msg:   operator.Email + " may not see the links of others (" + provision.MayReveal + ")",
			Class: failure.AuthorityToReveal,
		}
	}
	detail, err := json.Marshal(map[string]string{"run": run.ID})
	if err != nil {
		return linkShow{}, err
	}
	by := provision.Author{
		Organization: sc.Authority.Organization.ID,
		Account:      operator.Account,
		Run:          run.ID,
		Source:       "report",
		At:           e.Now().UTC(),
	}
	show := linkShow{links: true, to: &sc.Policy}
	return show, e.Store.InTx(ctx, func(tx provision.Tx) error {
		entry := provision.AuditRow{ID: e.NewID(), Action: string(change.RevealAction), Detail: detail}
		return tx.Apply(ctx, provision.Batch{By: by, Audit: []provision.AuditRow{entry}})
	})
}

// runScope is the scope a run had, as far as its operator still has it.
func runScope(ctx context.Context, e *provision.Engine, run provision.Run, t provision.Terms) (provision.Scope, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return provision.Scope{}, err
	}
	for _, o := range all {
		if o.ID == run.Organization {
			t.Organization = o.Slug
		}
	}
	operators, err := e.Store.Operators(ctx, run.Organization)
	if err != nil {
		return provision.Scope{}, err
	}
	for _, o := range operators {
		if o.Account == run.Operator {
			t.Operator = o.Email
		}
	}
	return e.Scope(ctx, t)
}
