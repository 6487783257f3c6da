package directory

import (
	"strings"
	"testing"
)

func TestReadOrganization(t *testing.T) {
	const brand = "slug: o\nbrands: [{slug: b}]\n"
	for name, c := range map[string]struct{ text, wrong string }{
		"a brand is enough":                  {brand, ""},
		"a key that there is not":            {brand + "colour: red\n", "field colour not found"},
		"a second document":                  {brand + "---\n" + brand, "holds more than one document"},
		"a slug with capitals":               {"slug: O\nbrands: [{slug: b}]\n", `slug "O": use small letters`},
		"a slug that begins with a dash":     {"slug: -o\nbrands: [{slug: b}]\n", `slug "-o": use small letters`},
		"a way to sign in that there is not": {brand + "sign_in: card\n", `sign_in "card": use password or sso`},
		"no brand":                           {"slug: o\n", "there is no brand"},
		"a brand without a slug":             {"slug: o\nbrands: [{name: B}]\n", `brand slug "": use small letters`},
		"a brand that stands twice":          {"slug: o\nbrands: [{slug: b}, {slug: b}]\n", `brand "b" stands twice`},
		"a campaign that stands twice": {
			"slug: o\nbrands: [{slug: b, campaigns: [{slug: c}, {slug: c}]}]\n",
			`campaign of b "c" stands twice`,
		},
		"one campaign in each of two brands": {
			"slug: o\nbrands: [{slug: a, campaigns: [{slug: c}]}, {slug: b, campaigns: [{slug: c}]}]\n",
			"",
		},
		"a role without a rank": {
			brand + "roles: [{name: manager}]\n",
			`role "manager": a role needs a name and a rank`,
		},
		"a role that stands twice": {
			brand + "roles: [{name: M, rank: 1}, {name: m, rank: 2}]\n",
			`role "m" stands twice`,
		},
		"a capability that is mistyped": {
			brand + "roles: [{name: manager, rank: 50, capabilities: [links:reisue]}]\n",
			`role "manager": there is no capability "links:reisue"; did you mean links:reissue?`,
		},
		"a capability that is like none": {
			brand + "roles: [{name: manager, rank: 50, capabilities: [everything]}]\n",
			`there is no capability "everything"; there are: staff:create, `,
		},
		"an administrator who could not undo it": {
			brand + "roles: [{name: administrator, rank: 100, capabilities: [staff:create]}]\n",
			`role "administrator": without organization:edit nobody could put that right again`,
		},
		"an administrator who may do some things": {
			brand + "roles: [{name: administrator, rank: 100, capabilities: [staff:create, organization:edit]}]\n",
			"",
		},
		"a default role that there is not":    {brand + "default_roles: {staff: boss}\n", "default_roles: staff: boss"},
		"a default role of a kind of its own": {brand + "default_roles: {robot: member}\n", "default_roles: robot: member"},
		"an administrator without an address": {
			brand + "administrators: [Ann]\n",
			`administrator "Ann" is no email address`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadOrganization(strings.NewReader(c.text))
			switch {
			case c.wrong == "" && err != nil:
				t.Error(err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("got %v, want %q", err, c.wrong)
			}
		})
	}
}
