package accounts

import (
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

func noStaff(p *dedupe.Policy)          { p.OperatorMay = []string{provision.MayAssignRoles} }
func noRoles(p *dedupe.Policy)          { p.OperatorMay = []string{provision.MayCreateStaff} }
func settingsForStaff(p *dedupe.Policy) { p.DefaultRoles[record.Staff] = "settings" }
func above(p *dedupe.Policy)            { p.DefaultRoles[record.Staff] = "administrator" }
func everything(p *dedupe.Policy)       { p.VisibleBrands = []string{"kitchen", "outdoor"} }
func asks(p *dedupe.Policy)             { p.ClaimConsent = true }
func inactive(p *dedupe.Policy)         { p.Inactive = true }

func TestRole(t *testing.T) {
	manager := Role{Role: "manager", Brand: "outdoor", Mail: true}
	const raised = `updated role_raised [{"op":"role","brand":"outdoor","from":"member","to":"manager"}`
	try(t, map[string]trial{
		"a higher role opens the dashboard": {verb: manager, is: person(),
			want: raised + `,{"op":"mail","template":"dashboard","brand":"outdoor"},{"op":"dashboard"}]`},
		"whoever has a link is mailed that": {verb: manager, is: person(linked),
			want: raised + `,{"op":"mail","template":"dashboard","link":"l1","about":true,"brand":"outdoor"},{"op":"dashboard"}]`},
		"whoever has no link is told later": {verb: manager, is: person(registering), want: raised + `,{"op":"dashboard"}]`},
		"nobody is mailed where that is not wanted": {verb: Role{Role: "manager", Brand: "outdoor"}, is: person(),
			want: raised + `,{"op":"dashboard"}]`},
		"nobody is mailed by an organization that is not active": {verb: manager, is: person(), by: inactive,
			want: raised + `,{"op":"dashboard"}]`},
		"nobody is mailed without an address": {verb: manager, is: person(noAddress), want: raised + `,{"op":"dashboard"}]`},
		"whoever has a dashboard is not invited to it": {verb: manager, is: person(role("editor")),
			want: `updated role_raised [{"op":"role","brand":"outdoor","from":"editor","to":"manager"}]`},
		"nor who has one in another brand": {verb: manager, is: person(also("kitchen", "editor")), want: raised + `]`},
		"a lower role": {verb: Role{Role: "member", Brand: "outdoor", Mail: true}, is: person(role("manager")),
			want: `updated lowered [{"op":"role","brand":"outdoor","from":"manager","to":"member","lowers":true}]`},
		"a new administrator is told to the others": {verb: Role{Role: "administrator", Brand: "outdoor", Mail: true},
			is: person(role("manager")), want: `updated role_raised [{"op":"role","brand":"outdoor","from":"manager",` +
				`"to":"administrator"},{"op":"tell_administrators"}]`},
		"a lower role can open the dashboard": {
			verb: Role{Role: "editor", Brand: "outdoor", Mail: true},
			is:   person(role("auditor")),
			by:   func(p *dedupe.Policy) { p.Ranks["auditor"] = 40 },
			want: `updated lowered [{"op":"role","brand":"outdoor","from":"auditor","to":"editor","lowers":true},` +
				`{"op":"mail","template":"dashboard","brand":"outdoor"},{"op":"dashboard"}]`,
		},
		"a role that can do no more than a member is lower, whatever its rank": {
			verb: Role{Role: "member", Brand: "outdoor"},
			is:   person(role("helper")),
			by:   func(p *dedupe.Policy) { p.Ranks["helper"] = 5; p.Elevated = map[string]bool{"helper": true} },
			want: `updated lowered [{"op":"role","brand":"outdoor","from":"helper","to":"member","lowers":true}]`,
		},
		"the role that is there":    {verb: manager, is: person(role("manager")), want: "unchanged has_role"},
		"nobody of another brand":   {verb: Role{Role: "member", Brand: "kitchen"}, is: person(), want: "rejected not_member"},
		"nobody above the operator": {verb: manager, is: person(role("administrator")), want: "rejected not_allowed"},
		"nobody who is above them elsewhere": {verb: manager, is: person(also("kitchen", "administrator")),
			want: "rejected not_allowed"},
		"nobody whose role can do more, at a lower rank": {verb: manager, is: person(role("settings")), want: "rejected not_allowed"},
		"not oneself":                 {verb: Role{Role: "member", Brand: "outdoor"}, is: person(role("manager"), operator), want: "rejected yourself"},
		"no creator gets a dashboard": {verb: manager, is: person(kind(record.Creator)), want: "rejected role_of_creator"},
	})
}

func TestGrant(t *testing.T) {
	kitchen := Grant{Brands: []string{"kitchen"}, Campaigns: []string{"kitchen/autumn", "outdoor/spring"}}
	try(t, map[string]trial{
		"what is not there is added, and what is stays": {verb: kitchen, is: person(),
			want: `updated access_added [{"op":"join","brand":"kitchen","kind":"client","role":"member"},` +
				`{"op":"grant_campaign","campaign":"kitchen/autumn"}]`},
		"a campaign brings its brand": {verb: Grant{Campaigns: []string{"kitchen/autumn"}}, is: person(),
			want: `updated access_added [{"op":"join","brand":"kitchen","kind":"client","role":"member"},` +
				`{"op":"grant_campaign","campaign":"kitchen/autumn"}]`},
		"what a source gave before is not the source's any more": {verb: kitchen, is: person(func(p *pick.Person) {
			p.Sourced = []change.Disown{{Source: "crm", What: "membership", Target: "kitchen"}, {Source: "crm", What: "campaign", Target: "kitchen/autumn"},
				{Source: "crm", What: "campaign", Target: "outdoor/spring"}, {Source: "crm", What: "product", Target: "chat"}}
		}),
			want: `updated access_added [{"op":"disown","source":"crm","what":"membership","target":"kitchen"},` +
				`{"op":"disown","source":"crm","what":"campaign","target":"kitchen/autumn"},` +
				`{"op":"join","brand":"kitchen","kind":"client","role":"member"},{"op":"grant_campaign","campaign":"kitchen/autumn"}]`},
		"a product": {verb: Grant{Products: []string{"chat", "reports"}}, is: person(),
			want: `updated access_added [{"op":"grant_product","product":"chat"}]`},
		"whoever is in no brand is taken in as by an import": {verb: Grant{Brands: []string{"outdoor"}},
			is:   person(func(p *pick.Person) { p.Account.Memberships = nil }),
			want: `updated access_added [{"op":"join","brand":"outdoor","kind":"creator","role":"member"}]`},
		"all of it is there": {verb: Grant{Brands: []string{"outdoor"}, Campaigns: []string{"outdoor/spring"},
			Products: []string{"reports"}}, is: person(), want: "unchanged has_access"},
		"staff get the role that staff get": {verb: Grant{Brands: []string{"kitchen"}}, is: person(kind(record.Staff)),
			want: `updated access_added [{"op":"join","brand":"kitchen","kind":"staff","role":"editor"}]`},
		"staff are taken in by who may make staff": {verb: Grant{Brands: []string{"kitchen"}}, is: person(kind(record.Staff)),
			by: noStaff, want: "rejected not_allowed"},
		"a role above member is given by who may give it": {verb: Grant{Brands: []string{"kitchen"}}, is: person(kind(record.Staff)),
			by: noRoles, want: "rejected not_allowed"},
		"no role above the operator's own": {verb: Grant{Brands: []string{"kitchen"}}, is: person(kind(record.Staff)), by: above,
			want: "rejected not_allowed"},
		"whoever is another's is asked first, where that is wanted": {verb: Grant{Campaigns: kitchen.Campaigns, Products: []string{"chat"}},
			is: person(func(p *pick.Person) { p.Account.Campaigns = nil }), by: asks,
			want: `updated membership_offered [{"op":"offer","brand":"kitchen","kind":"client","role":"member",` +
				`"campaigns":["kitchen/autumn"]},{"op":"mail","template":"consent","asks":true,"brand":"kitchen"},` +
				`{"op":"grant_campaign","campaign":"outdoor/spring"},{"op":"grant_product","product":"chat"}]`},
		"and is not asked again": {verb: Grant{Brands: []string{"kitchen"}}, by: asks, is: person(func(p *pick.Person) {
			p.Account.Offers = []dedupe.OpenOffer{{Brand: "kitchen", ExpiresAt: now.Add(time.Hour)}}
		}), want: "unchanged awaits_consent"},
		"nobody is asked without an address": {verb: kitchen, is: person(noAddress), by: asks, want: "rejected cannot_be_asked"},
		"one's own people are not asked": {verb: Grant{Brands: []string{"kitchen"}}, by: asks,
			is:   person(func(p *pick.Person) { p.Account.OwnedHere = true }),
			want: `updated access_added [{"op":"join","brand":"kitchen","kind":"client","role":"member"}]`},
		"no role that can do more than the operator's, at a lower rank": {verb: Grant{Brands: []string{"kitchen"}},
			is: person(kind(record.Staff)), by: settingsForStaff, want: "rejected not_allowed"},
		"nobody above the operator": {verb: kitchen, is: person(role("administrator")), want: "rejected not_allowed"},
		"not oneself":               {verb: kitchen, is: person(operator), want: "rejected yourself"},
	})
}

func TestRevoke(t *testing.T) {
	outdoor := Revoke{Brands: []string{"outdoor"}}
	const left = `{"op":"leave","brand":"outdoor","kind":"client","role":"member"}`
	const spring = `{"op":"revoke_campaign","campaign":"outdoor/spring"}`
	try(t, map[string]trial{
		"a brand, and with it its campaigns": {verb: outdoor, is: person(also("kitchen", "member")),
			want: "updated access_revoked [" + left + "," + spring + "]"},
		"a campaign": {verb: Revoke{Campaigns: []string{"outdoor/spring"}}, is: person(), want: "updated access_revoked [" + spring + "]"},
		"a product":  {verb: Revoke{Products: []string{"reports"}}, is: person(), want: `updated access_revoked [{"op":"revoke_product","product":"reports"}]`},
		"everything": {verb: Revoke{All: true}, is: person(), want: "updated access_revoked [" + left + "," + spring + `,{"op":"revoke_product","product":"reports"}]`},
		"everything of somebody with a link": {verb: Revoke{All: true}, is: person(linked), want: "updated access_revoked ends [" + left + "," +
			spring + `,{"op":"revoke_product","product":"reports"},{"op":"end_link","why":"by hand"}]`},
		"a brand of somebody with a link": {verb: outdoor, is: person(linked, also("kitchen", "member")),
			want: "updated access_revoked [" + left + "," + spring + "]"},
		"the last brand of somebody with a link": {verb: outdoor, is: person(linked),
			want: "updated access_revoked ends [" + left + "," + spring + `,{"op":"end_link","why":"by hand"}]`},
		"a brand that was offered": {
			verb: Revoke{Brands: []string{"kitchen"}},
			is: person(func(p *pick.Person) {
				p.Account.Offers = []dedupe.OpenOffer{{Brand: "garden"}, {Brand: "kitchen"}}
			}),
			want: `updated access_revoked [{"op":"withdraw","brand":"kitchen","kind":"","role":""}]`,
		},
		"a brand that was declined": {
			verb: Revoke{Brands: []string{"kitchen"}},
			is: person(func(p *pick.Person) {
				p.Account.Offers = []dedupe.OpenOffer{{Brand: "kitchen", Declined: true}}
			}),
			want: "unchanged has_no_access",
		},
		"nothing of it": {verb: Revoke{Brands: []string{"kitchen"}, Products: []string{"chat"}}, is: person(), want: "unchanged has_no_access"},
		"everything of somebody in a brand that is not seen": {verb: Revoke{All: true}, is: person(also("kitchen", "member")),
			want: "rejected not_allowed"},
		"everything of somebody in two brands that are seen": {verb: Revoke{All: true}, is: person(also("kitchen", "member")), by: everything,
			want: `updated access_revoked [` + left + `,{"op":"leave","brand":"kitchen","kind":"client","role":"member"},` + spring +
				`,{"op":"revoke_product","product":"reports"}]`},
		"a product, which is of all brands, of somebody in one that is not seen": {verb: Revoke{Products: []string{"reports"}},
			is: person(also("kitchen", "member")), want: "rejected not_allowed"},
		"nobody above the operator": {verb: outdoor, is: person(role("administrator")), want: "rejected not_allowed"},
		"not oneself":               {verb: Revoke{All: true}, is: person(operator), want: "rejected yourself"},
	})
}
