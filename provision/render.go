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
func (j *job) report(ctx context.Context, planned *Plan, interrupted int) (Summary, error) {
	s := j.summary(planned)
	s.Database, s.Report = j.sc.Database, j.run.Out
	keeper := newHeldKeeper(j.run.Out, planned, j.run.ID)
	defer keeper.drop()
	s, err := j.render(ctx, rendering{planned: planned, interrupted: interrupted, links: true, keeper: keeper}, s)
	if err != nil {
		return s, err
	}
	if err := keeper.finish(); err != nil {
		return s, err
	}
	if err := keepRows(planned, filepath.Join(j.run.Out, RecordsFile), j.run.ID); err != nil {
		j.Tell(Warning{Text: fmt.Sprintf("the rows could not be kept (%v): to write this report again, muster needs the list as it is now", err)})
	} else {
		j.kept = true
	}
	return s, nil
}

// summary is what is known of a run before its rows are counted.
func (j *job) summary(planned *Plan) Summary {
	return Summary{
		Run: j.run.ID, Command: j.command, Organization: planned.Header.Organization, Brand: planned.Header.Brand, Operator: planned.Header.Operator,
		Lists: planned.Summary.Lists, Rows: planned.Summary.Rows, StartedAt: j.run.StartedAt, Program: j.Program,
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
func (j *job) render(ctx context.Context, r rendering, s Summary) (Summary, error) {
	j.Tell(PhaseStarted{Phase: Reporting, Total: s.Rows})
	lines := j.lines(ctx, j.run, r.planned)
	if r.keeper != nil {
		lines = r.keeper.over(lines)
	}
	written, err := j.Report(ctx, s.Report, lines, s, Rendering{
		Finish:  func(s Summary) (Summary, error) { return j.settled(s, r) },
		Held:    func() (HeldReview, error) { return j.held(ctx, r.keeper) },
		NoLinks: !r.links,
	})
	j.Tell(PhaseDone{Phase: Reporting, Done: s.Rows})
	for _, u := range written.Undrawn {
		j.Tell(Warning{Text: fmt.Sprintf("%s could not be drawn: %s; everything else is there", u.File, u.Error)})
	}
	return written, err
}

// settled says how a run went whose rows are counted, and when it ended.
func (j *job) settled(s Summary, r rendering) (Summary, error) {
	again := !j.run.FinishedAt.IsZero()
	if n := s.Outcomes[Pending]; n > 0 && r.interrupted == 0 && !again {
		return s, fmt.Errorf("the books do not balance: %d of %d rows are without an outcome", n, s.Rows)
	}
	s.FinishedAt = j.Now().UTC()
	switch {
	case again:
		s.FinishedAt, s.ExitCode = j.run.FinishedAt, j.run.ExitCode
	case r.interrupted != 0:
		s.ExitCode = r.interrupted
	case j.run.Kind == "apply" && nothingHeld(s.Outcomes, r.planned):
		s.ExitCode = ExitStale
	default:
		s.ExitCode = exitCode(s, j.s)
	}
	return s, nil
}

// held are the held people of the run, kept first where they are not yet.
func (j *job) held(ctx context.Context, keeper *heldKeeper) (HeldReview, error) {
	if keeper != nil {
		if err := keeper.finish(); err != nil {
			return HeldReview{}, err
		}
	}
	return j.Review(ctx, j.run.ID, ReviewSettings{})
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
func exitCode(run Summary, s Settings) int {
	rejected := run.Outcomes[Rejected] + run.Outcomes[Failed] + run.Outcomes[Stale]
	held := run.Outcomes[Review] - run.Reasons[reason.Skipped] // a reviewer settled those
	unread := UnreadRows(run.Lists) > 0
	if !s.MaxRejects.Allows(rejected, run.Rows) || !s.MaxHeld.Allows(held, run.Rows) || unread || len(run.Undrawn) > 0 {
		return ExitPartial
	}
	return ExitOK
}
