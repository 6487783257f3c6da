package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"muster/provision"
)

// SaveOrganization writes rows of an organization: what is not there yet is
// added, what is there is changed. A slug that is somebody's by now is
// provision.ErrMoved.
func (t tx) SaveOrganization(ctx context.Context, rows provision.OrganizationRows) error {
	for _, save := range []func(context.Context, provision.OrganizationRows) error{
		t.saveItself, t.saveRoles, t.saveProducts, t.saveBrands, t.saveCampaigns, t.saveLogins, t.saveArchived,
	} {
		if err := save(ctx, rows); err != nil {
			return fmt.Errorf("writing the organization: %w", err)
		}
	}
	return nil
}

func (t tx) saveItself(ctx context.Context, rows provision.OrganizationRows) error {
	o := rows.Itself
	if o == nil {
		return nil
	}
	defaults, err1 := json.Marshal(o.DefaultRoles)
	page, err2 := json.Marshal(o.Page)
	access, err3 := json.Marshal(o.Access)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO organizations
		(id, slug, name, sign_in, sign_up_url, default_roles, active, member_url, dashboard_url, sso_url, page, access)
		VALUES (CAST($1 AS {uuid}), $2, $3, $4, $5, CAST($6 AS {json}), $7, $8, $9, $10, CAST($11 AS {json}),
			CAST($12 AS {json}))
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_in = excluded.sign_in,
			sign_up_url = excluded.sign_up_url, default_roles = excluded.default_roles, active = excluded.active,
			member_url = excluded.member_url, dashboard_url = excluded.dashboard_url, sso_url = excluded.sso_url,
			page = excluded.page, access = excluded.access`,
		rows.ID, o.Slug, o.Name, o.SignIn, o.SignUpURL, string(defaults), o.IsActive(), o.MemberURL, o.DashboardURL,
		o.SSOURL, string(page), string(access))
	return err
}

func (t tx) saveRoles(ctx context.Context, rows provision.OrganizationRows) error {
	for _, r := range rows.Roles {
		if r.Capabilities == nil {
			r.Capabilities = []string{} // not null
		}
		capabilities, err := json.Marshal(r.Capabilities)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO roles (organization_id, name, rank, dashboard, capabilities)
			VALUES (CAST($1 AS {uuid}), $2, $3, $4, CAST($5 AS {json}))
			ON CONFLICT (organization_id, name) DO UPDATE SET rank = excluded.rank, dashboard = excluded.dashboard,
				capabilities = excluded.capabilities, archived_at = NULL`,
			rows.ID, r.Name, r.Rank, r.Dashboard, string(capabilities)); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) saveProducts(ctx context.Context, rows provision.OrganizationRows) error {
	for _, p := range rows.Products {
		if _, err := t.exec(ctx, `INSERT INTO products (organization_id, name) VALUES (CAST($1 AS {uuid}), $2)
			ON CONFLICT (organization_id, name) DO UPDATE SET archived_at = NULL`, rows.ID, p); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) saveBrands(ctx context.Context, rows provision.OrganizationRows) error {
	for _, b := range rows.Brands {
		if _, err := t.exec(ctx, `INSERT INTO brands
			(id, organization_id, slug, name, sign_up_url, member_url, dashboard_url)
			VALUES (CAST($1 AS {uuid}), CAST($2 AS {uuid}), $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_up_url = excluded.sign_up_url,
				member_url = excluded.member_url, dashboard_url = excluded.dashboard_url, archived_at = NULL`,
			b.ID, rows.ID, b.Slug, b.Name, b.SignUpURL, b.MemberURL, b.DashboardURL); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) saveCampaigns(ctx context.Context, rows provision.OrganizationRows) error {
	for _, c := range rows.Campaigns {
		if _, err := t.exec(ctx, `INSERT INTO campaigns (id, brand_id, slug, name)
			VALUES (CAST($1 AS {uuid}), CAST($2 AS {uuid}), $3, $4)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, archived_at = NULL`, c.ID, c.Brand, c.Slug, c.Name); err != nil {
			return err
		}
	}
	return nil
}
