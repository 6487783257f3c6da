package importer

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Whatever stands in a profile's cell: what can be read is taken, and what
// cannot is said in words that tell what to do.
func TestProfileCells(t *testing.T) {
	for _, c := range []struct{ name, cell, want, say string }{
		{"links of three networks", "https://www.instagram.com/xenia.ok, https://www.tiktok.com/@xenia.ok, https://www.youtube.com/@xeniaok", "instagram=xenia.ok tiktok=xenia.ok youtube=xeniaok ?Insta:wrong_network", "what belongs to TikTok, YouTube was taken for that"},
		{"a handle and links of other networks", "@xenia.ok, https://tiktok.com/@xenia.ok", "instagram=xenia.ok tiktok=xenia.ok ?Insta:wrong_network", ""},
		{"one link of another network", "https://tiktok.com/@xenia.ok", "tiktok=xenia.ok ?Insta:wrong_network", "the link belongs to another network than the column"},
		{"two handles", "@pia.eins / @pia.zwei", "instagram=pia.eins instagram=pia.zwei ?Insta:several_handles", "2 profiles of Instagram, all of which were taken: pia.eins, pia.zwei"},
		{"two bare handles", "pia.eins, pia.zwei", "instagram=pia.eins instagram=pia.zwei ?Insta:several_handles", ""},
		{"a handle a line", "pia.eins\npia.zwei", "instagram=pia.eins instagram=pia.zwei ?Insta:several_handles", ""},
		{"twice the same", "@pia.eins, https://instagram.com/pia.eins", "instagram=pia.eins", ""},
		{"labels", "IG: @eva.ok | TT: @eva.tt | YT: /c/evaok", "instagram=eva.ok tiktok=eva.tt youtube=c/evaok ?Insta:wrong_network", ""},
		{"what cannot be read does not cost the rest", "@eva.ok, 0171 2000001", "instagram=eva.ok ?Insta:phone_number", `"0171 2000001": this looks like a telephone number, not like a handle`},
		{"a telephone number", "01712000001", "?Insta:phone_number", `"01712000001": this looks like a telephone number`},
		{"one with signs", "0171.200.0001", "?Insta:phone_number", ""},
		{"a link to such a name", "https://instagram.com/01712000001", "instagram=01712000001", ""},
		{"an @ before such a name", "@01712000001", "instagram=01712000001", ""},
		{"a day", "12.03.2024", "?Insta:profile_damaged", ""},
		{"followers", "clara.vogt (45k)", "instagram=clara.vogt", ""},
		{"followers without brackets", "clara.vogt 45,3k Follower", "instagram=clara.vogt", ""},
		{"a person's name", "Clara Vogt", "?Insta:bad_handle", `"Clara Vogt": this looks like a name, not like a handle`},
		{"a person's name the other way round", "Vogt, Clara", "?Insta:bad_handle", "looks like a name"},
		{"a sentence", "has no account yet", "?Insta:bad_handle", `"has no account yet": no account on this network can have this name`},
		{"a post", "https://www.instagram.com/clara.vogt/p/Cxyz123/", "?Insta:post", `did you mean "@clara.vogt"?`},
		{"a placeholder", "folgt noch", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.csv", "Email;Insta\nann@example.com;\""+c.cell+"\"\n"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			got, said := strings.TrimSpace(strings.TrimPrefix(show(records[0]), "email=ann@example.com")), ""
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, p := range records[0].Problems {
				said += p.Message + "\n"
			}
			if !strings.Contains(said, c.say) {
				t.Errorf("said %q, want %q", said, c.say)
			}
			if !records[0].Usable() {
				t.Error("a profile that cannot be read costs the row")
			}
		})
	}
}

// A cell that shows several profiles and leads to one of them gives all.
func TestLinkOfACellWithSeveralProfiles(t *testing.T) {
	path := book(t, [][]any{{"Email", "Insta"}, {"ann@example.com", "@ann.eins, @ann.zwei"}}, func(f *excelize.File) {
		if err := f.SetCellHyperLink("Sheet1", "B2", "https://www.instagram.com/ann.eins/", "External"); err != nil {
			t.Fatal(err)
		}
	})
	_, records, err := read(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(records[0]), "email=ann@example.com instagram=ann.eins instagram=ann.zwei ?Insta:several_handles"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A column for several networks reads links, labels and bare names.
func TestColumnsOfSeveralNetworks(t *testing.T) {
	for _, c := range []struct{ name, header, cell, want string }{
		{"a link of the second", "TikTok / YT", "https://www.youtube.com/@lenavlogs", "youtube=lenavlogs"},
		{"a link of a third", "TikTok / YT", "https://www.instagram.com/lena.ok/", "instagram=lena.ok"},
		{"labels", "TikTok / YT", "YT: lenavlogs, TT: @lena.tt", "youtube=lenavlogs tiktok=lena.tt"},
		{"as many names as networks", "TikTok / YT", "@lena.tt / @lenavlogs", "tiktok=lena.tt youtube=lenavlogs"},
		{"one of them blank", "TikTok/YouTube", "- / @lenavlogs", "youtube=lenavlogs"},
		{"one name for two networks", "TikTok & YouTube", "@lena.tt", "tiktok=lena.tt ?TikTok & YouTube:network_assumed"},
		{"a name behind a link", "TikTok & YouTube", "https://www.tiktok.com/@lena.tt, lenavlogs", "tiktok=lena.tt youtube=lenavlogs"},
		{"a name that one alone can have", "TikTok und YouTube", "lena-vlogs", "youtube=lena-vlogs"},
		{"three networks", "Instagram + TikTok + YouTube", "@lena", "instagram=lena ?Instagram + TikTok + YouTube:network_assumed"},
		{"a telephone number", "TikTok / YT", "0171 2000001", "?TikTok / YT:phone_number"},
		{"followers", "TikTok / YT", "@lena.tt (12k) / @lenavlogs (3k)", "tiktok=lena.tt youtube=lenavlogs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.csv", "Email;"+c.header+"\nann@example.com;"+c.cell+"\n"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(strings.TrimPrefix(show(records[0]), "email=ann@example.com")); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
