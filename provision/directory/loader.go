package directory

import (
	"context"
	"fmt"

	"muster/importer/identity"
	"muster/provision"
)

// LoadAccounts puts a chunk of accounts that the platform has already into the
// directory, in one transaction, and says what became of them; compareAccounts
// has the rules. It fails with ErrMoved where others were faster time and
// again, or where the id of a new account is somebody's.
func LoadAccounts(
	ctx context.Context, w provision.Writer, accounts []Account, by provision.Author, newID func() string,
) (provision.LoadCounts, error) {
	var counts provision.LoadCounts
	err := provision.Again(func() error {
		return w.InTx(ctx, func(tx provision.Tx) error {
			found, holdings, err := lookUp(ctx, tx, accounts)
			if err != nil {
				return err
			}
			var batch provision.Batch
			batch, counts = compareAccounts(accounts, found, holdings, by, newID)
			return tx.Apply(ctx, batch)
		})
	})
	if err != nil {
		return provision.LoadCounts{}, fmt.Errorf("loading accounts: %w", err)
	}
	return counts, nil
}

// lookUp reads who owns the keys of a chunk, and what has to be known of them.
func lookUp(ctx context.Context, tx provision.Tx, accounts []Account) ([]provision.Found, []provision.Holding, error) {
	var asked []identity.Key
	for _, d := range accounts {
		asked = append(asked, accountKeys(d)...)
	}
	found, err := tx.Resolve(ctx, asked)
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Account)
	}
	for _, d := range accounts {
		if d.Before != "" && d.Email.IsZero() {
			ids = append(ids, d.Before)
		}
	}
	holdings, err := tx.Holdings(ctx, ids)
	return found, holdings, err
}
