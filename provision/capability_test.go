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
