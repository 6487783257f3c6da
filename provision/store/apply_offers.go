package store

import (
	"cmp"
	"encoding/json"

	"muster/provision"
)

// offered lets memberships wait for their people. Where the person was offered
// the brand before, the row is written over only if that led to nothing: it was
// accepted and has ended since, was withdrawn, or nobody answered in time.
func offered(b provision.Batch) step {
	s := &statement{
		what: "offers",
		all:  true,
		more: granted(b.By),
		text: `INSERT INTO membership_offers (account_id, brand_id, kind, role, attributes, permissions, campaigns, products, link_id, kid,
				audience, email, expires_at, state, run_id, source, granted_by, granted_at)
			SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}), r.value->>2, r.value->>3,
				CAST(r.value->>4 AS {json}), CAST(r.value->>5 AS {json}), CAST(r.value->>6 AS {json}), CAST(r.value->>7 AS {json}),
				r.value->>8, r.value->>9, r.value->>10, r.value->>11, CAST(r.value->>12 AS {ts}), 'live', CAST($2 AS {uuid}), $3, CAST($4 AS {uuid}),
				CAST($5 AS {ts})
			FROM {rows} AS r WHERE true
			ON CONFLICT (account_id, brand_id) DO UPDATE SET kind = excluded.kind, role = excluded.role,
				attributes = excluded.attributes, permissions = excluded.permissions, campaigns = excluded.campaigns, products = excluded.products,
				link_id = excluded.link_id, kid = excluded.kid, audience = excluded.audience, email = excluded.email,
				expires_at = excluded.expires_at, state = excluded.state, run_id = excluded.run_id, source = excluded.source,
				granted_by = excluded.granted_by, granted_at = excluded.granted_at, end_reason = NULL, ended_at = NULL
			WHERE COALESCE(membership_offers.end_reason, '') <> 'declined'
				AND (membership_offers.state <> 'live' OR membership_offers.expires_at <= CAST($5 AS {ts}))`,
	}
	for _, o := range sorted(b.Offers, byOffer) {
		s.rows.add(o.Account, o.Brand, o.Kind, o.Role, o.Attributes, o.Permissions, s.rows.list(o.Campaigns), s.rows.list(o.Products), o.Link,
			o.KeyID, o.Audience, o.Email, stamp(o.ExpiresAt))
	}
	return s
}

func byOffer(x, y provision.OfferRow) int { return byBrand(x.MembershipRow, y.MembershipRow) }

// list is a list of words as JSON.
func (r *rows) list(words []string) json.RawMessage {
	text, err := json.Marshal(words)
	r.err = cmp.Or(r.err, err)
	return text
}

// accepted answers offers whose links open: what LinkRow.Standing asks is asked
// here again, as it is where a link is used up.
func accepted(b provision.Batch) step {
	s := &statement{
		what: "accepted offers",
		all:  true,
		more: []any{stamp(b.By.At), everywhere},
		text: `UPDATE membership_offers SET state = 'redeemed', ended_at = CAST($2 AS {ts})
			FROM {rows} AS r CROSS JOIN accounts AS a CROSS JOIN brands AS b CROSS JOIN organizations AS o
			WHERE membership_offers.link_id = r.value->>0 AND membership_offers.account_id = CAST(r.value->>1 AS {uuid})
			AND membership_offers.state = 'live' AND membership_offers.expires_at > CAST($2 AS {ts})
			AND a.id = membership_offers.account_id AND a.email = membership_offers.email
			AND b.id = membership_offers.brand_id AND o.id = b.organization_id AND o.active
			AND NOT EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = membership_offers.account_id
				AND x.organization_id IN (b.organization_id, CAST($3 AS {uuid}))
				AND (x.lifted_at IS NULL OR x.lifted_at > membership_offers.granted_at
					OR x.blocked_at > membership_offers.granted_at))`,
	}
	for _, a := range byAccept(b) {
		s.rows.add(a.Link, a.Account)
	}
	return s
}

func byAccept(b provision.Batch) []provision.AcceptRow {
	return sorted(b.Accepts, func(x, y provision.AcceptRow) int { return cmp.Compare(x.Link, y.Link) })
}

// joined makes memberships of offers that were accepted, as they were offered.
// Whoever was let in meanwhile by other means stays as they are.
func joined(b provision.Batch) step {
	s := &statement{
		what: "memberships of accepted offers",
		text: `INSERT INTO memberships (account_id, brand_id, kind, role, permissions, attributes, ` + grantedNames + `)
			SELECT f.account_id, f.brand_id, f.kind, f.role, f.permissions, f.attributes, f.run_id, f.source, f.granted_by,
				f.granted_at
			FROM {rows} AS r CROSS JOIN membership_offers AS f WHERE f.link_id = r.value->>0 ON CONFLICT DO NOTHING`,
	}
	for _, a := range byAccept(b) {
		s.rows.add(a.Link)
	}
	return s
}

func joinedCampaigns(b provision.Batch) step {
	s := &statement{
		what: "campaigns of accepted offers",
		text: `INSERT INTO campaign_access (account_id, campaign_id, ` + grantedNames + `)
			SELECT f.account_id, CAST(r.value->>1 AS {uuid}), f.run_id, f.source, f.granted_by, f.granted_at
			FROM {rows} AS r CROSS JOIN membership_offers AS f WHERE f.link_id = r.value->>0 ON CONFLICT DO NOTHING`,
	}
	for _, a := range byAccept(b) {
		for _, campaign := range unique(a.Campaigns) {
			s.rows.add(a.Link, campaign)
		}
	}
	return s
}

func joinedProducts(b provision.Batch) step {
	s := &statement{
		what: "products of accepted offers",
		more: []any{b.By.Organization},
		text: `INSERT INTO product_access (account_id, organization_id, product, ` + grantedNames + `)
			SELECT f.account_id, CAST($2 AS {uuid}), r.value->>1, f.run_id, f.source, f.granted_by, f.granted_at
			FROM {rows} AS r CROSS JOIN membership_offers AS f WHERE f.link_id = r.value->>0 ON CONFLICT DO NOTHING`,
	}
	for _, a := range byAccept(b) {
		for _, product := range unique(a.Products) {
			s.rows.add(a.Link, product)
		}
	}
	return s
}

// declined keeps that people said no, and nothing else of what they were
// offered.
func declined(b provision.Batch) step {
	s := &statement{
		what: "declined offers",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE membership_offers SET state = 'revoked', end_reason = 'declined', ended_at = CAST($2 AS {ts}),
			attributes = NULL, permissions = NULL
			FROM {rows} AS r WHERE membership_offers.link_id = r.value->>0
			AND membership_offers.account_id = CAST(r.value->>1 AS {uuid}) AND membership_offers.state = 'live'`,
	}
	for _, d := range sorted(b.Declines, func(x, y provision.DeclineRow) int { return cmp.Compare(x.Link, y.Link) }) {
		s.rows.add(d.Link, d.Account)
	}
	return s
}

// goneOffers withdraws offers that wait.
func goneOffers(b provision.Batch) step {
	s := &statement{
		what: "withdrawn offers",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE membership_offers SET state = 'revoked', end_reason = 'taken back', ended_at = CAST($2 AS {ts})
			FROM {rows} AS r WHERE membership_offers.account_id = CAST(r.value->>0 AS {uuid})
			AND membership_offers.brand_id = CAST(r.value->>1 AS {uuid}) AND membership_offers.state = 'live'`,
	}
	for _, o := range sorted(b.Gone.Offers, byOffer) {
		s.rows.add(o.Account, o.Brand)
	}
	return s
}
