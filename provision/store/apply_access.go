package store

import (
	"cmp"
	"slices"

	"muster/provision"
)

// granted are the parameters that say who granted something, $2 to $5.
func granted(by provision.Author) []any {
	return []any{orNil(by.Run), by.Source, orNil(by.Account), stamp(by.At)}
}

func newMemberships(b provision.Batch) step {
	s := step{what: "memberships", all: true, more: granted(b.By), text: `INSERT INTO memberships (
		account_id, brand_id, kind, role, attributes, run_id, source, granted_by, granted_at)
		SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}), r.value->>2, r.value->>3,
		CAST(r.value->>4 AS {json}), CAST($2 AS {uuid}), CAST($3 AS text), CAST($4 AS {uuid}), CAST($5 AS {ts})
		FROM {rows} AS r`}
	for _, m := range sorted(b.Memberships, byBrand) {
		s.rows.add(m.Account, m.Brand, m.Kind, m.Role, m.Attributes)
	}
	return s
}

// raises leave who granted the membership as it is: the audit has the raise.
func raises(b provision.Batch) step {
	s := step{what: "roles", all: true, text: `UPDATE memberships SET role = r.value->>2 FROM {rows} AS r
		WHERE memberships.account_id = CAST(r.value->>0 AS {uuid}) AND memberships.brand_id = CAST(r.value->>1 AS {uuid})`}
	for _, m := range sorted(b.Raises, byBrand) {
		s.rows.add(m.Account, m.Brand, m.Role)
	}
	return s
}

func byBrand(x, y provision.MembershipRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Brand, y.Brand))
}

func newCampaigns(b provision.Batch) step {
	s := step{what: "campaign access", all: true, more: granted(b.By), text: `INSERT INTO campaign_access (
		account_id, campaign_id, run_id, source, granted_by, granted_at)
		SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}),
		CAST($2 AS {uuid}), CAST($3 AS text), CAST($4 AS {uuid}), CAST($5 AS {ts}) FROM {rows} AS r`}
	for _, c := range slices.Compact(sorted(b.Campaigns, func(x, y provision.CampaignRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Campaign, y.Campaign))
	})) {
		s.rows.add(c.Account, c.Campaign)
	}
	return s
}

func newProducts(b provision.Batch) step {
	s := step{what: "product access", all: true, more: append(granted(b.By), b.By.Organization), text: `INSERT INTO product_access (
		account_id, organization_id, product, run_id, source, granted_by, granted_at)
		SELECT CAST(r.value->>0 AS {uuid}), CAST($6 AS {uuid}), r.value->>1,
		CAST($2 AS {uuid}), CAST($3 AS text), CAST($4 AS {uuid}), CAST($5 AS {ts}) FROM {rows} AS r`}
	for _, p := range slices.Compact(sorted(b.Products, func(x, y provision.ProductRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Product, y.Product))
	})) {
		s.rows.add(p.Account, p.Product)
	}
	return s
}

// lowers takes the roles above the default away from those whose block ends
// without their roles.
func lowers(b provision.Batch) step {
	s := step{what: "roles after a block", more: []any{b.By.Organization}, text: `UPDATE memberships SET role = r.value->>1
		FROM {rows} AS r WHERE memberships.account_id = CAST(r.value->>0 AS {uuid})
		AND memberships.brand_id IN (SELECT b.id FROM brands AS b WHERE b.organization_id = CAST($2 AS {uuid}))
		AND (SELECT h.rank FROM roles AS h WHERE h.organization_id = CAST($2 AS {uuid}) AND h.name = memberships.role)
			> (SELECT d.rank FROM roles AS d WHERE d.organization_id = CAST($2 AS {uuid}) AND d.name = r.value->>1)`}
	for _, l := range byLift(b.Lifts) {
		if !l.Roles {
			s.rows.add(l.Account, l.Default)
		}
	}
	return s
}

func lifts(b provision.Batch) step {
	s := step{what: "lifted blocks", all: true, more: []any{b.By.Organization, stamp(b.By.At)}, text: `UPDATE blocks SET lifted_at = CAST($3 AS {ts})
		WHERE organization_id = CAST($2 AS {uuid}) AND lifted_at IS NULL AND account_id IN (
			SELECT CAST(r.value->>0 AS {uuid}) FROM {rows} AS r)`}
	for _, l := range byLift(b.Lifts) {
		s.rows.add(l.Account)
	}
	return s
}

func byLift(lifts []provision.Lift) []provision.Lift {
	return slices.Compact(sorted(lifts, func(x, y provision.Lift) int { return cmp.Compare(x.Account, y.Account) }))
}

// superseded ends the live links of accounts that get a new one. Accounts of
// this very batch have none.
func superseded(b provision.Batch) step {
	s := step{what: "superseded links", more: []any{stamp(b.By.At)}, text: `UPDATE links SET state = 'superseded',
		ended_at = CAST($2 AS {ts}) FROM {rows} AS r
		WHERE links.account_id = CAST(r.value->>0 AS {uuid}) AND links.state = 'live'`}
	made := make(map[string]bool, len(b.Accounts))
	for _, a := range b.Accounts {
		made[a.ID] = true
	}
	for _, l := range sorted(b.Links, byLink) {
		if !made[l.Account] {
			s.rows.add(l.Account)
		}
	}
	return s
}

func newLinks(b provision.Batch) step {
	s := step{what: "links", all: true, text: `INSERT INTO links (
		id, account_id, organization_id, purpose, kid, audience, email, epoch, expires_at, state, run_id, created_at)
		SELECT r.value->>0, CAST(r.value->>1 AS {uuid}), CAST(r.value->>2 AS {uuid}), CAST(r.value->>3 AS integer),
		r.value->>4, r.value->>5, r.value->>6, CAST(r.value->>7 AS bigint), CAST(r.value->>8 AS {ts}), r.value->>9,
		CAST(r.value->>10 AS {uuid}), CAST(r.value->>11 AS {ts}) FROM {rows} AS r`}
	for _, l := range sorted(b.Links, byLink) {
		s.rows.add(l.ID, l.Account, l.Organization, l.Purpose, l.KeyID, l.Audience, l.Email, l.Epoch,
			stamp(l.ExpiresAt), l.State, orNil(l.Run), stamp(l.CreatedAt))
	}
	return s
}

func byLink(x, y provision.LinkRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.ID, y.ID))
}

func newAudit(b provision.Batch) step {
	s := step{what: "audit", all: true, text: `INSERT INTO audit (
		id, at, organization_id, run_id, row_no, operator_id, account_id, source, action, detail)
		SELECT CAST(r.value->>0 AS {uuid}), CAST($5 AS {ts}), CAST($6 AS {uuid}), CAST($2 AS {uuid}),
		CAST(r.value->>1 AS bigint), CAST($4 AS {uuid}), CAST(r.value->>2 AS {uuid}), CAST($3 AS text), r.value->>3,
		CAST(r.value->>4 AS {json}) FROM {rows} AS r`, more: append(granted(b.By), orNil(b.By.Organization))}
	for _, a := range sorted(b.Audit, func(x, y provision.AuditRow) int { return cmp.Compare(x.ID, y.ID) }) {
		s.rows.add(a.ID, a.Row, orNil(a.Account), a.Action, a.Detail)
	}
	return s
}
