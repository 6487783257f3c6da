package keys

import (
	"context"
	"slices"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/link"
)

// Adopt lets a database know the keys of a ring that it does not know yet, and
// returns which. A key that is another than the one known by its id is a
// *provision.ConfigError.
func Adopt(
	ctx context.Context, e *provision.Engine, ring *link.Keyring, a *provision.Authority,
) ([]string, error) {
	checks := link.Maker(ring).Checks()
	unknown, err := provision.CompareKeys(ctx, e.Store, checks)
	if err != nil || len(unknown) == 0 {
		return nil, err
	}
	slices.Sort(unknown)
	entry, err := change.Noted(a.Author("keys check", e.Now()), e.NewID(), change.AdoptAction, map[string]any{"keys": unknown})
	if err != nil {
		return nil, err
	}
	// The audit comes first: a key that was said to be adopted and is not can be
	// adopted again.
	err = provision.Retry(func() error {
		return e.Store.InTx(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, entry) })
	})
	if err != nil {
		return nil, err
	}
	for _, kid := range unknown {
		if err := e.Store.AddKeyCheck(ctx, kid, checks[kid]); err != nil {
			return nil, err
		}
	}
	return unknown, nil
}
