package dedupe_test

import (
	"fmt"
	"strings"
	"testing"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/record"
)

// A client's permissions are what their row asks for, as far as that is to be
// had, and never change once they are there.
func TestPermissions(t *testing.T) {
	carl := dedupe.Membership{Brand: "b1", Kind: record.Client, Role: "member",
		Permissions: &permission.Grant{Mode: permission.Custom, Leaves: []string{"reports.view", "tasks"}, Source: "reports.view, tasks"}}
	plain := dedupe.Membership{Brand: "b1", Kind: record.Client, Role: "member"}
	unseen := carl
	unseen.Brand = "b9"
	creator := carl
	creator.Kind = record.Creator
	for name, c := range map[string]struct {
		wishes []string // of the rows of one person
		mine   *dedupe.Membership
		source *dedupe.Membership // of carl@example.com
		policy func(*dedupe.Policy)
		want   string
	}{
		"a row that asks for nothing gives the default":     {wishes: []string{""}, want: "create default [reports.view]"},
		"so does one that says so":                          {wishes: []string{"default"}, want: "create default [reports.view]"},
		"a custom wish":                                     {wishes: []string{"custom: tasks"}, want: "create custom [tasks]"},
		"rows that ask for the same":                        {wishes: []string{"custom: tasks", "custom: tasks"}, want: "create custom [tasks]"},
		"rows that ask for different things":                {wishes: []string{"custom: tasks", "default"}, want: "reject permissions_contradict"},
		"rows of which one asks":                            {wishes: []string{"", "custom: tasks"}, want: "create custom [tasks]"},
		"a clone has what its source has":                   {wishes: []string{"clone: carl@example.com"}, source: &carl, want: "create clone [reports.view tasks] C"},
		"a clone of the default":                            {wishes: []string{"clone: carl@example.com"}, source: &plain, want: "create clone [reports.view] C"},
		"a clone of nobody":                                 {wishes: []string{"clone: carl@example.com"}, want: "reject clone_unknown"},
		"a clone of somebody in a brand that is not seen":   {wishes: []string{"clone: carl@example.com"}, source: &unseen, want: "reject clone_unknown"},
		"a clone of a creator":                              {wishes: []string{"clone: carl@example.com"}, source: &creator, want: "reject clone_unknown"},
		"a clone of what the plan gives nobody":             {wishes: []string{"clone: carl@example.com"}, source: &carl, policy: func(p *dedupe.Policy) { p.Permissions.Never = []string{"tasks"} }, want: "reject plan_forbids"},
		"a clone on a plan without clones":                  {wishes: []string{"clone: carl@example.com"}, source: &carl, policy: func(p *dedupe.Policy) { p.Permissions.Modes = []permission.Mode{"default"} }, want: "reject plan_forbids"},
		"a clone of more than the operator has":             {wishes: []string{"clone: carl@example.com"}, source: &carl, policy: func(p *dedupe.Policy) { p.Holds = map[string][]string{"b1": {"reports.view"}} }, want: "reject permission_not_held"},
		"a clone of what the operator has":                  {wishes: []string{"clone: carl@example.com"}, source: &plain, policy: func(p *dedupe.Policy) { p.Holds = map[string][]string{"b1": {"reports.view"}} }, want: "create clone [reports.view] C"},
		"the default where the operator has less":           {wishes: []string{""}, policy: func(p *dedupe.Policy) { p.Holds = map[string][]string{"b1": {}} }, want: "reject permission_not_held"},
		"an organization without permissions":               {wishes: []string{"default"}, policy: func(p *dedupe.Policy) { p.Permissions.Tree = nil }, want: "create"},
		"a creator has none":                                {wishes: []string{""}, policy: func(p *dedupe.Policy) { p.Kind = record.Creator }, want: "create"},
		"who has them already":                              {wishes: []string{"custom: tasks, reports.view"}, mine: &carl, want: "unchanged"},
		"who has others is left and noted":                  {wishes: []string{"default"}, mine: &carl, want: "unchanged permissions_differ default/custom: reports.view, tasks"},
		"who has the default and is to have others":         {wishes: []string{"custom: tasks"}, mine: &plain, want: "unchanged permissions_differ custom: tasks/default"},
		"who has the default and is to":                     {wishes: []string{"default"}, mine: &plain, want: "unchanged"},
		"who has some, and the source of a clone is gone":   {wishes: []string{"clone: carl@example.com"}, mine: &plain, want: "unchanged"},
		"who has some, and the row asks for nothing":        {wishes: []string{""}, mine: &carl, want: "unchanged"},
		"who has some, and may not be given so by the plan": {wishes: []string{"custom: tasks"}, mine: &carl, policy: func(p *dedupe.Policy) { p.Permissions.Never = []string{"tasks"} }, want: "unchanged"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.policy.Kind = record.Client
			w.policy.Permissions = permission.Rules{Tree: permission.Tree{"reports.view", "tasks"}, Without: []string{"tasks"}}
			if c.policy != nil {
				c.policy(&w.policy)
			}
			if c.mine != nil {
				w.account(t, "A email=ana@example.com name=Ana_Lima link=live")
				w.accounts[0].Memberships = []dedupe.Membership{*c.mine}
			}
			if c.source != nil {
				w.account(t, "C email=carl@example.com name=Carl_Kunde")
				w.accounts[len(w.accounts)-1].Memberships = []dedupe.Membership{*c.source}
			}
			for _, wish := range c.wishes {
				w.row(t, "email=ana@example.com name=Ana_Lima")
				w.records[len(w.records)-1].Permissions = wish
			}
			if got := sayPermissions(w.decide(t)[0]); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func sayPermissions(d dedupe.Decision) string {
	said := []string{string(d.Action)}
	if d.Action == dedupe.Reject {
		said = append(said, string(d.Reason))
	}
	for _, m := range d.Write.Memberships {
		if g := m.Permissions; g != nil {
			said = append(said, string(g.Mode), fmt.Sprint(g.Leaves))
			if g.Mode == permission.Clone {
				said = append(said, g.Source)
			}
		}
	}
	for _, n := range d.Notes {
		if n.Code == "permissions_differ" {
			said = append(said, string(n.Code), n.Said+"/"+n.Holds)
		}
	}
	return strings.Join(said, " ")
}
