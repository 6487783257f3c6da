package pick

import (
	"context"

	"muster/provision"
)

// Find looks up who is named, one after the other: nobody (without an account)
// where that leads to nobody, to several, or to somebody of whom the operator
// may not know.
func Find(ctx context.Context, e *provision.Engine, sc provision.Scope, named ...Target) ([]Person, error) {
	return targets{}.people(ctx, e, sc, named)
}

// FindFormer is Find for what is looked at or handed out, and gives nobody
// anything: an address that was somebody's before names them, too, and so it does
// people who are in no brand any more.
func FindFormer(ctx context.Context, e *provision.Engine, sc provision.Scope, named ...Target) ([]Person, error) {
	return targets{Selection{Former: true}}.people(ctx, e, sc, named)
}

func (t targets) people(ctx context.Context, e *provision.Engine, sc provision.Scope, named []Target) ([]Person, error) {
	found, _, err := t.find(ctx, e, sc, named, 0)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range found {
		if f.Settled == nil {
			ids = append(ids, f.Account)
		}
	}
	people, err := read(ctx, e, sc.Policy, ids, nil)
	if err != nil {
		return nil, err
	}
	all := make([]Person, len(named))
	for i, f := range found {
		for _, p := range people {
			if f.Settled == nil && p.Account.ID == f.Account {
				all[i] = p
			}
		}
	}
	return all, nil
}
