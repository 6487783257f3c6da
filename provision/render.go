package provision

import (
	"context"
	"fmt"
	"path/filepath"
)

// report renders the run from its ledger and checks that the books balance.
// Interrupted is the exit code of a run that was stopped, 0 for one that came
// to its end.
func (j *job) report(ctx context.Context, plan *Plan, interrupted int) (Summary, error) {
	s := j.summary(plan)
	s.Database, s.Report = j.sc.database, j.run.Out
	keeper := &heldKeeper{path: filepath.Join(j.run.Out, HeldFile), plan: plan, run: j.run.ID}
	defer keeper.drop()
	s, err := j.render(ctx, rendering{plan: plan, interrupted: interrupted, links: true, keeper: keeper}, s)
	if err != nil {
		return s, err
	}
	if err := keeper.finish(); err != nil {
		return s, err
	}
	if err := keepRows(plan, filepath.Join(j.run.Out, RecordsFile), j.run.ID); err != nil {
		j.Tell(Warning{Text: fmt.Sprintf("the rows could not be kept (%v): to write this report again, muster needs the list as it is now", err)})
	} else {
		j.kept = true
	}
	return s, nil
}

// summary is what is known of a run before its rows are counted.
func (j *job) summary(plan *Plan) Summary {
	return Summary{
		Run: j.run.ID, Command: j.command, Organization: plan.Header.Organization, Brand: plan.Header.Brand, Operator: plan.Header.Operator,
		Lists: plan.Summary.Lists, Rows: plan.Summary.Rows, StartedAt: j.run.StartedAt, Program: j.Program,
	}
}

// rendering is how a run is rendered.
type rendering struct {
	plan        *Plan
	interrupted int         // exit code of a run that was stopped, 0 for one that came to its end
	links       bool        // written, too
	keeper      *heldKeeper // of the held people, nil where they are kept already
}

// render hands the lines of a run to the report. Sums that do not agree with
// the rows are an error: no run with lost rows is ever reported as done.
func (j *job) render(ctx context.Context, r rendering, s Summary) (Summary, error) {
	j.Tell(PhaseStarted{Phase: Reporting, Total: s.Rows})
	lines := j.lines(ctx, j.run, r.plan)
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
	case j.run.Kind == "apply" && nothingHeld(s.Outcomes, r.plan):
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
func nothingHeld(o map[Outcome]int, plan *Plan) bool {
	if o[Stale] == 0 || o[Created]+o[Claimed]+o[Updated] > 0 {
		return false
	}
	return plan.Summary.Writes() || o[Unchanged] == 0
}
