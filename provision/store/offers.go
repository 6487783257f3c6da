package store

import (
	"context"
	"fmt"

	"muster/importer/record"
	"muster/provision"
)

// offersSQL reads memberships that people were offered, by the ids of their
// links, with accounts and organizations as they are now. $2 stands for the
// whole platform.
const offersSQL = `SELECT f.link_id AS id, f.account_id, b.organization_id, f.kid, f.audience, f.email, f.state,
	COALESCE(f.end_reason, '') AS end_reason, COALESCE(CAST(f.run_id AS text), '') AS run, f.granted_at AS created_at,
	COALESCE(CAST(f.granted_by AS text), '') AS granted_by, f.granted_at AS generated_at, f.expires_at, f.ended_at, b.id AS brand_id, b.slug AS brand, f.kind, f.role, f.campaigns,
	f.products, a.address, a.email AS account_email, a.mailbox, a.email_role, a.name, a.status, a.link_epoch, a.time_zone,
	o.sign_in, o.active,
	EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
		AND x.organization_id IN (b.organization_id, CAST($2 AS {uuid}))) AS blocked,
	(SELECT max(CASE WHEN x.lifted_at > x.blocked_at THEN x.lifted_at ELSE x.blocked_at END) FROM blocks AS x
		WHERE x.account_id = a.id AND x.organization_id IN (b.organization_id, CAST($2 AS {uuid}))) AS blocked_at
	FROM {rows} AS r CROSS JOIN membership_offers AS f CROSS JOIN brands AS b CROSS JOIN accounts AS a
	CROSS JOIN organizations AS o
	WHERE f.link_id = r.value->>0 AND b.id = f.brand_id AND a.id = f.account_id AND o.id = b.organization_id
	ORDER BY f.link_id`

// administratorsSQL reads who has the role of administrators ($2) anywhere in an
// organization ($1).
const administratorsSQL = `SELECT DISTINCT CAST(m.account_id AS text) AS account FROM memberships AS m
	JOIN brands AS b ON b.id = m.brand_id WHERE b.organization_id = CAST($1 AS {uuid}) AND m.role = $2 ORDER BY 1`

type offerRow struct {
	linkRow
	BrandID   string      `db:"brand_id"`
	GrantedBy string      `db:"granted_by"`
	Brand     string      `db:"brand"`
	Kind      record.Kind `db:"kind"`
	Role      string      `db:"role"`
	Campaigns document    `db:"campaigns"`
	Products  document    `db:"products"`
}

// Offers reads memberships that people were offered, by the ids of their links,
// in the order of those. An id that does not exist is left out.
func (s *Store) Offers(ctx context.Context, links []string) ([]provision.Offer, error) {
	return s.reading().offers(ctx, links)
}

func (q session) offers(ctx context.Context, links []string) ([]provision.Offer, error) {
	if len(links) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range unique(links) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []offerRow
	if err := q.all(ctx, &all, offersSQL, param, everywhere); err != nil {
		return nil, fmt.Errorf("reading offers: %w", err)
	}
	offers := make([]provision.Offer, len(all))
	for i, o := range all {
		if offers[i], err = o.offer(); err != nil {
			return nil, fmt.Errorf("reading an offer to account %s: %w", o.Account, err)
		}
	}
	return offers, nil
}

func (o offerRow) offer() (provision.Offer, error) {
	offer := provision.Offer{LinkRow: o.link(), BrandID: o.BrandID, GrantedBy: o.GrantedBy}
	offer.Purpose = provision.Consent
	offer.Lifetime = provision.OfferLife
	offer.Channel = provision.ByMail
	offer.Offer.Brand = o.Brand
	offer.Offer.Kind = o.Kind
	offer.Offer.Role = o.Role
	if err := o.Campaigns.into(&offer.Campaigns); err != nil {
		return offer, err
	}
	return offer, o.Products.into(&offer.Products)
}

// Offered reads a membership that somebody was offered, and whoever that is, as
// they are in one snapshot.
func (s *Store) Offered(ctx context.Context, link string) (provision.Claimant, error) {
	return s.claimant(ctx, func(q session, c *provision.Claimant) error {
		offers, err := q.offers(ctx, []string{link})
		if err != nil {
			return err
		}
		if len(offers) == 0 {
			return provision.ErrNotFound
		}
		c.Offer = &offers[0]
		c.Link = offers[0].LinkRow
		return q.all(ctx, &c.Administrators, administratorsSQL, c.Link.Organization, provision.AdministratorRole)
	})
}
