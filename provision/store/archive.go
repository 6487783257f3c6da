package store

import (
	"context"
	"fmt"

	"muster/provision"
)

// The statements that read what is put away of an organization.
const (
	archivedBrandsSQL = `SELECT id, slug, name, sign_up_url, member_url, dashboard_url FROM brands
		WHERE organization_id = CAST($1 AS {uuid}) AND archived_at IS NOT NULL ORDER BY slug`

	archivedCampaignsSQL = `SELECT c.id, c.brand_id, c.slug, c.name FROM campaigns AS c JOIN brands AS b ON b.id = c.brand_id
		WHERE b.organization_id = CAST($1 AS {uuid}) AND c.archived_at IS NOT NULL ORDER BY c.slug`
)

// The statements that find who uses what is to be put away: administrators are
// in every brand, and keep none.
const (
	brandUsersSQL = `SELECT a.address FROM accounts AS a WHERE EXISTS (SELECT 1 FROM memberships AS m
			WHERE m.account_id = a.id AND m.brand_id = CAST($1 AS {uuid}) AND m.role <> 'administrator')
		OR EXISTS (SELECT 1 FROM membership_offers AS f
			WHERE f.account_id = a.id AND f.brand_id = CAST($1 AS {uuid}) AND f.state = 'live') ORDER BY a.address`

	campaignUsersSQL = `SELECT a.address FROM campaign_access AS g JOIN accounts AS a ON a.id = g.account_id
		WHERE g.campaign_id = CAST($1 AS {uuid}) ORDER BY a.address`

	productUsersSQL = `SELECT a.address FROM product_access AS g JOIN accounts AS a ON a.id = g.account_id
		WHERE g.organization_id = CAST($1 AS {uuid}) AND g.product = $2 ORDER BY a.address`

	roleUsersSQL = `SELECT DISTINCT a.address FROM brands AS b JOIN memberships AS m ON m.brand_id = b.id
		JOIN accounts AS a ON a.id = m.account_id
		WHERE b.organization_id = CAST($1 AS {uuid}) AND m.role = $2 ORDER BY a.address`
)

// Archived reads the brands and campaigns that are put away: they come back under
// their ids.
func (t tx) Archived(ctx context.Context, organization string) (provision.Archive, error) {
	var a provision.Archive
	var brands []struct {
		ID        string `db:"id"`
		Slug      string `db:"slug"`
		Name      string `db:"name"`
		SignUp    string `db:"sign_up_url"`
		Member    string `db:"member_url"`
		Dashboard string `db:"dashboard_url"`
	}
	if err := t.all(ctx, &brands, archivedBrandsSQL, organization); err != nil {
		return a, fmt.Errorf("reading what is put away: %w", err)
	}
	for _, b := range brands {
		a.Brands = append(a.Brands, provision.Brand{ID: b.ID, Slug: b.Slug, Name: b.Name, SignUpURL: b.SignUp,
			MemberURL: b.Member, DashboardURL: b.Dashboard})
	}
	var campaigns []struct {
		ID    string `db:"id"`
		Brand string `db:"brand_id"`
		Slug  string `db:"slug"`
		Name  string `db:"name"`
	}
	if err := t.all(ctx, &campaigns, archivedCampaignsSQL, organization); err != nil {
		return a, fmt.Errorf("reading what is put away: %w", err)
	}
	for _, c := range campaigns {
		a.Campaigns = append(a.Campaigns, provision.CampaignOf{Brand: c.Brand, Campaign: provision.Campaign{ID: c.ID, Slug: c.Slug, Name: c.Name}})
	}
	return a, nil
}

// Users are the addresses of whoever uses something that is to be put away,
// sorted.
func (t tx) Users(ctx context.Context, organization string, of provision.Archived) ([]string, error) {
	var users []string
	var err error
	switch {
	case of.Brand != "":
		err = t.all(ctx, &users, brandUsersSQL, of.Brand)
	case of.Campaign != "":
		err = t.all(ctx, &users, campaignUsersSQL, of.Campaign)
	case of.Product != "":
		err = t.all(ctx, &users, productUsersSQL, organization, of.Product)
	default:
		err = t.all(ctx, &users, roleUsersSQL, organization, of.Role)
	}
	if err != nil {
		return nil, fmt.Errorf("reading who uses what is to be put away: %w", err)
	}
	return users, nil
}

// saveArchived puts away what the rows say.
func (t tx) saveArchived(ctx context.Context, rows provision.OrganizationRows) error {
	for _, a := range rows.Archived {
		text, key := `UPDATE roles SET archived_at = CAST($3 AS {ts}) WHERE organization_id = CAST($1 AS {uuid}) AND name = $2`, a.Role
		switch {
		case a.Brand != "":
			text, key = `UPDATE brands SET archived_at = CAST($3 AS {ts})
				WHERE organization_id = CAST($1 AS {uuid}) AND id = CAST($2 AS {uuid})`, a.Brand
		case a.Campaign != "":
			text, key = `UPDATE campaigns SET archived_at = CAST($3 AS {ts}) WHERE id = CAST($2 AS {uuid})
				AND brand_id IN (SELECT b.id FROM brands AS b WHERE b.organization_id = CAST($1 AS {uuid}))`, a.Campaign
		case a.Product != "":
			text, key = `UPDATE products SET archived_at = CAST($3 AS {ts}) WHERE organization_id = CAST($1 AS {uuid}) AND name = $2`,
				a.Product
		}
		if _, err := t.exec(ctx, text, rows.ID, key, stamp(rows.At)); err != nil {
			return err
		}
	}
	return nil
}
