package directory

import (
	"cmp"
	"maps"
	"slices"

	"muster/importer/record"
	"muster/provision"
)

// compare says what makes an organization what a file says, as far as that adds,
// changes or renames: it never removes, and what the file leaves out stays; what
// was put away comes back where the file names it. A new organization takes the
// file's id where it has one. live is how many links end because the
// organization goes over to single sign-on.
func (d difference) compare(live int) (provision.OrganizationRows, []OrganizationChange) {
	d.itself()
	if live > 0 {
		d.say(OrganizationChange{Op: EndLinks, Count: live})
	}
	d.roles()
	d.products()
	for _, b := range d.file.Brands {
		d.brand(b)
	}
	return d.rows, d.changes
}

// signsOn reports whether an organization goes over to single sign-on.
func signsOn(now, file provision.Organization) bool {
	return now.ID != "" && file.SignIn == provision.SingleSignOn && now.SignIn != provision.SingleSignOn
}

// A difference is an organization being compared with its file.
type difference struct {
	now, file provision.Organization
	archive   provision.Archive
	newID     func() string
	rows      provision.OrganizationRows
	changes   []OrganizationChange
}

func (d *difference) say(c OrganizationChange) { d.changes = append(d.changes, c) }

// itself compares the fields of the organization.
func (d *difference) itself() {
	now, file := d.now, d.file
	wanted := provision.Organization{
		ID:           cmp.Or(now.ID, file.ID),
		Slug:         file.Slug,
		Name:         cmp.Or(file.Name, now.Name, file.Slug),
		SignIn:       cmp.Or(file.SignIn, now.SignIn, provision.PasswordSignIn),
		SignUpURL:    cmp.Or(file.SignUpURL, now.SignUpURL),
		DefaultRoles: mergedDefaults(now.DefaultRoles, file.DefaultRoles),
		Active:       cmp.Or(file.Active, now.Active),
		MemberURL:    cmp.Or(file.MemberURL, now.MemberURL),
		DashboardURL: cmp.Or(file.DashboardURL, now.DashboardURL),
		SSOURL:       cmp.Or(file.SSOURL, now.SSOURL),
		Page:         mergedPage(now.Page, file.Page),
		Access:       mergedAccess(now.Access, file.Access),
	}
	if wanted.ID == "" {
		wanted.ID = d.newID()
	}
	d.rows.ID = wanted.ID
	if now.ID == "" {
		d.say(OrganizationChange{Op: AddOrganization, Name: wanted.Slug})
	} else {
		d.fields(wanted)
	}
	if len(d.changes) > 0 {
		d.rows.Itself = &wanted
	}
}

// fields says which fields of a known organization change.
func (d *difference) fields(wanted provision.Organization) {
	now := d.now
	if wanted.Name != now.Name {
		d.say(OrganizationChange{Op: RenameOrganization, Name: wanted.Slug, To: wanted.Name})
	}
	if wanted.SignIn != now.SignIn {
		d.say(OrganizationChange{Op: ChangeSignIn, From: now.SignIn, To: wanted.SignIn})
	}
	if wanted.SignUpURL != now.SignUpURL {
		d.say(OrganizationChange{Op: ChangeSignUp, From: now.SignUpURL, To: wanted.SignUpURL})
	}
	for _, kind := range slices.Sorted(maps.Keys(wanted.DefaultRoles)) {
		if role := wanted.DefaultRoles[kind]; role != now.DefaultRoles[kind] {
			d.say(OrganizationChange{Op: ChangeDefaultRole, Name: string(kind), From: now.DefaultRoles[kind], To: role})
		}
	}
	d.page(wanted)
	d.access(wanted.Access)
}

// mergedDefaults lays the default roles of a file over those there are.
func mergedDefaults(now, file map[record.Kind]string) map[record.Kind]string {
	merged := map[record.Kind]string{}
	maps.Copy(merged, now)
	for kind, role := range file {
		if role != "" {
			merged[kind] = role
		}
	}
	return merged
}

// roles compares the roles: those of the file, and those that every
// organization has, which stay as they are where the file is silent.
func (d *difference) roles() {
	for _, r := range wantedRoles(d.file.Roles) {
		old, found := findRole(d.now, r.Name)
		_, said := findRole(d.file, r.Name)
		switch {
		case !found:
			d.say(OrganizationChange{Op: AddRole, Name: r.Name})
		case said && !sameRole(old, r):
			d.say(OrganizationChange{Op: ChangeRole, Name: r.Name})
		default:
			continue
		}
		d.rows.Roles = append(d.rows.Roles, r)
	}
}

func sameRole(x, y provision.Role) bool {
	return x.Rank == y.Rank && x.Dashboard == y.Dashboard && slices.Equal(x.Capabilities, y.Capabilities)
}

// findRole returns the role of a name, and whether there is one.
func findRole(o provision.Organization, name string) (provision.Role, bool) {
	i := slices.IndexFunc(o.Roles, func(r provision.Role) bool { return r.Name == name })
	if i < 0 {
		return provision.Role{}, false
	}
	return o.Roles[i], true
}

// wantedRoles are the roles of a file with those that every organization has,
// by rank and name. The file may say what either of them may do, not where it
// stands; where it does not say, an administrator may do everything.
func wantedRoles(file []provision.Role) []provision.Role {
	member := provision.Role{Name: provision.MemberRole, Rank: 10}
	administrator := provision.Role{Name: provision.AdministratorRole, Rank: 100}
	administrator.Dashboard = true
	administrator.Capabilities = []string{provision.MayDoAll}
	var wanted []provision.Role
	for _, r := range file {
		switch r.Name {
		case provision.AdministratorRole:
			if r.Capabilities != nil {
				administrator.Capabilities = r.Capabilities
			}
		case provision.MemberRole:
			member.Dashboard, member.Capabilities = r.Dashboard, r.Capabilities
		default:
			wanted = append(wanted, r)
		}
	}
	wanted = append(wanted, member, administrator)
	slices.SortFunc(wanted, func(x, y provision.Role) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.Name, y.Name))
	})
	return wanted
}

// products compares the enabled products.
func (d *difference) products() {
	for _, p := range slices.Compact(slices.Sorted(slices.Values(d.file.Products))) {
		if !slices.Contains(d.now.Products, p) {
			d.say(OrganizationChange{Op: EnableProduct, Name: p})
			d.rows.Products = append(d.rows.Products, p)
		}
	}
}

// brand compares a brand and its campaigns.
func (d *difference) brand(b provision.Brand) {
	var old provision.Brand
	if i := slices.IndexFunc(d.now.Brands, func(have provision.Brand) bool { return have.Slug == b.Slug }); i >= 0 {
		old = d.now.Brands[i]
	}
	back := d.restored(b.Slug)
	if old.ID == "" {
		old = back
	}
	wanted := provision.Brand{
		ID:        old.ID,
		Slug:      b.Slug,
		Name:      cmp.Or(b.Name, old.Name, b.Slug),
		SignUpURL: cmp.Or(b.SignUpURL, old.SignUpURL),

		MemberURL:    cmp.Or(b.MemberURL, old.MemberURL),
		DashboardURL: cmp.Or(b.DashboardURL, old.DashboardURL),
	}
	changes := brandChanges(old, wanted)
	if back.ID != "" {
		changes = append([]OrganizationChange{{Op: RestoreBrand, Name: wanted.Slug}}, changes...)
	}
	if len(changes) > 0 {
		if wanted.ID == "" {
			wanted.ID = d.newID()
		}
		d.changes = append(d.changes, changes...)
		d.rows.Brands = append(d.rows.Brands, wanted)
	}
	for _, c := range b.Campaigns {
		d.campaign(wanted, c, old.Campaigns)
	}
}

func brandChanges(old, wanted provision.Brand) (changes []OrganizationChange) {
	if old.ID == "" {
		return []OrganizationChange{{Op: AddBrand, Name: wanted.Slug}}
	}
	for _, c := range []OrganizationChange{
		{Op: RenameBrand, From: old.Name, To: wanted.Name},
		{Op: ChangeBrandSignUp, From: old.SignUpURL, To: wanted.SignUpURL},
		{Op: ChangeBrandMemberURL, From: old.MemberURL, To: wanted.MemberURL},
		{Op: ChangeBrandDashboardURL, From: old.DashboardURL, To: wanted.DashboardURL},
	} {
		if c.From != c.To {
			c.Name = wanted.Slug
			changes = append(changes, c)
		}
	}
	return changes
}

// campaign compares a campaign of a brand.
func (d *difference) campaign(of provision.Brand, c provision.Campaign, have []provision.Campaign) {
	var old provision.Campaign
	if i := slices.IndexFunc(have, func(h provision.Campaign) bool { return h.Slug == c.Slug }); i >= 0 {
		old = have[i]
	}
	back := d.restoredCampaign(of.ID, c.Slug)
	if old.ID == "" {
		old = back
	}
	wanted := provision.Campaign{ID: old.ID, Slug: c.Slug, Name: cmp.Or(c.Name, old.Name, c.Slug)}
	name := of.Slug + "/" + c.Slug
	switch {
	case old.ID == "":
		wanted.ID = d.newID()
		d.say(OrganizationChange{Op: AddCampaign, Name: name})
	case back.ID != "":
		d.say(OrganizationChange{Op: RestoreCampaign, Name: name})
	case wanted.Name != old.Name:
		d.say(OrganizationChange{Op: RenameCampaign, Name: name, From: old.Name, To: wanted.Name})
	default:
		return
	}
	d.rows.Campaigns = append(d.rows.Campaigns, provision.CampaignOf{Brand: of.ID, Campaign: wanted})
}

// restored is the brand of a slug that is put away, the zero Brand for none.
func (d *difference) restored(slug string) provision.Brand {
	i := slices.IndexFunc(d.archive.Brands, func(b provision.Brand) bool { return b.Slug == slug })
	if i < 0 {
		return provision.Brand{}
	}
	return d.archive.Brands[i]
}

// restoredCampaign is the campaign of a brand that is put away, the zero
// Campaign for none.
func (d *difference) restoredCampaign(brand, slug string) provision.Campaign {
	i := slices.IndexFunc(d.archive.Campaigns, func(c provision.CampaignOf) bool { return c.Brand == brand && c.Slug == slug })
	if i < 0 {
		return provision.Campaign{}
	}
	return d.archive.Campaigns[i].Campaign
}
