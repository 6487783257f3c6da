package provision

import (
	"context"
	"fmt"
	"iter"
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
