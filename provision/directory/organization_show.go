package directory

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/provision"
)

// ShowOrganization is an organization as the file that would change nothing
// about it, with its administrators and logins. Who may not edit it sees the
// brands that they manage, and nobody else who may do anything.
func ShowOrganization(ctx context.Context, e *provision.Engine, slug, operator string) (provision.Organization, error) {
	o, err := e.Organization(ctx, slug)
	if err != nil {
		return o, err
	}
	edited, err := e.Edited(ctx, o)
	if err != nil {
		return o, err
	}
	if edited {
		looks, err := e.Operator(ctx, o, operator)
		if err == nil {
			_, err = provision.Oversight(o, looks)
		}
		if err != nil || !looks.May(provision.MayEditOrganization) {
			return masked(o, looks), err
		}
	}
	if o.Administrators, err = administratorsOf(ctx, e, o); err != nil {
		return o, err
	}
	o.Logins, err = e.Store.Logins(ctx, o.ID)
	return o, err
}

// masked is what somebody sees of an organization that they may not edit.
func masked(o provision.Organization, looks provision.Operator) provision.Organization {
	o.Brands = slices.DeleteFunc(slices.Clone(o.Brands), func(b provision.Brand) bool {
		return !looks.May(provision.MaySeeAll) && !slices.Contains(looks.Manages, b.Slug)
	})
	return o
}

// administratorsOf are the addresses of the administrators: of those who are it
// in every brand, as a file makes them.
func administratorsOf(ctx context.Context, e *provision.Engine, o provision.Organization) ([]string, error) {
	operators, err := e.Store.Operators(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range operators {
		if p.Role.Name == provision.AdministratorRole {
			ids = append(ids, p.Account)
		}
	}
	var accounts []dedupe.Account
	err = e.Store.Snapshot(ctx, func(d provision.Directory) (err error) {
		accounts, err = d.Accounts(ctx, o.ID, ids, e.Now())
		return err
	})
	var all []string
	for _, a := range accounts {
		if !slices.ContainsFunc(o.Brands, func(b provision.Brand) bool {
			m, _ := a.In(b.Slug)
			return m.Role != provision.AdministratorRole
		}) {
			all = append(all, a.Email.Address)
		}
	}
	slices.Sort(all)
	return all, err
}
