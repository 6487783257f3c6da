package run

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// lookAgain looks up where the keys lead now that the steps watch, in one
// statement.
//
// Keys that led to somebody are looked up together, as those of the account they
// led to, which takes less than a look-up of each. One that is not among them leads
// elsewhere, or nowhere, and either makes its step stale. The version alone would
// not do: whoever moves a key may forget to raise it, and a database that was put
// back may have reached the same version in another way.
//
// Keys that led nowhere are looked up one by one. On the first attempt those are
// not which a new account is to get: the unique key refuses a taken one, and the
// next attempt looks.
func lookAgain(
	ctx context.Context, tx provision.Tx, steps []change.Step, first bool,
) (map[identity.Key]provision.Found, error) {
	var keys []identity.Key
	var accounts []string
	watched := 0
	asked := make(map[string]bool, len(steps))
	for _, s := range steps {
		if first && s.Creates() && !slices.ContainsFunc(s.Watch, dedupe.Watched.Taken) {
			continue
		}
		watched += len(s.Watch)
		for _, w := range s.Watch {
			switch {
			case !w.Taken() || w.Key.Space == dedupe.AccountSpace:
				keys = append(keys, w.Key)
			case !asked[w.Account]:
				asked[w.Account] = true
				accounts = append(accounts, w.Account)
			}
		}
	}
	if len(keys)+len(accounts) == 0 {
		return nil, nil
	}
	found, err := tx.Resolve(ctx, keys, accounts)
	byKey := make(map[identity.Key]provision.Found, watched)
	for _, f := range found {
		byKey[f.Key] = f
	}
	return byKey, err
}
