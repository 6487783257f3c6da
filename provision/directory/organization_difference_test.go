package directory

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/importer/record"
	"muster/provision"
)

// northwind is an organization as it stands.
func northwind() provision.Organization {
	return provision.Organization{
		ID: "org", Slug: "northwind", Name: "Northwind", SignIn: provision.PasswordSignIn,
		Brands: []provision.Brand{{ID: "summer", Slug: "summer", Name: "Summer",
			Campaigns: []provision.Campaign{{ID: "launch", Slug: "launch", Name: "Launch"}}}},
		Products:     []string{"chat"},
		Roles:        append(wantedRoles(nil), provision.Role{Name: "manager", Rank: 50, Dashboard: true}),
		DefaultRoles: map[record.Kind]string{record.Staff: "manager"},
	}
}

// asking is northwind with something to ask people.
func asking() provision.Organization {
	o := northwind()
	o.Page = provision.Page{
		SelfServiceLinks: new(true),
		Terms:            &provision.Agreement{URL: "https://example.com/terms", Version: "1"},
		SignUpFields:     []provision.SignUpField{{Name: "size"}, {Name: "city"}},
	}
	return o
}

func TestCompareOrganization(t *testing.T) {
	defaults := northwind().DefaultRoles
	fresh := func(id string) *provision.Organization {
		return &provision.Organization{ID: id, Slug: "fresh", Name: "fresh", SignIn: provision.PasswordSignIn,
			DefaultRoles: map[record.Kind]string{}}
	}
	for name, c := range map[string]struct {
		now, file provision.Organization
		live      int
		rows      provision.OrganizationRows
		changes   []string
	}{
		"a file that leaves everything out changes nothing": {
			now: northwind(), file: provision.Organization{Slug: "northwind"},
			rows: provision.OrganizationRows{ID: "org"},
		},
		"a file that says what there is changes nothing": {
			now: northwind(), file: northwind(),
			rows: provision.OrganizationRows{ID: "org"},
		},
		"a new organization is named by its slug and has the roles that every one has": {
			file: provision.Organization{Slug: "fresh", Brands: []provision.Brand{{Slug: "only"}}},
			rows: provision.OrganizationRows{
				ID:     "id 1",
				Itself: fresh("id 1"),
				Roles:  wantedRoles(nil),
				Brands: []provision.Brand{{ID: "id 2", Slug: "only", Name: "only"}},
			},
			changes: []string{`organization "fresh" added`, `role "member" added`, `role "administrator" added`,
				`brand "only" added`},
		},
		"a new organization takes the id of the file": {
			file: provision.Organization{ID: "its own", Slug: "fresh"},
			rows: provision.OrganizationRows{
				ID:     "its own",
				Itself: fresh("its own"),
				Roles:  wantedRoles(nil),
			},
			changes: []string{`organization "fresh" added`, `role "member" added`, `role "administrator" added`},
		},
		"fields of a known organization change one by one": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind", Name: "North",
				SignIn: provision.SingleSignOn, SignUpURL: "https://example.com/join",
				DefaultRoles: map[record.Kind]string{record.Client: "manager", record.Staff: ""}},
			live: 2,
			rows: provision.OrganizationRows{ID: "org", Itself: &provision.Organization{
				ID: "org", Slug: "northwind", Name: "North",
				SignIn: provision.SingleSignOn, SignUpURL: "https://example.com/join",
				DefaultRoles: map[record.Kind]string{record.Client: "manager", record.Staff: "manager"}}},
			changes: []string{`organization "northwind" renamed to "North"`,
				"sign-in changed from password to sso",
				"sign-up address changed to https://example.com/join", `default role of a client is now "manager"`,
				"2 live links revoked: their people sign in by single sign-on now"},
		},
		"one link that ends is not many": {
			now: northwind(), file: provision.Organization{Slug: "northwind", SignIn: provision.SingleSignOn}, live: 1,
			rows: provision.OrganizationRows{ID: "org", Itself: &provision.Organization{
				ID: "org", Slug: "northwind", Name: "Northwind",
				SignIn: provision.SingleSignOn, DefaultRoles: defaults}},
			changes: []string{"sign-in changed from password to sso",
				"1 live link revoked: its person signs in by single sign-on now"},
		},
		"a file may say what a member may do, not where it stands, and need say nothing of an administrator": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind", Roles: []provision.Role{
				{Name: "member", Rank: 99, Dashboard: true}, {Name: "administrator", Rank: 1},
				{Name: "manager", Rank: 50, Dashboard: true}, {Name: "editor", Rank: 20}}},
			rows: provision.OrganizationRows{ID: "org", Roles: []provision.Role{
				{Name: "member", Rank: 10, Dashboard: true}, {Name: "editor", Rank: 20}}},
			changes: []string{`role "member" changed`, `role "editor" added`},
		},
		"what the file lets an administrator do is what they may do": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind", Roles: []provision.Role{
				{Name: "administrator", Rank: 1, Capabilities: []string{provision.MayEditOrganization}}}},
			rows: provision.OrganizationRows{ID: "org", Roles: []provision.Role{
				{Name: "administrator", Rank: 100, Dashboard: true, Capabilities: []string{provision.MayEditOrganization}}}},
			changes: []string{`role "administrator" changed`},
		},
		"products are enabled once, in order": {
			now:     northwind(),
			file:    provision.Organization{Slug: "northwind", Products: []string{"reports", "chat", "ads", "reports"}},
			rows:    provision.OrganizationRows{ID: "org", Products: []string{"ads", "reports"}},
			changes: []string{`product "ads" enabled`, `product "reports" enabled`},
		},
		"brands and campaigns are added and renamed": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind", Brands: []provision.Brand{
				{Slug: "summer", Name: "Sun", SignUpURL: "https://example.com/sun",
					Campaigns: []provision.Campaign{{Slug: "launch", Name: "The launch"}, {Slug: "end"}}},
				{Slug: "winter"}}},
			rows: provision.OrganizationRows{ID: "org",
				Brands: []provision.Brand{{ID: "summer", Slug: "summer", Name: "Sun", SignUpURL: "https://example.com/sun"},
					{ID: "id 2", Slug: "winter", Name: "winter"}},
				Campaigns: []provision.CampaignOf{
					{Brand: "summer", Campaign: provision.Campaign{ID: "launch", Slug: "launch", Name: "The launch"}},
					{Brand: "summer", Campaign: provision.Campaign{ID: "id 1", Slug: "end", Name: "end"}}}},
			changes: []string{`brand "summer" renamed to "Sun"`,
				`brand "summer": sign-up address changed to https://example.com/sun`, `campaign "summer/launch" renamed to "The launch"`,
				`campaign "summer/end" added`, `brand "winter" added`},
		},
		"a campaign of a new brand gets the id of that": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind",
				Brands: []provision.Brand{{Slug: "winter", Campaigns: []provision.Campaign{{Slug: "snow"}}}}},
			rows: provision.OrganizationRows{ID: "org", Brands: []provision.Brand{{ID: "id 1", Slug: "winter", Name: "winter"}},
				Campaigns: []provision.CampaignOf{
					{Brand: "id 1", Campaign: provision.Campaign{ID: "id 2", Slug: "snow", Name: "snow"}}}},
			changes: []string{`brand "winter" added`, `campaign "winter/snow" added`},
		},
		"what the page asks and where people sign in is said, and laid over what there is": {
			now: asking(),
			file: provision.Organization{Slug: "northwind", Active: new(false), MemberURL: "https://app.example.com",
				DashboardURL: "https://desk.example.com", SSOURL: "https://sso.example.com",
				Page: provision.Page{Language: "de", Terms: &provision.Agreement{URL: "https://example.com/terms", Version: "2"},
					SelfServiceLinks: new(false), SecondFactor: new(true), SignUpFields: []provision.SignUpField{
						{Name: "size", Label: map[string]string{"en": "Your size"}}, {Name: "birthday", Kind: provision.DateField}}}},
			rows: provision.OrganizationRows{ID: "org", Itself: &provision.Organization{
				ID: "org", Slug: "northwind", Name: "Northwind", SignIn: provision.PasswordSignIn, DefaultRoles: defaults,
				Active: new(false), MemberURL: "https://app.example.com", DashboardURL: "https://desk.example.com",
				SSOURL: "https://sso.example.com",
				Page: provision.Page{Language: "de", Terms: &provision.Agreement{URL: "https://example.com/terms", Version: "2"},
					SelfServiceLinks: new(false), SecondFactor: new(true), SignUpFields: []provision.SignUpField{
						{Name: "size", Label: map[string]string{"en": "Your size"}}, {Name: "birthday", Kind: provision.DateField}}}}},
			changes: []string{"no longer active: no links are issued, none opens, and no mails are sent",
				"members sign in at https://app.example.com", "staff sign in at https://desk.example.com",
				"single sign-on is at https://sso.example.com", `people whose language is not known read "de"`,
				"people agree to terms when they sign up: version 2, https://example.com/terms",
				"people may no longer ask for a new link themselves",
				"a second factor is always asked for: shorter passwords will do",
				`people are asked for "size" in another way`, `people are asked for "birthday" when they sign up`,
				`people are no longer asked for "city"`},
		},
		"terms that are empty end those there are, and an empty list of fields those": {
			now: asking(),
			file: provision.Organization{Slug: "northwind",
				Page: provision.Page{Terms: &provision.Agreement{}, SignUpFields: []provision.SignUpField{}}},
			rows: provision.OrganizationRows{ID: "org", Itself: &provision.Organization{
				ID: "org", Slug: "northwind", Name: "Northwind", SignIn: provision.PasswordSignIn, DefaultRoles: defaults,
				Page: provision.Page{SelfServiceLinks: new(true)}}},
			changes: []string{"people no longer agree to terms when they sign up", `people are no longer asked for "size"`,
				`people are no longer asked for "city"`},
		},
		"another order of the fields is a change": {
			now: asking(),
			file: provision.Organization{Slug: "northwind",
				Page: provision.Page{SignUpFields: []provision.SignUpField{{Name: "city"}, {Name: "size", Kind: "text"}}}},
			rows: provision.OrganizationRows{ID: "org", Itself: &provision.Organization{
				ID: "org", Slug: "northwind", Name: "Northwind", SignIn: provision.PasswordSignIn, DefaultRoles: defaults,
				Page: provision.Page{SelfServiceLinks: new(true), Terms: asking().Terms,
					SignUpFields: []provision.SignUpField{{Name: "city"}, {Name: "size", Kind: "text"}}}}},
			changes: []string{"people are asked in another order when they sign up"},
		},
		"a brand may have places of its own to sign in": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind", Brands: []provision.Brand{
				{Slug: "summer", MemberURL: "https://sun.example.com", DashboardURL: "https://desk.example.com"}}},
			rows: provision.OrganizationRows{ID: "org", Brands: []provision.Brand{{ID: "summer", Slug: "summer", Name: "Summer",
				MemberURL: "https://sun.example.com", DashboardURL: "https://desk.example.com"}}},
			changes: []string{`brand "summer": members sign in at https://sun.example.com`,
				`brand "summer": staff sign in at https://desk.example.com`},
		},
		"a brand may change its sign-up address alone": {
			now: northwind(),
			file: provision.Organization{Slug: "northwind",
				Brands: []provision.Brand{{Slug: "summer", SignUpURL: "https://example.com/sun"}}},
			rows: provision.OrganizationRows{ID: "org",
				Brands: []provision.Brand{{ID: "summer", Slug: "summer", Name: "Summer", SignUpURL: "https://example.com/sun"}}},
			changes: []string{`brand "summer": sign-up address changed to https://example.com/sun`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			rows, changes := difference{now: c.now, file: c.file, newID: counted("id")}.compare(c.live)
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Errorf("rows (-want +got)\n%s", diff)
			}
			var said []string
			for _, one := range changes {
				said = append(said, one.String())
			}
			if diff := cmp.Diff(c.changes, said); diff != "" {
				t.Errorf("changes (-want +got)\n%s", diff)
			}
		})
	}
}

// counted makes ids that count: "id 1", "id 2".
func counted(name string) func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprint(name, " ", n)
	}
}
