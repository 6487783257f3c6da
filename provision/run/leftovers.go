package run

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"muster/provision"
)

// Leftovers are the runs whose reports still hold something of the people whom a
// run erased. Its own ledger says which those are: once people are erased nothing
// else does.
func Leftovers(ctx context.Context, e *provision.Engine, run string) ([]provision.Run, error) {
	var ids []string
	for after := 0; ; {
		page, err := e.Store.Ledger(ctx, run, after, ledgerPage)
		for _, r := range page {
			if r.Detail != nil {
				ids = append(ids, r.Detail.Runs...)
			}
		}
		if err != nil {
			return nil, err
		}
		if len(page) < ledgerPage {
			return reports(ctx, e, ids)
		}
		after = page[len(page)-1].Row
	}
}

// Reports are the runs whose reports hold something of an account, the earliest
// first: a report is a file, which no database removes.
func Reports(ctx context.Context, e *provision.Engine, organization, account string) ([]provision.Run, error) {
	var runs map[string][]string
	err := provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) (err error) {
			runs, err = d.Mentioned(ctx, organization, []string{account})
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return reports(ctx, e, runs[account])
}

// reports are those of the runs that have files of people. What cannot be looked
// at is left out.
func reports(ctx context.Context, e *provision.Engine, ids []string) ([]provision.Run, error) {
	slices.Sort(ids)
	var all []provision.Run
	for _, id := range slices.Compact(ids) {
		earlier, err := e.Store.Run(ctx, id)
		if errors.Is(err, provision.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if left, err := e.Folders.Leavings(earlier, false); err == nil && len(left.Files) > 0 {
			all = append(all, earlier)
		}
	}
	slices.SortFunc(all, func(x, y provision.Run) int { return cmp.Compare(x.ID, y.ID) })
	return all, nil
}
