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
		all, err = q.organizations(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading organizations: %w", err)
	}
	return all, nil
}

// Organizations reads all organizations as they are within the transaction.
func (t tx) Organizations(ctx context.Context) ([]provision.Organization, error) {
	all, err := t.organizations(ctx)
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
	return org, errors.Join(o.Defaults.into(&org.DefaultRoles), o.Page.into(&org.Page))
}

// organizations reads with four statements. In a writing transaction those may
// see an organization appear between them; it is left out then.
func (q session) organizations(ctx context.Context) ([]provision.Organization, error) {
	var found []organizationRow
	if err := q.all(ctx, &found, `SELECT id, slug, name, sign_in, sign_up_url, default_roles, active, member_url,
		dashboard_url, sso_url, page FROM organizations ORDER BY slug`); err != nil {
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
	for _, read := range []func(context.Context, map[string]*provision.Organization) error{
		q.readBrands, q.readProducts, q.readRoles,
	} {
		if err := read(ctx, at); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (q session) readBrands(ctx context.Context, at map[string]*provision.Organization) error {
	var brands []struct {
		ID           string `db:"id"`
		Organization string `db:"organization_id"`
		Slug         string `db:"slug"`
		Name         string `db:"name"`
		SignUpURL    string `db:"sign_up_url"`
		Member       string `db:"member_url"`
		Dashboard    string `db:"dashboard_url"`
	}
	if err := q.all(ctx, &brands, `SELECT id, organization_id, slug, name, sign_up_url, member_url, dashboard_url
		FROM brands ORDER BY slug`); err != nil {
		return err
	}
	var campaigns []struct {
		ID    string `db:"id"`
		Brand string `db:"brand_id"`
		Slug  string `db:"slug"`
		Name  string `db:"name"`
	}
	if err := q.all(ctx, &campaigns, `SELECT id, brand_id, slug, name FROM campaigns ORDER BY slug`); err != nil {
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

func (q session) readProducts(ctx context.Context, at map[string]*provision.Organization) error {
	var products []struct {
		Organization string `db:"organization_id"`
		Name         string `db:"name"`
	}
	if err := q.all(ctx, &products, `SELECT organization_id, name FROM products ORDER BY name`); err != nil {
		return err
	}
	for _, p := range products {
		if o := at[p.Organization]; o != nil {
			o.Products = append(o.Products, p.Name)
		}
	}
	return nil
}

func (q session) readRoles(ctx context.Context, at map[string]*provision.Organization) error {
	var roles []struct {
		Organization string   `db:"organization_id"`
		Name         string   `db:"name"`
		Rank         int      `db:"rank"`
		Dashboard    bool     `db:"dashboard"`
		Capabilities document `db:"capabilities"`
	}
	if err := q.all(ctx, &roles,
		`SELECT organization_id, name, rank, dashboard, capabilities FROM roles ORDER BY rank, name`); err != nil {
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
