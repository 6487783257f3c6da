package claim

import (
	"cmp"
	"slices"

	"muster/importer/record"
	"muster/provision"
)

// Done is what somebody is told who has set a password.
type Done struct {
	View
	DashboardURL string // where staff sign in, "" for everybody else
	NoCampaign   bool   // a client who cannot see anything yet
	Contact      string // whom to ask then: who gave them access, else the organization
}

func doneOf(c provision.Claimant) Done {
	d := Done{View: viewOf(c), DashboardURL: dashboardURL(c), NoCampaign: seesNothing(c)}
	if d.NoCampaign {
		d.Contact = cmp.Or(c.Memberships[0].GrantedBy, c.Organization.Name)
	}
	return d
}

// seesNothing reports whether somebody is a client without any campaign.
func seesNothing(c provision.Claimant) bool {
	sees := func(m provision.ClaimMembership) bool { return m.Kind != record.Client || m.Campaigns > 0 }
	return len(c.Memberships) > 0 && !slices.ContainsFunc(c.Memberships, sees)
}

// memberURL is where a claimant signs in: that of their brand, where all of
// theirs agree, else that of the organization.
func memberURL(c provision.Claimant) string {
	return only(c.Memberships, c.Organization.MemberURL, func(m provision.ClaimMembership) string {
		return brandOf(c.Organization, m.Brand).MemberURL
	})
}

// dashboardURL is where a claimant signs in as staff, "" for who is none.
func dashboardURL(c provision.Claimant) string {
	staff := slices.DeleteFunc(slices.Clone(c.Memberships), func(m provision.ClaimMembership) bool {
		return !opens(c.Organization, m.Role)
	})
	if len(staff) == 0 {
		return ""
	}
	return only(staff, c.Organization.DashboardURL, func(m provision.ClaimMembership) string {
		return brandOf(c.Organization, m.Brand).DashboardURL
	})
}

// only is the address that all memberships have, else the organization's.
func only(all []provision.ClaimMembership, organization string, of func(provision.ClaimMembership) string) string {
	found := map[string]bool{}
	address := organization
	for _, m := range all {
		address = cmp.Or(of(m), organization)
		found[address] = true
	}
	if len(found) > 1 {
		return organization
	}
	return address
}

// brandOf is the brand of a slug.
func brandOf(o provision.Organization, slug string) provision.Brand {
	i := slices.IndexFunc(o.Brands, func(b provision.Brand) bool { return b.Slug == slug })
	if i < 0 {
		return provision.Brand{}
	}
	return o.Brands[i]
}
