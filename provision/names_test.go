package provision_test

import (
	"testing"

	"muster/provision"
)

func TestNames(t *testing.T) {
	names := provision.Organization{Slug: "acme", Name: "Acme Social", Brands: []provision.Brand{
		{Slug: "outdoor", Name: "Outdoor"}, {Slug: "north", Name: "Kitchen"}, {Slug: "south", Name: "Kitchen"}, {Slug: "bare"},
	}}.Names()
	for slug, want := range map[string]string{
		"outdoor": "Outdoor", "north": "Kitchen (north)", "south": "Kitchen (south)", "bare": "bare", "gone": "gone",
	} {
		if got := names.Brand(slug); got != want {
			t.Errorf("brand %s is called %s, want %s", slug, got, want)
		}
	}
	if got := names.Organization("acme"); got != "Acme Social" {
		t.Errorf("the organization is called %s", got)
	}
	if got := (provision.Names{}).Organization("acme") + (provision.Names{}).Brand("outdoor"); got != "acmeoutdoor" {
		t.Errorf("without names: %s", got)
	}
}
