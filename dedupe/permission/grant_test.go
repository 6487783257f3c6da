package permission

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// rules are those of an organization that keeps back messages, editing and
// tasks, on a plan that gives nobody the purge.
func rules() Rules {
	return Rules{
		Tree: Tree{"integrations.instagram.posts", "integrations.instagram.reach", "integrations.tiktok", "messages.read",
			"messages.send", "reports.edit", "reports.purge", "reports.view", "tasks"},
		Without: []string{"messages", "reports.edit", "tasks"},
		Never:   []string{"reports.purge"},
	}
}

func TestMatch(t *testing.T) {
	for pattern, want := range map[string]string{
		"reports.view":           "reports.view",
		"messages":               "messages.read messages.send",
		"messages.*":             "messages.read messages.send",
		"integrations.instagram": "integrations.instagram.posts integrations.instagram.reach",
		"integrations.*":         "integrations.instagram.posts integrations.instagram.reach integrations.tiktok",
		"tasks":                  "tasks",
		"tasks.*":                "",
		"report":                 "",
		"reports.v":              "",
		"":                       "",
		".*":                     "",
	} {
		if got := strings.Join(rules().Tree.Match(pattern), " "); got != want {
			t.Errorf("%q names %q, want %q", pattern, got, want)
		}
	}
	if got := rules().Tree.Match("*"); len(got) != len(rules().Tree) {
		t.Errorf("* names %q", got)
	}
}

func TestGrants(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Rules)
		make   func(Rules) (Grant, error)
		leaves string
		err    string
	}{
		"by default everything but what is kept back, and what the plan gives nobody": {
			make:   func(r Rules) (Grant, error) { return r.Default(), nil },
			leaves: "integrations.instagram.posts integrations.instagram.reach integrations.tiktok reports.view",
		},
		"patterns are leaves and groups, each leaf once": {
			make: func(r Rules) (Grant, error) {
				return r.Custom([]string{"messages.*", "messages.send", "integrations.tiktok"})
			},
			leaves: "integrations.tiktok messages.read messages.send",
		},
		"a custom grant of nothing is one": {
			make: func(r Rules) (Grant, error) { return r.Custom(nil) },
		},
		"what is not in the tree is refused with the nearest": {
			make: func(r Rules) (Grant, error) { return r.Custom([]string{"tasks", "mesages.*"}) },
			err:  `there is no permission "mesages.*"; did you mean messages?`,
		},
		"what is near nothing is refused": {
			make: func(r Rules) (Grant, error) { return r.Custom([]string{"zebra"}) },
			err:  `there is no permission "zebra"`,
		},
		"what the plan gives nobody is refused by its leaf": {
			make: func(r Rules) (Grant, error) { return r.Custom([]string{"reports.purge"}) },
			err:  `the plan gives nobody "reports.purge"`,
		},
		"a group does not get around the plan": {
			make: func(r Rules) (Grant, error) { return r.Custom([]string{"reports"}) },
			err:  `the plan gives nobody "reports.purge"`,
		},
		"everything does not either": {
			make: func(r Rules) (Grant, error) { return r.Custom([]string{"*"}) },
			err:  `the plan gives nobody "reports.purge"`,
		},
		"a clone does not either": {
			make: func(r Rules) (Grant, error) {
				return r.Clone(Grant{Mode: Custom, Leaves: []string{"reports.purge"}}, "a")
			},
			err: `the plan gives nobody "reports.purge"`,
		},
		"a plan without custom permissions has none": {
			change: func(r *Rules) { r.Modes = []Mode{Default, Clone} },
			make:   func(r Rules) (Grant, error) { return r.Custom([]string{"tasks"}) },
			err:    "the plan has no custom permissions",
		},
		"a plan without clones has none": {
			change: func(r *Rules) { r.Modes = []Mode{Default, Custom} },
			make:   func(r Rules) (Grant, error) { return r.Clone(Grant{Mode: Custom, Leaves: []string{"tasks"}}, "a") },
			err:    "the plan has no clone permissions",
		},
		"a clone has what the other has": {
			make:   func(r Rules) (Grant, error) { return r.Clone(Grant{Mode: Custom, Leaves: []string{"tasks"}}, "a") },
			leaves: "tasks",
		},
		"a clone of somebody without permissions of their own has the default": {
			make:   func(r Rules) (Grant, error) { return r.Clone(Grant{}, "a") },
			leaves: "integrations.instagram.posts integrations.instagram.reach integrations.tiktok reports.view",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := rules()
			if c.change != nil {
				c.change(&r)
			}
			g, err := c.make(r)
			if c.err != "" {
				if err == nil || err.Error() != c.err {
					t.Fatalf("error %v, want %s", err, c.err)
				}
				return
			}
			if got := strings.Join(g.Leaves, " "); err != nil || got != c.leaves {
				t.Errorf("leaves %q, %v; want %q", got, err, c.leaves)
			}
		})
	}
}

func TestErrorsSayWhat(t *testing.T) {
	_, err := rules().Custom([]string{"reports.wiew"})
	if unknown, is := errors.AsType[*UnknownError](err); !is || unknown.Nearest != "reports.view" {
		t.Errorf("%v", err)
	}
	_, err = rules().Custom([]string{"reports.*"})
	if forbidden, is := errors.AsType[*ForbiddenError](err); !is || forbidden.Leaf != "reports.purge" {
		t.Errorf("%v", err)
	}
}

func TestBeyond(t *testing.T) {
	mine, theirs := Grant{Leaves: []string{"a", "b"}}, Grant{Leaves: []string{"b", "c"}}
	if got := theirs.Beyond(mine); !slices.Equal(got, []string{"c"}) {
		t.Errorf("%q", got)
	}
}

func TestTreeOfAFile(t *testing.T) {
	for text, want := range map[string]string{
		"reports: [view, edit]\nmessages: [send]":                 "messages.send reports.edit reports.view",
		"integrations: {instagram: [reach], tiktok: }\ntasks: []": "integrations.instagram.reach integrations.tiktok tasks",
		"integrations: [{instagram: [reach, posts]}, tiktok]":     "integrations.instagram.posts integrations.instagram.reach integrations.tiktok",
		"reports: view":                          "reports.view",
		"{}":                                     "",
		"yes: [on, 1, null]":                     "yes.1 yes.<nil> yes.on",
		"a:\n  b:\n    c: [d]\n    e:\n  f: [g]": "a.b.c.d a.b.e a.f.g",
		"reports:\n  - view\n  - edit # who writes reports\n  - schedule\n": "reports.edit reports.schedule reports.view",
	} {
		var tree Tree
		if err := yaml.Unmarshal([]byte(text), &tree); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got := strings.Join(tree, " "); got != want {
			t.Errorf("%s\nis %q, want %q", text, got, want)
		}
		written, err := yaml.Marshal(tree)
		var again Tree
		if err := errors.Join(err, yaml.Unmarshal(written, &again)); err != nil || !slices.Equal(again, tree) {
			t.Errorf("%s\nis written\n%s\nand read %q, %v", text, written, again, err)
		}
	}
}
