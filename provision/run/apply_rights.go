package run

import (
	"context"
	"errors"
	"slices"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// mayStill makes sure that the operator may do what the run was planned on: each
// chunk asks.
func (a *applier) mayStill(ctx context.Context, tx provision.Tx) error {
	now, err := tx.Operator(ctx, a.by.Organization, a.by.Account)
	known := !errors.Is(err, provision.ErrNotFound)
	if err != nil && known {
		return err
	}
	if a.brand != "" {
		now = now.In(a.brand)
	}
	return provision.Withdrawn(a.rights, now, known)
}

func isWithdrawn(err error) bool {
	_, is := errors.AsType[*provision.WithdrawnError](err)
	return is
}

// leftOut are the steps of a chunk that would leave an organization without an
// administrator, or give it more people than its plan allows, by their first
// rows. Everybody else of the chunk goes on.
type leftOut map[int]barred

// barred is why a step is not carried out.
type barred struct {
	why reason.Code
	err error
}

// found notes the steps that an error speaks of. It reports whether there are
// any.
func (l leftOut) found(steps []change.Step, err error) bool {
	if last, is := errors.AsType[*provision.LastAdministratorError](err); is {
		return l.last(steps, last)
	}
	full, is := errors.AsType[*provision.PlanLimitError](err)
	return is && l.seatless(steps, full)
}

// last notes, of several steps that take rights from administrators, the last
// one, so that those before it go through.
func (l leftOut) last(steps []change.Step, err *provision.LastAdministratorError) bool {
	for _, s := range slices.Backward(steps) {
		if _, out := l[s.Key()]; !out && slices.Contains(err.Accounts, s.Account) {
			l[s.Key()] = barred{reason.LastAdministrator, err}
			return true
		}
	}
	return false
}

// seatless notes as many of those who come last as there are too many.
func (l leftOut) seatless(steps []change.Step, err *provision.PlanLimitError) bool {
	found := false
	over := err.Over
	for _, s := range slices.Backward(steps) {
		if _, out := l[s.Key()]; over > 0 && !out && takesIn(s, err.Kind) {
			l[s.Key()] = barred{reason.PlanLimit, err}
			found = true
			over--
		}
	}
	return found
}

// ledger are the rows of such a step: nothing of it is done.
func (l leftOut) ledger(s change.Step) []provision.LedgerRow {
	out := l[s.Key()]
	rows := s.LedgerAs(change.Verdict{Outcome: provision.Rejected, Reason: out.why})
	for i := range rows {
		if rows[i].Detail == nil {
			rows[i].Detail = &provision.Detail{}
		}
		problem := record.Problem{Code: out.why, Message: out.err.Error(), Fatal: true}
		rows[i].Detail.Problems = append(slices.Clone(rows[i].Detail.Problems), problem)
	}
	return rows
}
