package store

import "muster/provision"

// What was taken away stays on record when it comes back: of several times the
// last one counts.

func backMemberships(b provision.Batch) step {
	s := &statement{
		what: "memberships that come back",
		all:  true,
		text: `INSERT INTO memberships (account_id, brand_id, kind, role, permissions, attributes, run_id, source,
				granted_by, granted_at)
			SELECT e.account_id, e.brand_id, e.kind, e.role, e.permissions, e.attributes, e.run_id, e.source,
				e.granted_by, e.granted_at
			FROM {rows} AS r CROSS JOIN memberships_ended AS e
			WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND e.brand_id = CAST(r.value->>1 AS {uuid})
			AND e.ended_at = (SELECT MAX(x.ended_at) FROM memberships_ended AS x
				WHERE x.account_id = e.account_id AND x.brand_id = e.brand_id)`,
	}
	s.rows.addLeaves(b.Back.Memberships)
	return s
}

// backCampaignsOfBrands brings the access to campaigns back that ended with a
// membership.
func backCampaignsOfBrands(b provision.Batch) step {
	s := &statement{
		what: "campaign access that comes back with its brand",
		text: `INSERT INTO campaign_access (account_id, campaign_id, run_id, source, granted_by, granted_at)
			SELECT e.account_id, e.campaign_id, e.run_id, e.source, e.granted_by, e.granted_at
			FROM {rows} AS r CROSS JOIN campaigns AS c CROSS JOIN campaign_access_ended AS e
			WHERE c.brand_id = CAST(r.value->>1 AS {uuid}) AND e.account_id = CAST(r.value->>0 AS {uuid})
			AND e.campaign_id = c.id AND e.ended_at = (SELECT MAX(x.ended_at) FROM memberships_ended AS x
				WHERE x.account_id = e.account_id AND x.brand_id = c.brand_id)
			ON CONFLICT DO NOTHING`,
	}
	s.rows.addLeaves(b.Back.Memberships)
	return s
}

func backCampaigns(b provision.Batch) step {
	s := &statement{
		what: "campaign access that comes back",
		all:  true,
		text: `INSERT INTO campaign_access (account_id, campaign_id, run_id, source, granted_by, granted_at)
			SELECT e.account_id, e.campaign_id, e.run_id, e.source, e.granted_by, e.granted_at
			FROM {rows} AS r CROSS JOIN campaign_access_ended AS e
			WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND e.campaign_id = CAST(r.value->>1 AS {uuid})
			AND e.ended_at = (SELECT MAX(x.ended_at) FROM campaign_access_ended AS x
				WHERE x.account_id = e.account_id AND x.campaign_id = e.campaign_id)`,
	}
	s.rows.addRevokes(b.Back.Campaigns)
	return s
}

func backProducts(b provision.Batch) step {
	s := &statement{
		what: "product access that comes back",
		all:  true,
		more: []any{b.By.Organization},
		text: `INSERT INTO product_access (account_id, organization_id, product, run_id, source, granted_by, granted_at)
			SELECT e.account_id, e.organization_id, e.product, e.run_id, e.source, e.granted_by, e.granted_at
			FROM {rows} AS r CROSS JOIN product_access_ended AS e
			WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND e.organization_id = CAST($2 AS {uuid})
			AND e.product = r.value->>1
			AND e.ended_at = (SELECT MAX(x.ended_at) FROM product_access_ended AS x WHERE x.account_id = e.account_id
				AND x.organization_id = e.organization_id AND x.product = e.product)`,
	}
	s.rows.addRevokes(b.Back.Products)
	return s
}
