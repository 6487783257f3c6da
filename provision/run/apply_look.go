package run

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// lookAgain looks up where the keys lead now that the steps watch.
//
// Keys that led to somebody are looked up as the account they led to, once for
// all of them: whatever takes a key from an account raises its version, and
// joining two raises both, so an account that has the version which the plan
// saw has the keys which the plan saw. A plan that was made for another database
// saw another account under the same id; there each key is looked up.
//
// Nothing is raised by somebody new having a key that nobody had, and so these
// are looked up one by one. On the first attempt those are not which a new
// account is to get: the unique key refuses a taken one, and the next attempt
// looks.
func (a *applier) lookAgain(
	ctx context.Context, tx provision.Tx, steps []change.Step, first bool,
) (map[identity.Key]provision.Found, error) {
	var keys []identity.Key
	watched := 0
	accounts := make(map[string]bool, len(steps))
	for _, s := range steps {
		if first && s.Creates() && !slices.ContainsFunc(s.Watch, dedupe.Watched.Taken) {
			continue
		}
		watched += len(s.Watch)
		for _, w := range s.Watch {
			switch {
			case !w.Taken() || !a.same:
				keys = append(keys, w.Key)
			case !accounts[w.Account]:
				accounts[w.Account] = true
				keys = append(keys, identity.Key{Space: dedupe.AccountSpace, Value: w.Account})
			}
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	found, err := tx.Resolve(ctx, keys)
	byKey := make(map[identity.Key]provision.Found, watched+len(accounts))
	for _, f := range found {
		byKey[f.Key] = f
	}
	if a.same {
		leadAsBefore(byKey, steps)
	}
	return byKey, err
}

// leadAsBefore adds the keys that led to accounts which were found: they lead
// there still, or the account has another version by now.
func leadAsBefore(found map[identity.Key]provision.Found, steps []change.Step) {
	for _, s := range steps {
		for _, w := range s.Watch {
			if f, there := found[identity.Key{Space: dedupe.AccountSpace, Value: w.Account}]; there && w.Taken() {
				f.Key = w.Key
				found[w.Key] = f
			}
		}
	}
}
