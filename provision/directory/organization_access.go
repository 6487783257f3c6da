package directory

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/importer/spelling"
	"muster/provision"
)

// longestLogin is how long the name of a role of PostgreSQL may be.
const longestLogin = 63

// checkAccess says what is wrong with what a file says of who may do what.
func checkAccess(o provision.Organization) error {
	if err := checkPlan(o.Plan); err != nil {
		return err
	}
	for _, leaf := range o.PermissionTree {
		for part := range strings.SplitSeq(leaf, ".") {
			if !isSlug(strings.ReplaceAll(part, "_", "-")) {
				return wrong(place{"permission_tree"},
					"permission %q: name groups and leaves with small letters, digits, dashes and underscores", leaf)
			}
		}
	}
	if len(o.PermissionTree) > 0 {
		if err := checkPatterns(o.Access); err != nil {
			return err
		}
	}
	for i, domain := range o.StaffDomains {
		if d := domainOf(domain); d == "" || d != domain {
			return wrong(place{"staff_domains", i}, "staff domain %q: give it like northwind.example, in small letters", domain)
		}
	}
	if err := checkGuards(o.Guards); err != nil {
		return err
	}
	return checkLogins(o)
}

// domainOf is a domain as addresses have it when they are compared, "" where
// no address can be there.
func domainOf(domain string) string {
	e, _, err := identity.ParseEmail("somebody@" + domain)
	if err != nil {
		return ""
	}
	_, found, _ := strings.Cut(e.Value, "@")
	return found
}

func checkPlan(p *provision.Plan) error {
	if p == nil {
		return nil
	}
	for i, m := range p.Permissions {
		if !slices.Contains(permission.Modes, m) {
			return wrong(place{"plan", "permissions", i}, "plan: there are no permissions %q; use default, custom, clone", m)
		}
	}
	if len(p.Permissions) > 0 && !slices.Contains(p.Permissions, permission.Default) {
		return wrong(place{"plan", "permissions"}, "plan: default permissions are those of everybody new; list them, too")
	}
	kinds := []string{string(record.Client), string(record.Staff)}
	for _, kind := range slices.Sorted(maps.Keys(p.Limits)) {
		at := place{"plan", "limits", string(kind)}
		if !slices.Contains(kinds, string(kind)) {
			text := "limit staff, client"
			if near := spelling.Nearest(string(kind), kinds); near != "" {
				text = "did you mean " + near + "?"
			}
			return wrong(at, "plan: there is no limit for %q; %s", kind, text)
		}
		if p.Limits[kind] < 0 {
			return wrong(at, "plan: %d %s cannot be", p.Limits[kind], plural(kind, 2))
		}
	}
	return nil
}

// plural is what people of a kind are called who are so many.
func plural(kind record.Kind, n int) string {
	if kind == record.Staff || n == 1 {
		return string(kind)
	}
	return string(kind) + "s"
}

// checkPatterns refuses what names nothing in the tree of permissions.
func checkPatterns(a provision.Access) error {
	rules := a.Permissions()
	for _, said := range []struct {
		key      string
		at       place
		patterns []string
	}{
		{"permission_default_without", place{"permission_default_without"}, rules.Without},
		{"plan: never", place{"plan", "never"}, rules.Never},
	} {
		for i, p := range said.patterns {
			if err := rules.Known(p); err != nil {
				return wrong(said.at.to(i), "%s: %v", said.key, err)
			}
		}
	}
	return nil
}

func checkLogins(o provision.Organization) error {
	seen := map[string]bool{}
	for i, l := range o.Logins {
		at := place{"logins", i}
		if l.Login == "" || len(l.Login) > longestLogin || strings.TrimSpace(l.Login) != l.Login {
			return wrong(at.to("login"), "login %q: name a role of the database", l.Login)
		}
		e, _, err := identity.ParseEmail(l.As)
		if err != nil {
			return wrong(at.to("as"), "login %q: %q is no email address", l.Login, l.As)
		}
		key := fmt.Sprint(l.Login, "\x00", e.Value)
		if seen[key] {
			return wrong(at, "login %q stands twice as %s", l.Login, l.As)
		}
		seen[key] = true
	}
	return nil
}
