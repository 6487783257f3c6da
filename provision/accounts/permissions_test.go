package accounts

import (
	"testing"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/record"
	"muster/provision/pick"
)

// cataloguing gives the organization permissions, tasks not by default.
func cataloguing(p *dedupe.Policy) {
	p.Permissions = permission.Rules{Tree: permission.Tree{"reports.view", "tasks"}, Without: []string{"tasks"}}
}

func mine(leaves ...string) func(*dedupe.Policy) {
	return func(p *dedupe.Policy) {
		cataloguing(p)
		p.Holds = map[string][]string{"outdoor": leaves}
	}
}

// given are the permissions of the person.
func given(leaves ...string) func(*pick.Person) {
	return func(p *pick.Person) {
		p.Account.Memberships[0].Permissions = &permission.Grant{Mode: permission.Custom, Leaves: leaves, Source: leaves[0]}
	}
}

func TestPermissions(t *testing.T) {
	custom := Permissions{Wish: permission.Wish{Mode: permission.Custom, Patterns: []string{"tasks"}}}
	usual := Permissions{Wish: permission.Wish{Mode: permission.Default}}
	source := person(given("reports.view")).Account
	source.ID = "c"
	clone := Permissions{Wish: permission.Wish{Mode: permission.Clone, Of: "carl@example.com"}, Source: &source}
	const tasks = `{"mode":"custom","leaves":["tasks"],"source":"tasks"}`
	try(t, map[string]trial{
		"what is named": {verb: custom, is: person(), by: cataloguing,
			want: `updated permissions_changed [{"op":"permit","brand":"outdoor","to":` + tasks + `}]`},
		"what is there already":                           {verb: custom, is: person(given("tasks")), by: cataloguing, want: "unchanged has_permissions"},
		"the default of somebody who never had any other": {verb: usual, is: person(), by: cataloguing, want: "unchanged has_permissions"},
		"the default in place of others": {verb: usual, is: person(given("tasks")), by: cataloguing,
			want: `updated permissions_changed [{"op":"permit","brand":"outdoor","from":` + tasks + `,"to":{"mode":"default","leaves":["reports.view"]}}]`},
		"what somebody else has": {verb: clone, is: person(), by: cataloguing,
			want: `updated permissions_changed [{"op":"permit","brand":"outdoor","to":{"mode":"clone","leaves":["reports.view"],"source":"c"}}]`},
		"what the plan gives nobody": {verb: clone, is: person(), by: func(p *dedupe.Policy) { cataloguing(p); p.Permissions.Never = []string{"reports"} },
			want: "rejected plan_forbids"},
		"what the operator has not got":      {verb: custom, is: person(), by: mine("reports.view"), want: "rejected permission_not_held"},
		"what the operator has":              {verb: clone, is: person(given("reports.view")), by: mine("reports.view"), want: `updated permissions_changed [{"op":"permit","brand":"outdoor","from":{"mode":"custom","leaves":["reports.view"],"source":"reports.view"},"to":{"mode":"clone","leaves":["reports.view"],"source":"c"}}]`},
		"no creator has any":                 {verb: custom, is: person(kind(record.Creator)), by: cataloguing, want: "rejected rights_of_creator"},
		"nobody in brands that are not seen": {verb: custom, is: person(func(p *pick.Person) { p.Account.Memberships[0].Brand = "kitchen" }), by: cataloguing, want: "rejected not_member"},
		"nobody of another brand":            {verb: Permissions{Wish: custom.Wish, Brand: "kitchen"}, is: person(), by: cataloguing, want: "rejected not_member"},
		"staff by who may make staff":        {verb: custom, is: person(kind(record.Staff)), by: func(p *dedupe.Policy) { cataloguing(p); noStaff(p) }, want: "rejected not_allowed"},
		"nobody above the operator":          {verb: custom, is: person(role("administrator")), by: cataloguing, want: "rejected not_allowed"},
		"not oneself":                        {verb: custom, is: person(operator), by: cataloguing, want: "rejected yourself"},
	})
}
