package directory

import (
	"slices"
	"testing"

	"muster/provision"
)

// A list that a file has not got says nothing; one that is empty lacks everything.
func TestPrune(t *testing.T) {
	now := northwind()
	now.Brands = append(now.Brands, provision.Brand{ID: "winter", Slug: "winter", Campaigns: []provision.Campaign{{ID: "huts", Slug: "huts"}}})
	summer := provision.Brand{Slug: "summer"}
	winter := provision.Brand{Slug: "winter"}
	for name, c := range map[string]struct {
		file provision.Organization
		want []string
	}{
		"all brands and nothing else": {provision.Organization{Brands: []provision.Brand{summer, winter}}, nil},
		"a brand, with its campaigns": {provision.Organization{Brands: []provision.Brand{summer}},
			[]string{`brand "winter" is put away`, `campaign "winter/huts" is put away`}},
		"a list of campaigns that is empty": {provision.Organization{Brands: []provision.Brand{winter, {Slug: "summer", Campaigns: []provision.Campaign{}}}},
			[]string{`campaign "summer/launch" is put away`}},
		"a campaign of the same name elsewhere": {
			provision.Organization{Brands: []provision.Brand{{Slug: "winter", Campaigns: []provision.Campaign{{Slug: "launch"}}}, summer}},
			[]string{`campaign "winter/huts" is put away`}},
		"no products": {provision.Organization{Brands: []provision.Brand{summer, winter}, Products: []string{}},
			[]string{`product "chat" is put away`}},
		"roles, but not those of every organization": {provision.Organization{Brands: []provision.Brand{summer, winter}, Roles: []provision.Role{{Name: "other", Rank: 5}}},
			[]string{`role "manager" is put away`}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range prune(now, c.file) {
				got = append(got, p.change.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
