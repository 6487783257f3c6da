package run

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/sourcegraph/conc"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/plan"
)

// report renders the run from its ledger and checks that the books balance. The rows
// are kept for reports to come meanwhile.
// Interrupted is the exit code of a run that was stopped, 0 for one that came
// to its end.
func (w *work) report(ctx context.Context, planned *plan.Plan, interrupted int) (provision.Summary, error) {
	s := w.summary(planned)
	s.Database = w.sc.Database
	s.Report = w.run.Out
	keeper := plan.NewHeldKeeper(w.run.Out, planned, w.run.ID)
	defer keeper.Drop()
	var beside conc.WaitGroup
	var lost error
	beside.Go(func() { lost = plan.KeepRows(planned, filepath.Join(w.run.Out, plan.RecordsFile), w.run.ID) })
	s, err := w.render(ctx, rendering{planned: planned, interrupted: interrupted, shows: linkShow{links: true}, keeper: keeper}, s)
	beside.Wait()
	if err != nil {
		return s, err
	}
	if err := keeper.Finish(); err != nil {
		return s, err
	}
	if lost != nil {
		w.Tell(provision.Warning{
			Text: fmt.Sprintf("the rows could not be kept (%v): to write this report again, "+
				"muster needs the list as it is now", lost),
		})
	} else {
		w.kept = true
	}
	return s, nil
}

// summary is what is known of a run before its rows are counted.
func (w *work) summary(planned *plan.Plan) provision.Summary {
	s := provision.Summary{
		Run:          w.run.ID,
		Command:      w.run.Kind,
		Organization: planned.Header.Organization,
		Brand:        planned.Header.Brand,
		Operator:     planned.Header.Operator,
		Lists:        planned.Summary.Lists,
		Asked:        planned.Header.Asked,
		Reviewed:     planned.Header.Reviewed,
		InVain:       planned.Header.InVain,
		Rows:         planned.Summary.Rows,
		Warnings:     planned.Summary.Warnings,
		StartedAt:    w.run.StartedAt,
		Program:      w.Program,

		AskedLanguage: w.asked.Language,
	}
	if of := planned.Header.Source; of != nil {
		s.Source = planned.Summary.Source
	}
	return s
}

// rendering is how a run is rendered.
type rendering struct {
	planned     *plan.Plan
	interrupted int // exit code of a run that was stopped, 0 for one that came to its end
	shows       linkShow
	keeper      *plan.HeldKeeper // of the held people, nil where they are kept already
}

// render hands the lines of a run to the report. Sums that do not agree with
// the rows are an error: no run with lost rows is ever reported as done.
func (w *work) render(ctx context.Context, r rendering, s provision.Summary) (provision.Summary, error) {
	w.Tell(provision.PhaseStarted{Phase: provision.Reporting, Total: s.Rows})
	var err error
	if s.Mails, err = w.Store.WaitingMails(ctx, w.run.ID); err != nil {
		return s, err
	}
	if s, err = w.countMissing(ctx, r, s); err != nil {
		return s, err
	}
	if r.interrupted == 0 {
		if s.Since, err = w.since(ctx, r); err != nil {
			return s, err
		}
	}
	if !w.run.FinishedAt.IsZero() {
		if s.TakenBack, err = w.takenBack(ctx); err != nil {
			return s, err
		}
	}
	r.shows.start(ctx, w.Engine, w.run, r.planned)
	lines := lines(ctx, w.Engine, w.run, r.planned, r.shows)
	if r.keeper != nil {
		lines = r.keeper.Over(lines)
	}
	var missing func() ([]provision.MissingPerson, error)
	if len(s.Missing) > 0 {
		missing = func() ([]provision.MissingPerson, error) { return w.whoIsMissing(ctx, r.visible()) }
	}
	written, err := w.Folders.Write(ctx, s.Report, lines, s, provision.Rendering{
		Finish:  func(s provision.Summary) (provision.Summary, error) { return w.settled(s, r) },
		Held:    func() (provision.HeldReview, error) { return w.held(ctx, r.keeper) },
		NoLinks: !r.shows.links, Language: w.language(), Names: w.called(), Missing: missing,
	})
	w.Tell(provision.PhaseDone{Phase: provision.Reporting, Done: s.Rows})
	for _, u := range written.Undrawn {
		w.Tell(provision.Warning{
			Text: fmt.Sprintf("%s could not be drawn: %s; everything else is there", u.File, u.Error),
		})
	}
	return written, err
}

// takenBack says by which run this one was taken back, and tells that first; nil where
// it stands.
func (w *work) takenBack(ctx context.Context) (*provision.TakenBackBefore, error) {
	by, wholly, is, err := provision.TakenBack(ctx, w.Engine, w.run)
	if err != nil || !is {
		return nil, err
	}
	what := "taken back"
	if !wholly {
		what = "taken back in part"
	}
	w.Tell(provision.Notice{Text: fmt.Sprintf("run %s was %s by run %s: the report tells what it did, and not what stands",
		provision.ShortRun(w.run.ID), what, provision.ShortRun(by.ID))})
	return &provision.TakenBackBefore{Run: by.ID, Partly: !wholly}, nil
}

// visible are the brands that whoever has the report sees.
func (r rendering) visible() []string {
	if r.shows.veil != nil {
		return r.shows.veil.brands
	}
	return r.planned.Header.Policy.VisibleBrands
}

// language is that of the report: the one that was asked for, else the
// organization's.
func (w *work) language() string {
	if w.sc.Authority == nil {
		return cmp.Or(w.asked.Language, w.spoken)
	}
	return cmp.Or(w.asked.Language, w.sc.Authority.Organization.Language)
}

// called is what people call the organization and its brands.
func (w *work) called() provision.Names {
	if w.sc.Authority == nil {
		return w.names
	}
	return w.sc.Authority.Organization.Names()
}

// settled says how a run went whose rows are counted, and when it ended.
func (w *work) settled(s provision.Summary, r rendering) (provision.Summary, error) {
	again := !w.run.FinishedAt.IsZero()
	if n := s.Outcomes[provision.Pending]; n > 0 && r.interrupted == 0 && !again {
		return s, fmt.Errorf("the books do not balance: %d of %d rows are without an outcome", n, s.Rows)
	}
	s.FinishedAt = w.Now().UTC()
	switch {
	case again:
		s.FinishedAt = w.run.FinishedAt
		s.ExitCode = w.run.ExitCode
	case r.interrupted != 0:
		s.ExitCode = r.interrupted
	case w.run.Kind == provision.ApplyKind && nothingHeld(s.Outcomes, r.planned):
		s.ExitCode = provision.ExitStale
	default:
		s.ExitCode = exitCode(s, w.asked)
	}
	return s, nil
}

// held are the held people of the run, kept first where they are not yet.
func (w *work) held(ctx context.Context, keeper *plan.HeldKeeper) (provision.HeldReview, error) {
	if keeper != nil {
		if err := keeper.Finish(); err != nil {
			return provision.HeldReview{}, err
		}
	}
	return plan.Held(ctx, w.Engine, w.run.ID, plan.HeldSettings{Operator: w.reader})
}

// nothingHeld reports whether nothing of what a plan was to write, or to leave
// as it was, held any more.
func nothingHeld(o map[provision.Outcome]int, planned *plan.Plan) bool {
	if o[provision.Stale] == 0 || o[provision.Created]+o[provision.Claimed]+o[provision.Updated] > 0 {
		return false
	}
	return planned.Summary.Writes() || o[provision.Unchanged] == 0
}

// exitCode says how a run that came to its end went.
func exitCode(run provision.Summary, end Ending) int {
	rejected, held := unsettled(run, end.NewOnly)
	unread := provision.UnreadRows(run.Lists) > 0
	if !end.MaxRejects.Allows(rejected, run.Rows) || !end.MaxHeld.Allows(held, run.Rows) || unread ||
		len(run.Undrawn) > 0 || run.Command == provision.EndSourceKind && run.NotRemoved() > 0 {
		return provision.ExitPartial
	}
	return provision.ExitOK
}

// unsettled is how many rows are rejected and held: where only those are meant that
// are newly so, and it is known which, no others. What failed or was stale is new
// every night.
func unsettled(run provision.Summary, newOnly bool) (rejected, held int) {
	undone := run.Outcomes[provision.Failed] + run.Outcomes[provision.Stale]
	if newOnly && run.Since.Compared() {
		return undone + run.Since.Turns[provision.TurnedRejected], run.Since.Turns[provision.TurnedHeld]
	}
	rejected = undone + run.Outcomes[provision.Rejected]
	held = run.Outcomes[provision.Review] - run.Reasons[reason.Skipped] + run.InVain // a reviewer settled those that were left out
	return rejected, held
}
