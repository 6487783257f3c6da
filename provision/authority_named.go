package provision

import (
	"fmt"
	"strings"

	"muster/importer/failure"
)

// What a command names is looked up here, within what its operator may name.

// Role returns a role by its name.
func (a *Authority) Role(name string) (Role, error) {
	r, known := a.roles[Fold(name)]
	if !known {
		return r, &ConfigError{
			Msg:  fmt.Sprintf("organization %q has no role %q", a.Organization.Slug, name),
			Hint: "its roles are: " + strings.Join(roleNames(a.Organization), ", "),
		}
	}
	return r, nil
}

// Grantable returns a role by its name, if the operator may give it to somebody.
func (a *Authority) Grantable(role string) (Role, error) {
	r, err := a.Role(role)
	if err != nil {
		return r, err
	}
	if why := a.withholds(r); why != "" {
		return r, &ConfigError{Msg: why, Class: failure.Authority}
	}
	return r, nil
}

// Campaign returns a campaign, "brand/campaign", by that or by its slug or name
// alone, if the operator sees the people of its brand.
func (a *Authority) Campaign(name string) (string, error) {
	in, campaign, named := strings.Cut(name, "/")
	if !named {
		campaign = name
	}
	var found []string
	for _, b := range a.Organization.Brands {
		elsewhere := named && Fold(in) != Fold(b.Slug) && Fold(in) != Fold(b.Name)
		if slug, known := a.campaigns[b.Slug][Fold(campaign)]; known && !elsewhere && a.sees(b) {
			found = append(found, b.Slug+"/"+slug)
		}
	}
	switch len(found) {
	case 0:
		return "", &ConfigError{
			Msg:  fmt.Sprintf("there is no campaign %q in a brand that %s manages", name, a.Operator.Email),
			Hint: "name it as brand/campaign; muster org show lists them",
		}
	case 1:
		return found[0], nil
	}
	return "", &ConfigError{
		Msg:  fmt.Sprintf("there are several campaigns %q", name),
		Hint: "say which: " + strings.Join(found, ", "),
	}
}

// GivableProduct is Product, for a product that is to be given to somebody.
func (a *Authority) GivableProduct(name string) (string, error) {
	p, err := a.Product(name)
	if err == nil && !a.gives(p) {
		err = &ConfigError{
			Msg:   fmt.Sprintf("%s has not got product %q, and may give only their own (%s)", a.Operator.Email, p, MayGrantProducts),
			Class: failure.Authority,
		}
	}
	return p, err
}

// Product returns a product of the organization by its name, however it is
// written.
func (a *Authority) Product(name string) (string, error) {
	if p, known := a.products[Fold(name)]; known {
		return p, nil
	}
	return "", &ConfigError{
		Msg:  fmt.Sprintf("product %q is not enabled", name),
		Hint: "enabled are: " + strings.Join(a.Organization.Products, ", "),
	}
}
