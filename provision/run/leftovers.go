package run

import (
	"cmp"
	"context"
	"slices"

	"muster/provision"
)

// storyRows is how many rows of a person are looked through, the newest first.
const storyRows = 1000

// Leftovers are the runs whose reports still hold something of the people of a
// run: see Reports.
func Leftovers(ctx context.Context, e *provision.Engine, organization, run string) ([]provision.Run, error) {
	people, err := peopleOf(ctx, e, run)
	if err != nil {
		return nil, err
	}
	all, err := Reports(ctx, e, organization, people...)
	return slices.DeleteFunc(all, func(r provision.Run) bool { return r.ID == run }), err
}

// Reports are the runs whose reports still hold something of accounts, the
// earliest first: a report is a file, which no database removes. What cannot be
// looked at is left out.
func Reports(
	ctx context.Context, e *provision.Engine, organization string, accounts ...string,
) ([]provision.Run, error) {
	seen := map[string]bool{}
	var all []provision.Run
	for _, account := range accounts {
		rows, err := e.Store.AccountRows(ctx, organization, account, storyRows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if seen[r.Run] {
				continue
			}
			seen[r.Run] = true
			earlier, err := e.Store.Run(ctx, r.Run)
			if err != nil {
				return nil, err
			}
			if left, err := e.Folders.Leavings(earlier, false); err == nil && len(left.Files) > 0 {
				all = append(all, earlier)
			}
		}
	}
	slices.SortFunc(all, func(x, y provision.Run) int { return cmp.Compare(x.ID, y.ID) })
	return all, nil
}

// peopleOf are the accounts that the rows of a run led to.
func peopleOf(ctx context.Context, e *provision.Engine, run string) ([]string, error) {
	var all []string
	for after := 0; ; {
		page, err := e.Store.Ledger(ctx, run, after, ledgerPage)
		for _, r := range page {
			if r.Account != "" {
				all = append(all, r.Account)
			}
		}
		if err != nil || len(page) < ledgerPage {
			return all, err
		}
		after = page[len(page)-1].Row
	}
}
