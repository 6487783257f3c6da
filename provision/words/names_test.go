package words_test

import (
	"testing"

	"muster/provision"
	"muster/provision/words"
)

// What is given is said as it is called, and by its slug where that is all there is.
func TestWhatIsGivenIsCalledByItsName(t *testing.T) {
	o := provision.Organization{Brands: []provision.Brand{
		{Slug: "acme-skin", Name: "Acme Skin", Campaigns: []provision.Campaign{{Slug: "spring", Name: "Spring Trails"}}},
		{Slug: "hair-1", Name: "Acme Hair"}, {Slug: "hair-2", Name: "Acme Hair"},
	}}
	in := words.Spoken("de")
	in.Names = o.Names()
	plan := provision.PlanSummary{Grants: map[string]int{
		"role manager in acme-skin": 2, "brand hair-1": 1, "campaign acme-skin/spring": 3, "product discovery": 4,
	}}
	want := "gibt: 1 × Marke Acme Hair (hair-1), 3 × Kampagne Spring Trails (Acme Skin), 4 × Produkt discovery, 2 × Rolle manager in Acme Skin"
	if got := in.PlanLines(plan); len(got) == 0 || got[0] != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := in.Names.Campaign("gone/away"); got != "gone/away" {
		t.Errorf("a campaign that is not there is %q", got)
	}
}

// Spanish says e, and not y, before an i.
func TestSpanishJoinsNames(t *testing.T) {
	for last, want := range map[string]string{
		"Instagram": "TikTok e Instagram", "YouTube": "TikTok y YouTube", "Hiedra": "TikTok y Hiedra", "Hilos": "TikTok e Hilos",
	} {
		if got := words.Spoken("es").And([]string{"TikTok", last}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
