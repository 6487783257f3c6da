package pick

import (
	"context"

	"muster/provision"
)

// Look finds somebody who is named, to be looked at: false where that is nobody
// of whom the operator of the scope may know.
func Look(ctx context.Context, e *provision.Engine, sc provision.Scope, one Target) (Person, bool, error) {
	found, _, err := targets{Selection{Targets: []Target{one}}}.find(ctx, e, sc, []Target{one}, 0)
	if err != nil || found[0].Settled != nil {
		return Person{}, false, err
	}
	people, err := read(ctx, e, sc.Policy, []string{found[0].Account}, nil)
	if err != nil || len(people) == 0 || !people[0].Account.KnownTo(sc.Policy.VisibleBrands) {
		return Person{}, false, err
	}
	return people[0], true, nil
}
