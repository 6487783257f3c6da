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

	"muster/importer/failure"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
	"muster/provision/words"
)

// RerenderSettings say which report is to be written again, and where.
type RerenderSettings struct {
	Run      string   // id
	Lists    []string // that the run read, should its rows no longer be kept; none is where they stood
	Out      string   // "" = the run's own folder
	Links    bool     // write the links, too: to an operator with the right to see them
	Language string   // of the report, as a tag; "" = that of the organization
	Operator string   // address of whoever will see it, "" = the only administrator
}

// Rerender writes the report of a run again. The rows come from what the run
// kept in its folder, else from its lists, which must be the same to the byte.
// Whoever sees less than the operator of the run did gets less, in a folder of
// their own.
func Rerender(ctx context.Context, e *provision.Engine, s RerenderSettings) (provision.Summary, error) {
	run, err := e.Store.Run(ctx, s.Run)
	if err != nil {
		return provision.Summary{}, err
	}
	if err := run.Unpurged(); err != nil {
		return provision.Summary{}, err
	}
	reader, err := readerOf(ctx, e, run, s.Operator)
	if err != nil {
		return provision.Summary{}, err
	}
	if run.WroteNothing() {
		return provision.Summary{}, stopped(ctx, e, run)
	}
	veil := veilFor(reader, run)
	if veil != nil && s.Out == "" {
		return provision.Summary{}, &provision.ConfigError{
			Msg: fmt.Sprintf("%s sees less of run %s than whoever ran it, whose report is left as it is",
				reader.Operator.Email, provision.ShortRun(run.ID)),
			Hint: "name another folder for this report with -o",
		}
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
	shows := linkShow{veil: veil}
	if veil != nil || s.Links {
		policy := reader.Policy()
		shows.to = &policy
	}
	if s.Links {
		if err := revealed(ctx, e, run, reader); err != nil {
			return provision.Summary{}, err
		}
		shows.links = true
	}
	w := &work{Engine: e, run: run, reader: reader.Operator.Email, names: reader.Organization.Names(),
		spoken: reader.Organization.Language, asked: Ending{Language: s.Language}}
	return w.rendered(ctx, planned, out, shows)
}

// rendered writes the report of a run that has ended, or was interrupted.
func (w *work) rendered(ctx context.Context, planned *plan.Plan, out string, shows linkShow) (provision.Summary, error) {
	s := w.summary(planned)
	s.Database = planned.Header.Database
	s.Report = out
	if err := w.asFirstTold(&s, shows.veil != nil); err != nil {
		return s, err
	}
	interrupted := 0
	if w.run.FinishedAt.IsZero() {
		interrupted = provision.ExitInterrupted
	}
	return w.render(ctx, rendering{planned: planned, interrupted: interrupted, shows: shows}, s)
}

// stopped says of a run that wrote nothing what kept it, as far as that is known: guards
// stand in the plan that it left, and whoever was told of them is told the same.
func stopped(ctx context.Context, e *provision.Engine, run provision.Run) error {
	begins := fmt.Sprintf("run %s wrote nothing, and has no report", provision.ShortRun(run.ID))
	path := filepath.Join(run.Out, plan.File)
	planned, err := plan.Open(path)
	if err != nil || planned.Header.Fingerprint != run.Fingerprint || len(planned.Summary.Guards) == 0 {
		if err == nil {
			_ = planned.Close()
		}
		return &provision.ConfigError{Msg: begins, Hint: "muster runs show " + provision.ShortRun(run.ID) + " says how it ended"}
	}
	defer planned.Close()
	tripped := planned.Summary.Guards
	failed := &provision.GuardError{Tripped: tripped, Words: begins + ": " + words.Guards(tripped, applied(path))}
	page := filepath.Join(run.Out, plan.Page)
	if _, err := os.Stat(page); err == nil {
		failed.Page = page
	}
	all, err := e.Store.Sources(ctx, run.Organization)
	for _, s := range all {
		if s.HeldRun == run.ID {
			failed.Source = s.Name
		}
	}
	return cmp.Or(err, error(failed))
}

// asFirstTold fills in what neither the ledger nor the rows of a run have, from its
// totals. Warnings name people, whom not everybody sees.
func (w *work) asFirstTold(s *provision.Summary, veiled bool) error {
	if veiled {
		s.Warnings = nil
	}
	if len(w.run.Summary) == 0 { // it was interrupted, and its plan is still there
		return nil
	}
	var was provision.Summary
	if err := json.Unmarshal(w.run.Summary, &was); err != nil {
		return fmt.Errorf("reading the totals of run %s: %w", w.run.ID, err)
	}
	s.Source = was.Source
	s.Late = was.Late
	s.Asked = was.Asked
	return nil
}

// rowsOf opens the rows of a run: those of its plan, if that is still there,
// those it kept, or those of its lists.
func rowsOf(
	ctx context.Context, e *provision.Engine, run provision.Run, lists []string, out string,
) (*plan.Plan, error) {
	path := filepath.Join(out, ".rows.jsonl")
	defer os.Remove(path) // it stays open
	planned, err := ownRows(run, path)
	if err == nil {
		return planned, nil
	}
	return rowsAgain(ctx, e, run, lists, path, err)
}

// ownRows opens the rows that a run has in its folder, unpacked under a path; the
// error says why they are not there.
func ownRows(run provision.Run, path string) (*plan.Plan, error) {
	planned, err := plan.Open(filepath.Join(run.Out, plan.File))
	if err == nil {
		if planned.Header.Fingerprint == run.Fingerprint {
			return planned, nil
		}
		_ = planned.Close() // of another command, which has the same folder
	}
	planned, err = plan.OpenRows(filepath.Join(run.Out, plan.RecordsFile), path)
	switch {
	case err == nil && planned.Header.Run == run.ID:
		return planned, nil
	case err == nil:
		err = fmt.Errorf("%s is the folder of run %s by now", run.Out, provision.ShortRun(planned.Header.Run))
		_ = planned.Close()
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("they are not in %s", run.Out)
	}
	return nil, err
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

// readerOf is on whose authority the report of a run is written again.
func readerOf(
	ctx context.Context, e *provision.Engine, run provision.Run, address string,
) (*provision.Authority, error) {
	slug, err := organizationOf(ctx, e, run)
	if err != nil {
		return nil, err
	}
	reader, err := e.Authority(ctx, provision.Terms{Organization: slug, Operator: address})
	if err == nil && !reader.Sees(run) {
		err = fmt.Errorf("run %s: %w", run.ID, provision.ErrNotFound)
	}
	return reader, err
}

// organizationOf is the slug of the organization of a run.
func organizationOf(ctx context.Context, e *provision.Engine, run provision.Run) (string, error) {
	all, err := e.Store.Organizations(ctx)
	for _, o := range all {
		if o.ID == run.Organization {
			return o.Slug, err
		}
	}
	return "", err
}

// revealed makes sure that an operator may see the links of a run, and puts it
// on record before they are shown. Whose of them is up to the policy.
func revealed(ctx context.Context, e *provision.Engine, run provision.Run, reader *provision.Authority) error {
	operator := reader.Operator
	if !operator.May(provision.MayReveal) {
		return &provision.ConfigError{
			Msg:   operator.Email + " may not see the links of others (" + provision.MayReveal + ")",
			Class: failure.AuthorityToReveal,
		}
	}
	detail, err := json.Marshal(map[string]string{"run": run.ID})
	if err != nil {
		return err
	}
	by := provision.Author{
		Organization: reader.Organization.ID,
		Account:      operator.Account,
		Run:          run.ID,
		Source:       "report",
		At:           e.Now().UTC(),
	}
	return e.Store.InTx(ctx, func(tx provision.Tx) error {
		entry := provision.AuditRow{ID: e.NewID(), Action: string(change.RevealAction), Detail: detail}
		return tx.Apply(ctx, provision.Batch{By: by, Audit: []provision.AuditRow{entry}})
	})
}

// runScope is the scope a run had, as far as its operator still has it.
func runScope(ctx context.Context, e *provision.Engine, run provision.Run, t provision.Terms) (provision.Scope, error) {
	var err error
	if t.Organization, err = organizationOf(ctx, e, run); err != nil {
		return provision.Scope{}, err
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
