package directory

import (
	"testing"

	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// Nobody gets by a file what whoever applies it does not hold.
func TestMayEdit(t *testing.T) {
	now := northwind()
	now.Roles = append(wantedRoles(nil),
		provision.Role{Name: "lead", Rank: 60, Dashboard: true, Capabilities: []string{"organization:edit", "links:reissue"}},
		provision.Role{Name: "giver", Rank: 60, Dashboard: true, Capabilities: []string{"organization:edit", "roles:assign", "people:edit"}},
		provision.Role{Name: "twin", Rank: 100, Dashboard: true, Capabilities: []string{"people:block"}},
		provision.Role{Name: "boss", Rank: 80, Dashboard: true, Capabilities: []string{"organization:edit"}},
		provision.Role{Name: "desk", Rank: 50, Dashboard: true, Capabilities: []string{"staff:create"}})
	role := func(name string, rank int, capabilities ...string) []provision.Role {
		return []provision.Role{{Name: name, Rank: rank, Dashboard: true, Capabilities: capabilities}}
	}
	for name, c := range map[string]struct {
		file provision.Organization
		as   string
		err  string
	}{
		"a brand, a name and a role below one's own": {as: "lead",
			file: provision.Organization{Name: "N", Brands: []provision.Brand{{Slug: "new"}}, Roles: role("aide", 60, "links:reissue")}},
		"a role above one's own": {as: "lead", file: provision.Organization{Roles: role("chief", 61)},
			err: `role "chief" would rank above that of mia@example.com (lead)`},
		"a role that is raised above one's own": {as: "lead", file: provision.Organization{Roles: role("desk", 70, "staff:create")},
			err: `role "desk" would rank above that of mia@example.com (lead)`},
		"one's own role that is raised": {as: "lead", file: provision.Organization{Roles: role("lead", 100, "organization:edit", "links:reissue")},
			err: `role "lead" would rank above that of mia@example.com (lead)`},
		"a role above one's own that is lowered": {as: "lead", file: provision.Organization{Roles: role("boss", 10)},
			err: `role "boss" ranks above that of mia@example.com (lead), who may not change it`},
		"the administrator's": {as: "boss", file: provision.Organization{Roles: role("administrator", 100, "organization:edit", "staff:create")},
			err: `role "administrator" ranks above that of mia@example.com (boss), who may not change it`},
		"a capability that one lacks, for a new role": {as: "lead", file: provision.Organization{Roles: role("aide", 20, "people:block")},
			err: `role "aide" would have people:block, which that of mia@example.com (lead) has not`},
		"a capability that one lacks, for one's own": {as: "lead", file: provision.Organization{Roles: role("lead", 60, "organization:edit", "people:block")},
			err: `role "lead" would have people:block, which that of mia@example.com (lead) has not`},
		"all capabilities": {as: "boss", file: provision.Organization{Roles: role("desk", 50, "*")},
			err: `role "desk" would have *, which that of mia@example.com (boss) has not`},
		"a capability that the role has already": {as: "lead", file: provision.Organization{Roles: role("desk", 51, "staff:create")}},
		"capabilities that are taken away":       {as: "lead", file: provision.Organization{Roles: role("desk", 50)}},
		"a default role above one's own": {as: "lead",
			file: provision.Organization{DefaultRoles: map[record.Kind]string{record.Staff: "boss"}},
			err:  `mia@example.com may not make role "boss" a default: it ranks above the operator's own (lead)`},
		"a default role that can do more than one's own, of a lower rank": {as: "giver",
			file: provision.Organization{DefaultRoles: map[record.Kind]string{record.Staff: "desk"}},
			err:  `mia@example.com may not make role "desk" a default: it has staff:create, which the operator's own (giver) has not`},
		"a default role, for whoever may assign none": {as: "lead",
			file: provision.Organization{Roles: role("aide", 20), DefaultRoles: map[record.Kind]string{record.Staff: "aide"}},
			err:  `mia@example.com (lead) may not assign role "aide", nor make it a default`},
		"a default role within one's own": {as: "giver",
			file: provision.Organization{Roles: role("aide", 20), DefaultRoles: map[record.Kind]string{record.Staff: "aide"}}},
		"a peer's role": {as: "lead", file: provision.Organization{Roles: role("giver", 60)},
			err: `role "giver" ranks as high as that of mia@example.com (lead), who may not change it`},
		"a peer's role, of which one has a part": {as: "giver", file: provision.Organization{Roles: role("lead", 60)},
			err: `role "lead" ranks as high as that of mia@example.com (giver), who may not change it`},
		"a peer's role, for an administrator": {as: "administrator", file: provision.Organization{Roles: role("twin", 100)}},
		"one's own role, of which all is one's own to give": {as: "giver",
			file: provision.Organization{Roles: role("giver", 60, "organization:edit", "roles:assign")}},
		"the plan": {as: "lead", file: provision.Organization{Access: provision.Access{Plan: &provision.Plan{Name: "huge"}}},
			err: "mia@example.com (lead) may not change the plan (billing:edit)"},
		"the plan, for an administrator": {as: "administrator",
			file: provision.Organization{Access: provision.Access{Plan: &provision.Plan{Name: "huge"}}}},
		"any role, for an administrator": {as: "administrator", file: provision.Organization{Roles: role("chief", 100, "*")}},
	} {
		t.Run(name, func(t *testing.T) {
			own, _ := findRole(now, c.as)
			c.file.Slug = now.Slug
			rows, changes := difference{now: now, file: c.file, newID: func() string { return "id" }}.compare(0)
			if len(changes) == 0 {
				t.Fatal("the file changes nothing")
			}
			err := mayEdit(provision.Operator{Email: "mia@example.com", Role: own}, now, rows, changes)
			switch {
			case c.err == "" && err != nil:
				t.Error(err)
			case c.err != "" && (err == nil || err.Error() != c.err):
				t.Errorf("got %v, want %s", err, c.err)
			}
		})
	}
}

func TestMayAppoint(t *testing.T) {
	now := northwind()
	now.Roles = append(wantedRoles(nil), provision.Role{Name: "peer", Rank: 100, Dashboard: true, Capabilities: []string{"organization:edit"}})
	for _, c := range []struct {
		as   string
		held map[string]string
		may  bool
	}{
		{"administrator", nil, true},
		{"peer", nil, false}, // of the same rank, and without the rights
		{"peer", map[string]string{"summer": "member"}, false},
		{"peer", map[string]string{"elsewhere": "administrator"}, false},
		{"peer", map[string]string{"summer": "administrator"}, true}, // of a new brand, too
	} {
		own, _ := findRole(now, c.as)
		err := mayAppoint(provision.Operator{Email: "mia@example.com", Role: own}, now, emailOf(t, "zoe@example.com"), provision.Holding{Roles: c.held})
		if (err == nil) != c.may {
			t.Errorf("%s appoints who holds %v: %v", c.as, c.held, err)
		}
	}
}

func emailOf(t *testing.T, address string) identity.Email {
	e, _, err := identity.ParseEmail(address)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
