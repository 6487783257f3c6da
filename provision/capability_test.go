package provision

import (
	"strings"
	"testing"
)

func TestWhatARoleCan(t *testing.T) {
	all := Role{Name: "administrator", Capabilities: []string{MayDoAll}}
	some := Role{Name: "manager", Capabilities: []string{MayReissue}}
	for name, c := range map[string]struct {
		by    Operator
		needs string
		wrong string
	}{
		"what the role has":                          {Operator{Role: some}, MayReissue, ""},
		"what it has not":                            {Operator{Email: "mia@example.com", Role: some}, MayReveal, "mia@example.com (manager) may not see links (links:reveal)"},
		"everything":                                 {Operator{Role: all}, MayReveal, ""},
		"nothing at all for whoever is blocked":      {Operator{Role: all, Blocked: true}, MayReveal, "may not see links"},
		"no capability stands for another beside it": {Operator{Role: some}, "links", "may not see links (links)"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.by.Needs(c.needs, "see links")
			if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
				t.Errorf("got %v, want %q", err, c.wrong)
			}
		})
	}
}

func TestWhoIssuesLinks(t *testing.T) {
	idle := false
	if err := (Organization{}).MayInvite(); err != nil {
		t.Error(err)
	}
	if err := (Organization{Slug: "o", Active: &idle}).MayInvite(); err == nil {
		t.Error("an organization that is not active issues links")
	}
}

func TestWhatARoleCanBeyondAnother(t *testing.T) {
	own := Role{Name: "manager", Rank: 50, Dashboard: true, Capabilities: []string{MayReissue, MayReveal}}
	with := func(change func(*Role)) Role {
		r := own
		r.Name = "other"
		change(&r)
		return r
	}
	for name, c := range map[string]struct {
		role Role
		want string
	}{
		"the same":                {own, ""},
		"less":                    {Role{Rank: 10, Capabilities: []string{MayReveal}}, ""},
		"a higher rank":           {with(func(r *Role) { r.Rank = 51 }), "ranks above the operator's own (manager)"},
		"a capability":            {Role{Rank: 1, Capabilities: []string{MayReveal, MayBlock}}, "has people:block, which the operator's own (manager) has not"},
		"all, those to come, too": {Role{Rank: 40, Capabilities: []string{MayDoAll}}, "has *, which the operator's own (manager) has not"},
		"what a dashboard is for": {Role{Rank: 1, Dashboard: true}, ""},
	} {
		if got := c.role.Beyond(own); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := (Role{Dashboard: true}).Beyond(Role{Name: "member"}); got != "has a dashboard, which the operator's own (member) has not" {
		t.Errorf("a dashboard: %q", got)
	}
	if got := own.Beyond(Role{Rank: 100, Dashboard: true, Capabilities: []string{MayDoAll}}); got != "" {
		t.Errorf("beyond an administrator: %q", got)
	}
}

func TestWhatIsMoreThanAMember(t *testing.T) {
	member := Role{Name: MemberRole, Rank: 10}
	for name, c := range map[string]struct {
		role Role
		want bool
	}{
		"member itself":                  {member, false},
		"a lower rank":                   {Role{Rank: 5}, false},
		"a higher rank":                  {Role{Rank: 11}, true},
		"a lower rank with a dashboard":  {Role{Rank: 5, Dashboard: true}, true},
		"a lower rank with a capability": {Role{Rank: 5, Capabilities: []string{MayEditOrganization}}, true},
	} {
		if got := c.role.Elevated(member); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheRoleInABrand(t *testing.T) {
	helper := Role{Name: "helper", Rank: 30, Dashboard: true}
	blocker := Role{Name: "blocker", Rank: 50, Dashboard: true, Capabilities: []string{MayBlock}}
	overseer := Role{Name: "overseer", Rank: 40, Dashboard: true, Capabilities: []string{MaySeeAll}}
	all := Role{Name: AdministratorRole, Rank: 100, Dashboard: true, Capabilities: []string{MayDoAll}}
	both := []string{"kitchen", "outdoor"}
	for name, c := range map[string]struct {
		roles   map[string]Role
		brand   string
		role    string
		manages string
	}{
		"what they are elsewhere does not count": {map[string]Role{"outdoor": blocker, "kitchen": helper}, "kitchen", "helper", "kitchen outdoor"},
		"nor reaches where they are less":        {map[string]Role{"outdoor": blocker, "kitchen": helper}, "outdoor", "blocker", "outdoor"},
		"a role for all brands is one there":     {map[string]Role{"outdoor": all, "kitchen": helper}, "kitchen", AdministratorRole, "kitchen outdoor"},
		"but lowers nobody":                      {map[string]Role{"outdoor": overseer, "kitchen": blocker}, "kitchen", "blocker", "kitchen"},
		"where they are nothing it is theirs":    {map[string]Role{"outdoor": overseer}, "kitchen", "overseer", "kitchen outdoor"},
	} {
		got := Operator{Role: all, Roles: c.roles, Manages: both}.In(c.brand)
		if got.Role.Name != c.role || strings.Join(got.Manages, " ") != c.manages {
			t.Errorf("%s: %s in %v, want %s in %s", name, got.Role.Name, got.Manages, c.role, c.manages)
		}
	}
	if got := (Operator{Role: helper, Manages: both}).In("outdoor"); got.Role.Name != "helper" || len(got.Manages) != 2 {
		t.Errorf("somebody whose roles are not told apart: %v", got)
	}
}
