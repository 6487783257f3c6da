package store

import (
	"cmp"
	"slices"

	"muster/provision"
)

// granted are the values that say who granted something.
func granted(by provision.Author) []any {
	return []any{orNil(by.Run), by.Source, orNil(by.Account), stamp(by.At)}
}

func newMemberships(b provision.Batch) step {
	return &insertion{
		what:   "memberships",
		into:   membershipsTable,
		shared: granted(b.By),
		fill: func(r *rows) {
			for _, m := range sorted(b.Memberships, byBrand) {
				r.add(m.Account, m.Brand, m.Kind, m.Role, m.Attributes, m.Permissions)
			}
		},
	}
}

// raises leave who granted the membership as it is: the audit has the raise.
func raises(b provision.Batch) step {
	s := &statement{
		what: "roles",
		all:  true,
		text: `UPDATE memberships SET role = r.value->>2 FROM {rows} AS r
			WHERE memberships.account_id = CAST(r.value->>0 AS {uuid}) AND memberships.brand_id = CAST(r.value->>1 AS {uuid})`,
	}
	for _, m := range sorted(b.Raises, byBrand) {
		s.rows.add(m.Account, m.Brand, m.Role)
	}
	return s
}

// permits leave who granted the membership as it is, like raises.
func permits(b provision.Batch) step {
	s := &statement{
		what: "permissions",
		all:  true,
		text: `UPDATE memberships SET permissions = CAST(r.value->>2 AS {json}) FROM {rows} AS r
			WHERE memberships.account_id = CAST(r.value->>0 AS {uuid}) AND memberships.brand_id = CAST(r.value->>1 AS {uuid})`,
	}
	for _, m := range sorted(b.Permits, byBrand) {
		s.rows.add(m.Account, m.Brand, m.Permissions)
	}
	return s
}

func byBrand(x, y provision.MembershipRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Brand, y.Brand))
}

func newCampaigns(b provision.Batch) step {
	return &insertion{
		what:   "campaign access",
		into:   campaignsTable,
		shared: granted(b.By),
		fill: func(r *rows) {
			for _, c := range distinct(b.Campaigns, byCampaign) {
				r.add(c.Account, c.Campaign)
			}
		},
	}
}

func byCampaign(x, y provision.CampaignRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Campaign, y.Campaign))
}

func newProducts(b provision.Batch) step {
	shared := append([]any{b.By.Organization}, granted(b.By)...)
	return &insertion{
		what:   "product access",
		into:   productsTable,
		shared: shared,
		fill: func(r *rows) {
			for _, p := range distinct(b.Products, byProduct) {
				r.add(p.Account, p.Product)
			}
		},
	}
}

func byProduct(x, y provision.ProductRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Product, y.Product))
}

func lifts(b provision.Batch) step {
	s := &statement{
		what: "lifted blocks",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE blocks SET lifted_at = CAST($2 AS {ts})
			WHERE lifted_at IS NULL AND (account_id, organization_id) IN (
				SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`,
	}
	for _, l := range distinct(b.Lifts, func(x, y provision.Lift) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Organization, y.Organization))
	}) {
		s.rows.add(l.Account, l.Organization)
	}
	return s
}

// blocked ends the access of accounts to organizations, also of those whose
// block was lifted before.
func blocked(b provision.Batch) step {
	s := &statement{
		what: "blocks",
		all:  true,
		more: granted(b.By),
		text: `INSERT INTO blocks
			(account_id, organization_id, run_id, source, blocked_by, blocked_at, why)
			SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}), CAST($2 AS {uuid}), $3, CAST($4 AS {uuid}),
			CAST($5 AS {ts}), r.value->>2 FROM {rows} AS r WHERE true
			ON CONFLICT (account_id, organization_id) DO UPDATE SET run_id = excluded.run_id, source = excluded.source,
				blocked_by = excluded.blocked_by, blocked_at = excluded.blocked_at, why = excluded.why, lifted_at = NULL
			WHERE blocks.lifted_at IS NOT NULL`,
	}
	s.rows.addBlocks(slices.DeleteFunc(slices.Clone(b.Blocks), func(x provision.BlockRow) bool { return x.Again }))
	return s
}

// blockedAgain brings blocks back that were lifted, as they were.
func blockedAgain(b provision.Batch) step {
	s := &statement{
		what: "blocks that come back",
		all:  true,
		text: `UPDATE blocks SET lifted_at = NULL
			WHERE lifted_at IS NOT NULL AND (account_id, organization_id) IN (
				SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`,
	}
	s.rows.addBlocks(slices.DeleteFunc(slices.Clone(b.Blocks), func(x provision.BlockRow) bool { return !x.Again }))
	return s
}

func (r *rows) addBlocks(blocks []provision.BlockRow) {
	for _, b := range distinct(blocks, func(x, y provision.BlockRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Organization, y.Organization))
	}) {
		r.add(b.Account, b.Organization, b.Why)
	}
}
