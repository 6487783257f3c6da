package run

import (
	"context"
	"fmt"
	"strings"

	"muster/importer/failure"
	"muster/provision"
	"muster/provision/change"
)

// Locks returns the lease of an organization's runs, if it is held, or lapsed and
// nobody has taken it over. Where the shards of a run share it, theirs follow.
func Locks(ctx context.Context, e *provision.Engine, a *provision.Authority) ([]provision.Lease, error) {
	all, err := e.Store.Leases(ctx)
	if err != nil {
		return nil, err
	}
	var own []provision.Lease
	for _, l := range all { // by name: that of the organization comes first
		part := len(own) > 0 && own[0].Shared && strings.HasPrefix(l.Name, provision.PartPrefix(own[0].Run))
		if l.Name == provision.LeaseName(a.Organization.Slug) || part {
			own = append(own, l)
		}
	}
	return own, nil
}

// ReleaseLock takes the lease of an organization's runs away from its holder, if
// it has the token, and returns it. The audit says who did it.
func ReleaseLock(
	ctx context.Context, e *provision.Engine, a *provision.Authority, token int64,
) (provision.Lease, error) {
	held, err := Locks(ctx, e, a)
	if err != nil {
		return provision.Lease{}, err
	}
	if len(held) == 0 || held[0].Token != token {
		return provision.Lease{}, &provision.ConfigError{
			Msg:   fmt.Sprintf("no lock of organization %q has token %d", a.Organization.Slug, token),
			Class: failure.NoLock,
		}
	}
	by := a.Author("lock release", e.Now())
	entry, err := change.Noted(by, e.NewID(), change.ReleaseAction, map[string]any{"run": held[0].Run, "token": token})
	if err != nil {
		return provision.Lease{}, err
	}
	return held[0], provision.Retry(func() error {
		return e.Store.InTx(ctx, func(tx provision.Tx) error {
			if err := tx.Release(ctx, held[0].Name, token); err != nil {
				return err
			}
			return tx.Apply(ctx, entry)
		})
	})
}
