package store

import (
	"context"
	"fmt"
	"slices"

	"muster/importer/record"
	"muster/provision"
)

// What syncs took away, unless somebody else took it away once more since. What was
// given again and taken back by an undo stands as it stood before.
const (
	endedMembershipsSQL = `SELECT CAST(e.account_id AS text) AS account, CAST(e.brand_id AS text) AS brand, e.kind, e.role, e.attributes
		FROM {rows} AS r CROSS JOIN memberships_ended AS e CROSS JOIN brands AS b
		WHERE e.account_id = CAST(r.value->>0 AS {uuid})
		AND b.id = e.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND e.ended_at = (SELECT MAX(x.ended_at) FROM memberships_ended AS x
			WHERE x.account_id = e.account_id AND x.brand_id = e.brand_id)
		AND (e.ended_why = 'absent_from_list' OR e.ended_why IN ('reversed', 'reversed_in_part') AND EXISTS (
			SELECT 1 FROM memberships_ended AS x WHERE x.account_id = e.account_id AND x.brand_id = e.brand_id
			AND x.ended_why = 'absent_from_list'))
		ORDER BY e.account_id, e.brand_id`

	endedCampaignsSQL = `SELECT CAST(e.account_id AS text) AS account, CAST(e.campaign_id AS text) AS name
		FROM {rows} AS r CROSS JOIN campaign_access_ended AS e CROSS JOIN campaigns AS c CROSS JOIN brands AS b
		WHERE e.account_id = CAST(r.value->>0 AS {uuid})
		AND c.id = e.campaign_id AND b.id = c.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND e.ended_at = (SELECT MAX(x.ended_at) FROM campaign_access_ended AS x
			WHERE x.account_id = e.account_id AND x.campaign_id = e.campaign_id)
		AND (e.ended_why = 'absent_from_list' OR e.ended_why IN ('reversed', 'reversed_in_part') AND EXISTS (
			SELECT 1 FROM campaign_access_ended AS x WHERE x.account_id = e.account_id AND x.campaign_id = e.campaign_id
			AND x.ended_why = 'absent_from_list'))
		ORDER BY e.account_id, e.campaign_id`

	endedProductsSQL = `SELECT CAST(e.account_id AS text) AS account, e.product AS name
		FROM {rows} AS r CROSS JOIN product_access_ended AS e
		WHERE e.account_id = CAST(r.value->>0 AS {uuid})
		AND e.organization_id = CAST($2 AS {uuid})
		AND e.ended_at = (SELECT MAX(x.ended_at) FROM product_access_ended AS x WHERE x.account_id = e.account_id
			AND x.organization_id = e.organization_id AND x.product = e.product)
		AND (e.ended_why = 'absent_from_list' OR e.ended_why IN ('reversed', 'reversed_in_part') AND EXISTS (
			SELECT 1 FROM product_access_ended AS x WHERE x.account_id = e.account_id
			AND x.organization_id = e.organization_id AND x.product = e.product AND x.ended_why = 'absent_from_list'))
		ORDER BY e.account_id, e.product`
)

// EndedByAbsence reads what syncs took away from accounts who were missing.
func (d directory) EndedByAbsence(ctx context.Context, organization string, accounts []string) ([]provision.Ended, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	var r rows
	accounts = slices.Compact(slices.Sorted(slices.Values(accounts)))
	all := make([]provision.Ended, len(accounts))
	at := map[string]*provision.Ended{}
	for i, account := range accounts {
		r.add(account)
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
