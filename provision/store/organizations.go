package store

import (
	"context"
	"errors"
	"fmt"

	"muster/provision"
)

// Organizations reads all organizations whole, everything in them sorted by
// slug or name, but for who administers them: Operators knows that.
func (s *Store) Organizations(ctx context.Context) ([]provision.Organization, error) {
	var all []provision.Organization
	err := s.transact(ctx, s.read, s.d.snapshot, func(q session) (err error) {
		all, err = q.organizations(ctx, "")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading organizations: %w", err)
	}
	return all, nil
}

// Organizations reads all organizations as they are within the transaction.
func (t tx) Organizations(ctx context.Context) ([]provision.Organization, error) {
	all, err := t.organizations(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("reading organizations: %w", err)
	}
	return all, nil
}

type organizationRow struct {
	ID        string   `db:"id"`
	Slug      string   `db:"slug"`
	Name      string   `db:"name"`
	SignIn    string   `db:"sign_in"`
	SignUpURL string   `db:"sign_up_url"`
	Defaults  document `db:"default_roles"`
	Active    bool     `db:"active"`
	Member    string   `db:"member_url"`
	Dashboard string   `db:"dashboard_url"`
	SSO       string   `db:"sso_url"`
	Page      document `db:"page"`
	Access    document `db:"access"`
}

func (o organizationRow) organization() (provision.Organization, error) {
	org := provision.Organization{
		ID:           o.ID,
		Slug:         o.Slug,
		Name:         o.Name,
		SignIn:       o.SignIn,
		SignUpURL:    o.SignUpURL,
		MemberURL:    o.Member,
		DashboardURL: o.Dashboard,
		SSOURL:       o.SSO,
	}
	if !o.Active {
		org.Active = &o.Active
	}
	return org, errors.Join(o.Defaults.into(&org.DefaultRoles), o.Page.into(&org.Page), o.Access.into(&org.Access))
}

// The statements that read organizations whole: that of an id ($1), or all of
// them where it is ”.
const (
	organizationsSQL = `SELECT id, slug, name, sign_in, sign_up_url, default_roles, active, member_url,
		dashboard_url, sso_url, page, access FROM organizations
		WHERE CAST($1 AS text) = '' OR id = CAST(NULLIF($1, '') AS {uuid}) ORDER BY slug`

	brandsSQL = `SELECT id, organization_id, slug, name, sign_up_url, member_url, dashboard_url FROM brands
		WHERE archived_at IS NULL
		AND (CAST($1 AS text) = '' OR organization_id = CAST(NULLIF($1, '') AS {uuid})) ORDER BY slug`

	campaignsOfBrandsSQL = `SELECT c.id, c.brand_id, c.slug, c.name FROM campaigns AS c JOIN brands AS b ON b.id = c.brand_id
		WHERE c.archived_at IS NULL AND b.archived_at IS NULL
		AND (CAST($1 AS text) = '' OR b.organization_id = CAST(NULLIF($1, '') AS {uuid})) ORDER BY c.slug`

	productsOfSQL = `SELECT organization_id, name FROM products
		WHERE archived_at IS NULL
		AND (CAST($1 AS text) = '' OR organization_id = CAST(NULLIF($1, '') AS {uuid})) ORDER BY name`

	rolesSQL = `SELECT organization_id, name, rank, dashboard, capabilities FROM roles
		WHERE archived_at IS NULL
		AND (CAST($1 AS text) = '' OR organization_id = CAST(NULLIF($1, '') AS {uuid})) ORDER BY rank, name`
)

// organizations reads the one of an id, or all where that is "". In a writing
// transaction the statements may see an organization appear between them; it is
// left out then.
func (q session) organizations(ctx context.Context, id string) ([]provision.Organization, error) {
	var found []organizationRow
	if err := q.all(ctx, &found, organizationsSQL, id); err != nil {
		return nil, err
	}
	all := make([]provision.Organization, len(found))
	at := make(map[string]*provision.Organization, len(found))
	for i, o := range found {
		var err error
		if all[i], err = o.organization(); err != nil {
			return nil, err
		}
		at[o.ID] = &all[i]
	}
	for _, read := range []func(context.Context, string, map[string]*provision.Organization) error{
		q.readBrands, q.readProducts, q.readRoles,
	} {
		if err := read(ctx, id, at); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (q session) readBrands(ctx context.Context, id string, at map[string]*provision.Organization) error {
	var brands []struct {
		ID           string `db:"id"`
		Organization string `db:"organization_id"`
		Slug         string `db:"slug"`
		Name         string `db:"name"`
		SignUpURL    string `db:"sign_up_url"`
		Member       string `db:"member_url"`
		Dashboard    string `db:"dashboard_url"`
	}
	if err := q.all(ctx, &brands, brandsSQL, id); err != nil {
		return err
	}
	var campaigns []struct {
		ID    string `db:"id"`
		Brand string `db:"brand_id"`
		Slug  string `db:"slug"`
		Name  string `db:"name"`
	}
	if err := q.all(ctx, &campaigns, campaignsOfBrandsSQL, id); err != nil {
		return err
	}
	of := map[string][]provision.Campaign{}
	for _, c := range campaigns {
		of[c.Brand] = append(of[c.Brand], provision.Campaign{ID: c.ID, Slug: c.Slug, Name: c.Name})
	}
	for _, b := range brands {
		if o := at[b.Organization]; o != nil {
			o.Brands = append(o.Brands, provision.Brand{
				ID:           b.ID,
				Slug:         b.Slug,
				Name:         b.Name,
				SignUpURL:    b.SignUpURL,
				MemberURL:    b.Member,
				DashboardURL: b.Dashboard,
				Campaigns:    of[b.ID],
			})
		}
	}
	return nil
}

func (q session) readProducts(ctx context.Context, id string, at map[string]*provision.Organization) error {
	var products []struct {
		Organization string `db:"organization_id"`
		Name         string `db:"name"`
	}
	if err := q.all(ctx, &products, productsOfSQL, id); err != nil {
		return err
	}
	for _, p := range products {
		if o := at[p.Organization]; o != nil {
			o.Products = append(o.Products, p.Name)
		}
	}
	return nil
}

func (q session) readRoles(ctx context.Context, id string, at map[string]*provision.Organization) error {
	var roles []struct {
		Organization string   `db:"organization_id"`
		Name         string   `db:"name"`
		Rank         int      `db:"rank"`
		Dashboard    bool     `db:"dashboard"`
		Capabilities document `db:"capabilities"`
	}
	if err := q.all(ctx, &roles, rolesSQL, id); err != nil {
		return err
	}
	for _, r := range roles {
		o := at[r.Organization]
		if o == nil {
			continue
		}
		role := provision.Role{Name: r.Name, Rank: r.Rank, Dashboard: r.Dashboard}
		if err := r.Capabilities.into(&role.Capabilities); err != nil {
			return err
		}
		o.Roles = append(o.Roles, role)
	}
	return nil
}
