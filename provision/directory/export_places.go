package directory

import (
	"context"
	"slices"
	"strings"

	"muster/provision"
)

// place says whose the account of a row is, and which brand it is in. While
// the organizations are not settled it notes which of them, and which brands,
// the export names.
func (x *export) place(c cells, a *Account) error {
	organization := x.slug(c.row)
	brand := c.at("brand")
	if !isSlug(organization) {
		return c.wrong("organization", "use the organization's slug", "%q is no slug", organization)
	}
	if brand != "" && !isSlug(brand) {
		return c.wrong("brand", "use the brand's slug", "%q is no slug", brand)
	}
	if x.organizations == nil {
		return x.want(c, organization, brand)
	}
	o := x.organizations[organization]
	a.Organization = o.ID
	for _, b := range o.Brands {
		if b.Slug == brand {
			a.Brand = b.ID
		}
	}
	return nil
}

// want notes an organization and a brand of it, "" for none. The brands of the
// export's own organization must exist.
func (x *export) want(c cells, organization, brand string) error {
	if organization == x.own.Slug && brand != "" && !slices.Contains(x.own.BrandSlugs(), brand) {
		return c.wrong("brand", "its brands are: "+strings.Join(x.authority.VisibleBrands(), ", "),
			"organization %q has no brand %q", organization, brand)
	}
	brands := x.wanted[organization]
	if brand != "" && !slices.Contains(brands, brand) {
		brands = append(brands, brand)
	}
	x.wanted[organization] = brands
	return nil
}

// settle makes the organizations and brands that the export names and the
// database lacks, if the operator may. Those of others stay as they are.
func (x *export) settle(ctx context.Context, e *provision.Engine, by provision.Author) error {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return err
	}
	x.organizations = map[string]provision.Organization{}
	for _, o := range all {
		x.organizations[o.Slug] = o
	}
	if x.rights, err = rightsIn(ctx, e, x.authority, all); err != nil {
		return err
	}
	for slug, brands := range x.wanted {
		o, known := x.organizations[slug]
		if x.rights.theirs[o.ID] {
			delete(x.wanted, slug)
			continue
		}
		if err := x.rights.mayMake(slug, known, lacking(o, brands)); err != nil {
			return err
		}
	}
	for slug, brands := range x.wanted {
		o, known := x.organizations[slug]
		if !known {
			o = provision.Organization{Slug: slug, Name: slug, SignIn: provision.PasswordSignIn}
		}
		missing := lacking(o, brands)
		if known && len(missing) == 0 {
			continue
		}
		o.Brands = append(slices.Clone(o.Brands), missing...)
		changed, err := SaveOrganization(ctx, e.Store, o, by, e.NewID)
		if err != nil {
			return err
		}
		x.organizations[slug] = changed.Organization
	}
	return nil
}

// lacking are the brands that an organization has not got, named by their
// slugs.
func lacking(o provision.Organization, slugs []string) []provision.Brand {
	var brands []provision.Brand
	for _, slug := range slugs {
		if !slices.Contains(o.BrandSlugs(), slug) {
			brands = append(brands, provision.Brand{Slug: slug, Name: slug})
		}
	}
	return brands
}
