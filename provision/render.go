package provision

import (
	"context"
	"fmt"
	"path/filepath"

	"muster/importer/reason"
)

// report renders the run from its ledger and checks that the books balance.
// Interrupted is the exit code of a run that was stopped, 0 for one that came
// to its end.
func (w *work) report(ctx context.Context, planned *Plan, interrupted int) (Summary, error) {
	s := w.summary(planned)
	s.Database, s.Report = w.sc.Database, w.run.Out
	keeper := newHeldKeeper(w.run.Out, planned, w.run.ID)
	defer keeper.drop()
	s, err := w.render(ctx, rendering{planned: planned, interrupted: interrupted, links: true, keeper: keeper}, s)
	if err != nil {
		return s, err
	}
	if err := keeper.finish(); err != nil {
		return s, err
	}
	if err := keepRows(planned, filepath.Join(w.run.Out, RecordsFile), w.run.ID); err != nil {
		w.Tell(Warning{Text: fmt.Sprintf("the rows could not be kept (%v): to write this report again, muster needs the list as it is now", err)})
	} else {
		w.kept = true
	}
	return s, nil
}

// summary is what is known of a run before its rows are counted.
func (w *work) summary(planned *Plan) Summary {
	return Summary{
		Run: w.run.ID, Command: w.run.Kind, Organization: planned.Header.Organization, Brand: planned.Header.Brand, Operator: planned.Header.Operator,
		Lists: planned.Summary.Lists, Rows: planned.Summary.Rows, StartedAt: w.run.StartedAt, Program: w.Program,
	}
}

// rendering is how a run is rendered.
type rendering struct {
	planned     *Plan
	interrupted int         // exit code of a run that was stopped, 0 for one that came to its end
	links       bool        // written, too
	keeper      *heldKeeper // of the held people, nil where they are kept already
}

// render hands the lines of a run to the report. Sums that do not agree with
// the rows are an error: no run with lost rows is ever reported as done.
func (w *work) render(ctx context.Context, r rendering, s Summary) (Summary, error) {
	w.Tell(PhaseStarted{Phase: Reporting, Total: s.Rows})
	lines := w.lines(ctx, w.run, r.planned)
	if r.keeper != nil {
		lines = r.keeper.over(lines)
	}
	written, err := w.Report(ctx, s.Report, lines, s, Rendering{
		Finish:  func(s Summary) (Summary, error) { return w.settled(s, r) },
		Held:    func() (HeldReview, error) { return w.held(ctx, r.keeper) },
		NoLinks: !r.links,
	})
	w.Tell(PhaseDone{Phase: Reporting, Done: s.Rows})
	for _, u := range written.Undrawn {
		w.Tell(Warning{Text: fmt.Sprintf("%s could not be drawn: %s; everything else is there", u.File, u.Error)})
	}
	return written, err
}

// settled says how a run went whose rows are counted, and when it ended.
func (w *work) settled(s Summary, r rendering) (Summary, error) {
	again := !w.run.FinishedAt.IsZero()
	if n := s.Outcomes[Pending]; n > 0 && r.interrupted == 0 && !again {
		return s, fmt.Errorf("the books do not balance: %d of %d rows are without an outcome", n, s.Rows)
	}
	s.FinishedAt = w.Now().UTC()
	switch {
	case again:
		s.FinishedAt, s.ExitCode = w.run.FinishedAt, w.run.ExitCode
	case r.interrupted != 0:
		s.ExitCode = r.interrupted
	case w.run.Kind == applyKind && nothingHeld(s.Outcomes, r.planned):
		s.ExitCode = ExitStale
	default:
		s.ExitCode = exitCode(s, w.end)
	}
	return s, nil
}

// held are the held people of the run, kept first where they are not yet.
func (w *work) held(ctx context.Context, keeper *heldKeeper) (HeldReview, error) {
	if keeper != nil {
		if err := keeper.finish(); err != nil {
			return HeldReview{}, err
		}
	}
	return w.Review(ctx, w.run.ID, ReviewSettings{})
}

// nothingHeld reports whether nothing of what a plan was to write, or to leave
// as it was, held any more.
func nothingHeld(o map[Outcome]int, planned *Plan) bool {
	if o[Stale] == 0 || o[Created]+o[Claimed]+o[Updated] > 0 {
		return false
	}
	return planned.Summary.Writes() || o[Unchanged] == 0
}

// exitCode says how a run that came to its end went.
func exitCode(run Summary, end Ending) int {
	rejected := run.Outcomes[Rejected] + run.Outcomes[Failed] + run.Outcomes[Stale]
	held := run.Outcomes[Review] - run.Reasons[reason.Skipped] // a reviewer settled those
	unread := UnreadRows(run.Lists) > 0
	if !end.MaxRejects.Allows(rejected, run.Rows) || !end.MaxHeld.Allows(held, run.Rows) || unread || len(run.Undrawn) > 0 {
		return ExitPartial
	}
	return ExitOK
}
