package store

import (
	"cmp"

	"muster/provision"
)

// endedBy are the values that say when something was taken away, in which run,
// and by whom; they begin at $2.
func endedBy(by provision.Author) []any {
	return []any{stamp(by.At), orNil(by.Run), orNil(by.Account)}
}

// keptMemberships moves memberships that end to where they can come back from;
// goneMemberships takes them away.
func keptMemberships(b provision.Batch) step {
	s := &statement{
		what: "memberships that ended",
		all:  true,
		more: endedBy(b.By),
		text: `INSERT INTO memberships_ended (account_id, brand_id, kind, role, permissions, attributes, run_id, source,
				granted_by, granted_at, ended_at, ended_run, ended_by, ended_why)
			SELECT m.account_id, m.brand_id, m.kind, m.role, m.permissions, m.attributes, m.run_id, m.source,
				m.granted_by, m.granted_at, CAST($2 AS {ts}), CAST($3 AS {uuid}), CAST($4 AS {uuid}), r.value->>2
			FROM {rows} AS r CROSS JOIN memberships AS m
			WHERE m.account_id = CAST(r.value->>0 AS {uuid}) AND m.brand_id = CAST(r.value->>1 AS {uuid})`,
	}
	s.rows.addLeaves(b.Gone.Memberships)
	return s
}

func goneMemberships(b provision.Batch) step {
	s := &statement{
		what: "memberships taken away",
		all:  true,
		text: `DELETE FROM memberships WHERE (account_id, brand_id) IN (
			SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`,
	}
	s.rows.addLeaves(b.Gone.Memberships)
	return s
}

// keptCampaignsOfBrands moves the access to campaigns of brands that are left.
func keptCampaignsOfBrands(b provision.Batch) step {
	s := &statement{
		what: "campaign access that ended with its brand",
		more: endedBy(b.By),
		text: `INSERT INTO campaign_access_ended (account_id, campaign_id, run_id, source, granted_by, granted_at,
				ended_at, ended_run, ended_by, ended_why)
			SELECT g.account_id, g.campaign_id, g.run_id, g.source, g.granted_by, g.granted_at,
				CAST($2 AS {ts}), CAST($3 AS {uuid}), CAST($4 AS {uuid}), r.value->>2
			FROM {rows} AS r CROSS JOIN campaigns AS c CROSS JOIN campaign_access AS g
			WHERE c.brand_id = CAST(r.value->>1 AS {uuid}) AND g.account_id = CAST(r.value->>0 AS {uuid})
			AND g.campaign_id = c.id`,
	}
	s.rows.addLeaves(b.Gone.Memberships)
	return s
}

func goneCampaignsOfBrands(b provision.Batch) step {
	s := &statement{
		what: "campaign access taken away with its brand",
		text: `DELETE FROM campaign_access WHERE (account_id, campaign_id) IN (
			SELECT CAST(r.value->>0 AS {uuid}), c.id FROM {rows} AS r CROSS JOIN campaigns AS c
			WHERE c.brand_id = CAST(r.value->>1 AS {uuid}))`,
	}
	s.rows.addLeaves(b.Gone.Memberships)
	return s
}

func (r *rows) addLeaves(of []provision.LeaveRow) {
	for _, l := range sorted(of, func(x, y provision.LeaveRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Brand, y.Brand))
	}) {
		r.add(l.Account, l.Brand, l.Why)
	}
}

func keptCampaigns(b provision.Batch) step {
	s := &statement{
		what: "campaign access that ended",
		all:  true,
		more: endedBy(b.By),
		text: `INSERT INTO campaign_access_ended (account_id, campaign_id, run_id, source, granted_by, granted_at,
				ended_at, ended_run, ended_by, ended_why)
			SELECT g.account_id, g.campaign_id, g.run_id, g.source, g.granted_by, g.granted_at,
				CAST($2 AS {ts}), CAST($3 AS {uuid}), CAST($4 AS {uuid}), r.value->>2
			FROM {rows} AS r CROSS JOIN campaign_access AS g
			WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND g.campaign_id = CAST(r.value->>1 AS {uuid})`,
	}
	s.rows.addRevokes(b.Gone.Campaigns)
	return s
}

func goneCampaigns(b provision.Batch) step {
	s := &statement{
		what: "campaign access taken away",
		all:  true,
		text: `DELETE FROM campaign_access WHERE (account_id, campaign_id) IN (
			SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`,
	}
	s.rows.addRevokes(b.Gone.Campaigns)
	return s
}

func keptProducts(b provision.Batch) step {
	s := &statement{
		what: "product access that ended",
		all:  true,
		more: append(endedBy(b.By), b.By.Organization),
		text: `INSERT INTO product_access_ended (account_id, organization_id, product, run_id, source, granted_by,
				granted_at, ended_at, ended_run, ended_by, ended_why)
			SELECT g.account_id, g.organization_id, g.product, g.run_id, g.source, g.granted_by, g.granted_at,
				CAST($2 AS {ts}), CAST($3 AS {uuid}), CAST($4 AS {uuid}), r.value->>2
			FROM {rows} AS r CROSS JOIN product_access AS g
			WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND g.organization_id = CAST($5 AS {uuid})
			AND g.product = r.value->>1`,
	}
	s.rows.addRevokes(b.Gone.Products)
	return s
}

func goneProducts(b provision.Batch) step {
	s := &statement{
		what: "product access taken away",
		all:  true,
		more: []any{b.By.Organization},
		text: `DELETE FROM product_access
			WHERE organization_id = CAST($2 AS {uuid}) AND (account_id, product) IN (
				SELECT CAST(r.value->>0 AS {uuid}), r.value->>1 FROM {rows} AS r)`,
	}
	s.rows.addRevokes(b.Gone.Products)
	return s
}

func (r *rows) addRevokes(of []provision.RevokeRow) {
	for _, one := range sorted(of, func(x, y provision.RevokeRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Of, y.Of))
	}) {
		r.add(one.Account, one.Of, one.Why)
	}
}
