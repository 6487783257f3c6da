package mail

import (
	"context"

	"muster/provision"
)

// Unreached are the people whom no mail reaches at their address, the latest
// first: those whom the operator sees.
func Unreached(
	ctx context.Context, e *provision.Engine, a *provision.Authority,
) ([]provision.UndeliverablePerson, error) {
	all, err := e.Store.Undeliverable(ctx, a.Organization.ID)
	if err != nil || len(all) == 0 || a.SeesAll() {
		return all, err
	}
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.Account
	}
	visible := make(map[string]bool, len(all))
	brands := a.VisibleBrands()
	err = e.Store.Snapshot(ctx, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, a.Organization.ID, ids, e.Now())
		for _, one := range accounts {
			visible[one.ID] = one.Visible(brands)
		}
		return err
	})
	var seen []provision.UndeliverablePerson
	for _, p := range all {
		if visible[p.Account] {
			seen = append(seen, p)
		}
	}
	return seen, err
}
