package directory

import (
	"errors"
	"regexp"
	"strings"
	"testing"
)

var columnsSaid = regexp.MustCompile(`, column [0-9]+`)

func TestReadOrganization(t *testing.T) {
	const brand = "slug: o\nbrands: [{slug: b}]\n"
	for name, c := range map[string]struct{ text, wrong string }{
		"a brand is enough":       {brand, ""},
		"a key that there is not": {brand + "colour: red\n", `line 3: there is no key "colour" here; there are: active, administrators, brands, `},
		"a key that is mistyped": {
			brand + "sign_up_feilds: []\n", `line 3: there is no key "sign_up_feilds" here; did you mean sign_up_fields?`,
		},
		"a key of a brand that is mistyped": {
			"slug: o\nbrands:\n  - slug: b\n    dashbord_url: https://example.com\n",
			`line 4: there is no key "dashbord_url" here; did you mean dashboard_url?`,
		},
		"a key in what is merged": {
			"slug: o\nbrands:\n  - &first {slug: b, nmae: B}\n  - <<: *first\n    slug: c\n", `line 3: there is no key "nmae"`,
		},
		"a value of another kind": {brand + "active: maybe\n", "line 3: cannot unmarshal"},
		"nothing":                 {"", "EOF"},
		"comments alone":          {"# nothing\n", "EOF"},
		"an address without a scheme": {
			brand + "member_url: www.example.com\n", `line 3: member_url "www.example.com": give it like https://`,
		},
		"an address without TLS":       {brand + "sso_url: http://example.com\n", `line 3: sso_url "http://example.com"`},
		"an address of this machine":   {brand + "member_url: http://localhost:3000/in\n", ""},
		"an address with a password":   {brand + "member_url: https://a:b@example.com\n", "line 3: member_url"},
		"an address of a brand":        {"slug: o\nbrands:\n  - slug: b\n    member_url: x\n", `line 4: member_url "x"`},
		"a language that there is not": {brand + "language: xx\n", `line 3: people are not spoken to in language "xx"; there are: en, de, es, fr`},
		"terms without a version":      {brand + "terms: {url: https://example.com/terms}\n", "line 3: terms: give url and version"},
		"no terms":                     {brand + "terms: {}\n", ""},
		"a field without a label":      {brand + "sign_up_fields:\n  - {name: city}\n", `line 4: sign-up field "city": say in label`},
		"a field with an empty label":  {brand + "sign_up_fields:\n  - {name: city, label: {en: ' '}}\n", `line 4: sign-up field "city": its label has`},
		"a label in no language":       {brand + "sign_up_fields:\n  - {name: city, label: {eng: City}}\n", `line 4: people are not spoken to in language "eng"`},
		"a field without a name":       {brand + "sign_up_fields:\n  - {label: {en: City}}\n", `line 4: sign-up field ""`},
		"a field that stands twice":    {brand + "sign_up_fields:\n  - {name: city, label: {en: City}}\n  - {name: city, label: {en: Town}}\n", `line 5: sign-up field "city" stands twice`},
		"a field of a kind that is mistyped": {
			brand + "sign_up_fields:\n  - name: size\n    label: {en: Size}\n    kind: chioce\n", `line 6: sign-up field "size": there is no kind "chioce"; did you mean choice?`,
		},
		"a choice without choices":           {brand + "sign_up_fields:\n  - {name: size, label: {en: Size}, kind: choice}\n", `line 4: sign-up field "size": give it 2 to 200 choices`},
		"a choice that stands twice":         {brand + "sign_up_fields:\n  - {name: size, label: {en: Size}, kind: choice, choices: [S, s]}\n", `choice of size "s" stands twice`},
		"choices of what is not one":         {brand + "sign_up_fields:\n  - {name: size, label: {en: Size}, choices: [S, M]}\n", "only one of kind choice has choices"},
		"a choice that turns text round":     {brand + "sign_up_fields:\n  - {name: size, label: {en: Size}, kind: choice, choices: [S, \"\\u202eM\"]}\n", "a choice has 1 to 200 characters"},
		"more than anybody fills in":         {brand + "sign_up_fields: [" + strings.Repeat("{},", mostFields+1) + "]\n", "nobody fills in more than 20 fields"},
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
		"a default role with a dashboard": {
			brand + "roles: [{name: lead, rank: 50, dashboard: true}]\ndefault_roles: {client: lead}\n",
			`line 4: default_roles: every client would get role "lead", which has a dashboard`,
		},
		"a default role that may do something": {
			brand + "roles: [{name: aide, rank: 11, capabilities: [links:reissue]}]\ndefault_roles: {client: aide}\n",
			`every client would get role "aide", which has capabilities`,
		},
		"a role that ranks as a member and may do something": {
			brand + "roles: [{name: lead, rank: 50, dashboard: true}, {name: keeper, rank: 10, capabilities: [links:reissue]}]\n",
			`line 3: role "keeper": a role that has a dashboard or capabilities ranks above 10, which is that of a member`,
		},
		"a role that ranks as a member and has a dashboard": {
			brand + "roles: [{name: keeper, rank: 5, dashboard: true}]\n", `role "keeper": a role that has a dashboard or capabilities`,
		},
		"a member who may do something": {
			brand + "roles: [{name: member, rank: 20, capabilities: [links:reissue]}]\n", `role "member": a role that has`,
		},
		"a mode of permissions that there is not": {
			brand + "plan: {permissions: [default, costum]}\n", `line 3: plan: there are no permissions "costum"; use default, custom, clone`,
		},
		"a plan without default permissions": {brand + "plan: {permissions: [custom]}\n", "line 3: plan: default permissions are those of everybody new"},
		"a limit that there is not":          {brand + "plan: {limits: {clients: 2}}\n", `line 3: plan: there is no limit for "clients"; did you mean client?`},
		"a limit below nothing":              {brand + "plan: {limits: {client: -1}}\n", "line 3: plan: -1 clients cannot be"},
		"a key of a plan that is mistyped":   {brand + "plan: {limit: {staff: 2}}\n", `line 3: there is no key "limit" here; did you mean limits?`},
		"a permission with a blank in it":    {brand + "permission_tree: {reports: [view all]}\n", `line 3: permission "reports.view all": name groups`},
		"a tree that is a word":              {brand + "permission_tree: reports\n", "line 3: cannot unmarshal"},
		"a pattern that names nothing": {
			brand + "permission_tree: {reports: [view]}\npermission_default_without: [reports.veiw]\n",
			`line 4: permission_default_without: there is no permission "reports.veiw"; did you mean reports.view?`,
		},
		"a domain that is none":     {brand + "staff_domains: [\"a b\"]\n", `line 3: staff domain "a b": give it like northwind.example`},
		"a login without a name":    {brand + "logins: [{as: ada@example.com}]\n", `line 3: login "": name a role of the database`},
		"a login as nobody":         {brand + "logins: [{login: nightly, as: ada}]\n", `line 3: login "nightly": "ada" is no email address`},
		"a login that stands twice": {brand + "logins: [{login: n, as: ada@example.com}, {login: n, as: Ada@example.com}]\n", `login "n" stands twice`},
		"a login that acts as two":  {brand + "logins: [{login: n, as: ada@example.com}, {login: n, as: bob@example.com}]\n", ""},
		"an administrator without an address": {
			brand + "administrators: [Ann]\n",
			`administrator "Ann" is no email address`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadOrganization(strings.NewReader(c.text))
			if err != nil { // columns are the concern of one test
				err = errors.New(columnsSaid.ReplaceAllString(err.Error(), ""))
			}
			switch {
			case c.wrong == "" && err != nil:
				t.Error(err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("got %v, want %q", err, c.wrong)
			}
		})
	}
}

func TestWhereItIs(t *testing.T) {
	_, err := ReadOrganization(strings.NewReader("slug: o\nbrands: [{slug: b}]\nplan: {limits: {staff: 1, client: -1}}\n"))
	if want := "line 3, column 35: plan: -1 clients cannot be"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
