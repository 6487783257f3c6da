package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// missing are the steps of the plan about people who are on no row, as far as
// this process carries them out. They never share a chunk with rows.
func (w *work) missing(planned *plan.Plan) iter.Seq2[change.Step, error] {
	return w.ours(planned.Missing())
}

// unmissed leaves out the people who are in the ledger of the missing already.
func (a *applier) unmissed(ctx context.Context, tx provision.Tx, steps []change.Step, look bool) ([]change.Step, error) {
	if !look || len(steps) == 0 || steps[0].Missing == nil {
		return steps, nil
	}
	var accounts []string
	for _, s := range steps {
		accounts = append(accounts, s.Account)
	}
	missed, err := tx.Missed(ctx, a.by.Run, accounts)
	if err != nil || len(missed) == 0 {
		return steps, err
	}
	there := map[string]bool{}
	for _, account := range missed {
		there[account] = true
	}
	var todo []change.Step
	for _, s := range steps {
		if !there[s.Account] {
			todo = append(todo, s)
		}
	}
	return todo, nil
}

// removal is the row of the ledger of somebody who is missing.
func (a *applier) removal(s change.Step, ended change.Verdict) provision.Removal {
	r := s.Removal(ended)
	r.N += a.missed
	return r
}

// unremovable records somebody whom the database does not let go.
func (a *applier) unremovable(ctx context.Context, s change.Step, cause error) error {
	row := a.removal(s, change.Verdict{Outcome: provision.Failed, Reason: reason.DatabaseRefused})
	row.Detail, _ = json.Marshal(provision.RemovalDetail{Error: cause.Error()}) // words always marshal
	err := a.store.InTx(ctx, func(tx provision.Tx) error {
		if err := a.fence(ctx, tx); err != nil {
			return err
		}
		if there, err := tx.Missed(ctx, a.by.Run, []string{s.Account}); err != nil || len(there) > 0 {
			return err
		}
		return tx.RecordRemovals(ctx, a.by.Run, []provision.Removal{row})
	})
	if err != nil {
		return fmt.Errorf("missing person %d: %w", s.Missing.N, errors.Join(err, cause))
	}
	return nil
}

// numbered finds how many numbers of missing people an earlier start of the run
// gave whose plan is gone: the new plan begins behind them.
func (w *work) numbered(ctx context.Context) (int, error) {
	last := 0
	for w.replanned {
		page, err := w.Store.Removals(ctx, w.run.ID, last, ledgerPage)
		if err != nil || len(page) == 0 {
			return last, err
		}
		last = page[len(page)-1].N
	}
	return last, nil
}

// countMissing counts the people who are on no row, by what became of them. Those
// who lost what the source gave them stand beside the rows. Of a run that was stopped
// those are counted, too, whom it did not reach.
func (w *work) countMissing(ctx context.Context, r rendering, s provision.Summary) (provision.Summary, error) {
	reached := map[string]bool{}
	for after := 0; ; {
		page, err := w.Store.Removals(ctx, w.run.ID, after, ledgerPage)
		if err != nil {
			return s, err
		}
		if len(page) == 0 {
			break
		}
		for _, one := range page {
			if one.Outcome == provision.Removed {
				if s.Outcomes == nil {
					s.Outcomes = map[provision.Outcome]int{}
				}
				s.Outcomes[provision.Removed]++
			}
			countReason(&s, one.Reason)
			var detail provision.RemovalDetail
			if len(one.Detail) > 0 {
				if err := json.Unmarshal(one.Detail, &detail); err != nil {
					return s, fmt.Errorf("reading what became of somebody who is missing: %w", err)
				}
			}
			if detail.Link {
				s.LostLinks++
			}
			if r.interrupted != 0 {
				reached[one.Account] = true
			}
		}
		after = page[len(page)-1].N
	}
	if r.interrupted == 0 {
		return w.late(ctx, s)
	}
	for step, err := range r.planned.Missing() {
		if err != nil {
			return s, err
		}
		if !reached[step.Account] {
			countReason(&s, reason.NotReached)
		}
	}
	return w.late(ctx, s)
}

// countReason counts somebody who is on no row.
func countReason(s *provision.Summary, why reason.Code) {
	if s.Missing == nil {
		s.Missing = map[reason.Code]int{}
	}
	s.Missing[why]++
}

// late tells of the sources that the operator of a sync sees, and that have had no
// complete list for long. This one has just had its own.
func (w *work) late(ctx context.Context, s provision.Summary) (provision.Summary, error) {
	if s.Source == nil || w.sc.Authority == nil { // or a report that is written again
		return s, nil
	}
	all, err := Sources(ctx, w.Engine, w.sc.Authority)
	s.Late = provision.LateSources(slices.DeleteFunc(all, func(one provision.Source) bool {
		return s.Source.Complete && one.Name == s.Source.Name
	}), w.Now())
	return s, err
}
