package pick

import (
	"context"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
)

// One finds the account of a target; false where the operator may not know of
// any.
func One(ctx context.Context, e *provision.Engine, sc provision.Scope, t Target) (a dedupe.Account, known bool, err error) {
	err = Snapshot(ctx, e, func(d provision.Directory) error {
		found := []Picked{{Account: t.Account}}
		if t.Account == "" {
			r := t.record()
			r.Row = 1
			var err error
			if found, err = identify(ctx, d, sc.Policy, []record.Record{r}); err != nil {
				return err
			}
		}
		all, err := accounts(ctx, d, sc.Policy, found, false)
		a, known = all[found[0].Account]
		return err
	})
	return a, known, err
}
