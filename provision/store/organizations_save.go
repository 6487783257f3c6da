package store

import (
	"context"
	"encoding/json"
	"fmt"

	"muster/provision"
)

// SaveOrganization writes rows of an organization: what is not there yet is
// added, what is there is changed. A slug that is somebody's by now is
// provision.ErrMoved.
func (t tx) SaveOrganization(ctx context.Context, rows provision.OrganizationRows) error {
	for _, save := range []func(context.Context, provision.OrganizationRows) error{
		t.saveItself, t.saveRoles, t.saveProducts, t.saveBrands, t.saveCampaigns,
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
	defaults, err := json.Marshal(o.DefaultRoles)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO organizations (id, slug, name, sign_in, sign_up_url, default_roles)
		VALUES (CAST($1 AS {uuid}), $2, $3, $4, $5, CAST($6 AS {json}))
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_in = excluded.sign_in,
			sign_up_url = excluded.sign_up_url, default_roles = excluded.default_roles`,
		rows.ID, o.Slug, o.Name, o.SignIn, o.SignUpURL, string(defaults))
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
				capabilities = excluded.capabilities`,
			rows.ID, r.Name, r.Rank, r.Dashboard, string(capabilities)); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) saveProducts(ctx context.Context, rows provision.OrganizationRows) error {
	for _, p := range rows.Products {
		if _, err := t.exec(ctx, `INSERT INTO products (organization_id, name) VALUES (CAST($1 AS {uuid}), $2)`,
			rows.ID, p); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) saveBrands(ctx context.Context, rows provision.OrganizationRows) error {
	for _, b := range rows.Brands {
		if _, err := t.exec(ctx, `INSERT INTO brands (id, organization_id, slug, name, sign_up_url)
			VALUES (CAST($1 AS {uuid}), CAST($2 AS {uuid}), $3, $4, $5)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_up_url = excluded.sign_up_url`,
			b.ID, rows.ID, b.Slug, b.Name, b.SignUpURL); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) saveCampaigns(ctx context.Context, rows provision.OrganizationRows) error {
	for _, c := range rows.Campaigns {
		if _, err := t.exec(ctx, `INSERT INTO campaigns (id, brand_id, slug, name)
			VALUES (CAST($1 AS {uuid}), CAST($2 AS {uuid}), $3, $4)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name`, c.ID, c.Brand, c.Slug, c.Name); err != nil {
			return err
		}
	}
	return nil
}
