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
	return provision.Withdrawn(a.rights, now, known)
}

func isWithdrawn(err error) bool {
	_, is := errors.AsType[*provision.WithdrawnError](err)
	return is
}

// lastOnes are the steps of a chunk that would leave an organization without an
// administrator, by their first rows. Everybody else of the chunk goes on.
type lastOnes map[int]*provision.LastAdministratorError

// found notes the step that an error speaks of: of several that take rights from
// administrators the last, so that those before it go through. It reports whether
// there is such a step.
func (l lastOnes) found(steps []change.Step, err error) bool {
	last, is := errors.AsType[*provision.LastAdministratorError](err)
	if !is {
		return false
	}
	for _, s := range slices.Backward(steps) {
		if l[s.Rows[0]] == nil && slices.Contains(last.Accounts, s.Account) {
			l[s.Rows[0]] = last
			return true
		}
	}
	return false
}

// ledger are the rows of such a step: nothing of it is done.
func (l lastOnes) ledger(s change.Step) []provision.LedgerRow {
	rows := s.LedgerAs(change.Verdict{Outcome: provision.Rejected, Reason: reason.LastAdministrator})
	for i := range rows {
		if rows[i].Detail == nil {
			rows[i].Detail = &provision.Detail{}
		}
		problem := record.Problem{Code: reason.LastAdministrator, Message: l[s.Rows[0]].Error(), Fatal: true}
		rows[i].Detail.Problems = append(slices.Clone(rows[i].Detail.Problems), problem)
	}
	return rows
}
