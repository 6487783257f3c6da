package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"muster/importer/record"
	"muster/provision"
)

// What a run took away, unless it was taken away once more since.
const (
	endedMembershipsSQL = `SELECT CAST(e.account_id AS text) AS account, CAST(e.brand_id AS text) AS brand, e.kind, e.role, e.attributes
		FROM {rows} AS r CROSS JOIN memberships_ended AS e CROSS JOIN brands AS b
		WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND e.ended_run = CAST(r.value->>1 AS {uuid})
		AND b.id = e.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND e.ended_at = (SELECT MAX(x.ended_at) FROM memberships_ended AS x
			WHERE x.account_id = e.account_id AND x.brand_id = e.brand_id)
		ORDER BY e.account_id, e.brand_id`

	endedCampaignsSQL = `SELECT CAST(e.account_id AS text) AS account, CAST(e.campaign_id AS text) AS name
		FROM {rows} AS r CROSS JOIN campaign_access_ended AS e CROSS JOIN campaigns AS c CROSS JOIN brands AS b
		WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND e.ended_run = CAST(r.value->>1 AS {uuid})
		AND c.id = e.campaign_id AND b.id = c.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND e.ended_at = (SELECT MAX(x.ended_at) FROM campaign_access_ended AS x
			WHERE x.account_id = e.account_id AND x.campaign_id = e.campaign_id)
		ORDER BY e.account_id, e.campaign_id`

	endedProductsSQL = `SELECT CAST(e.account_id AS text) AS account, e.product AS name
		FROM {rows} AS r CROSS JOIN product_access_ended AS e
		WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND e.ended_run = CAST(r.value->>1 AS {uuid})
		AND e.organization_id = CAST($2 AS {uuid})
		AND e.ended_at = (SELECT MAX(x.ended_at) FROM product_access_ended AS x WHERE x.account_id = e.account_id
			AND x.organization_id = e.organization_id AND x.product = e.product)
		ORDER BY e.account_id, e.product`
)

// EndedIn reads what runs took away from accounts.
func (d directory) EndedIn(ctx context.Context, organization string, runs map[string]string) ([]provision.Ended, error) {
	if len(runs) == 0 {
		return nil, nil
	}
	var r rows
	accounts := slices.Sorted(maps.Keys(runs))
	all := make([]provision.Ended, len(accounts))
	at := map[string]*provision.Ended{}
	for i, account := range accounts {
		r.add(account, runs[account])
		all[i].Account = account
		at[account] = &all[i]
	}
	param, err := r.param()
	if err == nil {
		err = d.endedMemberships(ctx, param, organization, at)
	}
	if err == nil {
		err = d.endedNames(ctx, endedCampaignsSQL, param, organization, func(account, name string) {
			at[account].Campaigns = append(at[account].Campaigns, name)
		})
	}
	if err == nil {
		err = d.endedNames(ctx, endedProductsSQL, param, organization, func(account, name string) {
			at[account].Products = append(at[account].Products, name)
		})
	}
	if err != nil {
		return nil, fmt.Errorf("reading what ended: %w", err)
	}
	return all, nil
}

func (d directory) endedMemberships(
	ctx context.Context, param, organization string, at map[string]*provision.Ended,
) error {
	var all []struct {
		Account    string      `db:"account"`
		Brand      string      `db:"brand"`
		Kind       record.Kind `db:"kind"`
		Role       string      `db:"role"`
		Attributes document    `db:"attributes"`
	}
	if err := d.all(ctx, &all, endedMembershipsSQL, param, organization); err != nil {
		return err
	}
	for _, m := range all {
		ended := provision.EndedMembership{Brand: m.Brand, Kind: m.Kind, Role: m.Role}
		if err := m.Attributes.into(&ended.Columns); err != nil {
			return err
		}
		at[m.Account].Memberships = append(at[m.Account].Memberships, ended)
	}
	return nil
}

func (d directory) endedNames(ctx context.Context, text, param, organization string, add func(account, name string)) error {
	var all []struct {
		Account string `db:"account"`
		Name    string `db:"name"`
	}
	err := d.all(ctx, &all, text, param, organization)
	for _, n := range all {
		add(n.Account, n.Name)
	}
	return err
}
