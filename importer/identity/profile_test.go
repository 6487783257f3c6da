package identity

import (
	"encoding/json"
	"slices"
	"testing"

	"muster/importer/reason"
)

func TestSuggestions(t *testing.T) {
	for cell, want := range map[string]string{
		"instagram.com/jane/p/Cabc":                       "@jane",
		"instagram.com/stories/jane/314159":               "@jane",
		"instagram.com/p/Cabc":                            "",
		"https://x.com/Jane/status/1":                     "@jane",
		"tiktok.com/@jane/video/71":                       "@jane",
		"youtube.com/watch?v=1":                           "",
		"https://jane.substack.com/p/x":                   "https://jane.substack.com",
		"reddit.com/user/jane/comments/1/x":               "@jane",
		"facebook.com/jane.doe/posts/1":                   "@janedoe",
		"facebook.com/100012345678901/posts/1":            "https://www.facebook.com/profile.php?id=100012345678901",
		"vk.com/wall-1_2":                                 "",
		"https://www.youtube.com/c/jane/videos/x/y":       "https://www.youtube.com/c/jane",
		"facebook.com/permalink.php?story_fbid=1&id=5":    "https://www.facebook.com/profile.php?id=5",
		"facebook.com/story.php?story_fbid=1":             "",
		"linkedin.com/posts/jane-doe_hello-activity-1-a":  "@jane-doe",
		"linkedin.com/posts/hello":                        "",
		"blog.naver.com/PostView.naver?blogId=j1&logNo=2": "https://blog.naver.com/j1",
		"open.spotify.com/user/jane/playlist/x":           "https://open.spotify.com/user/jane",
		"onlyfans.com/123456/jane":                        "@jane",
		"https://youtu.be/@jane":                          "@jane",
		"https://soundcloud.com/jane/song":                "@jane",
		"https://bsky.app/profile/jane.bsky.social/post":  "@jane.bsky.social",
	} {
		_, _, err := ParseProfile(cell, "")
		if r, _ := err.(*Refusal); r == nil || r.Suggestion != want {
			t.Errorf("%s: %+v, want suggestion %q", cell, r, want)
		}
	}
	if r := wantRefusal(t, "@jane", "bluesky", reason.BadHandle); r.Suggestion != "jane.bsky.social" {
		t.Errorf("bluesky: %q", r.Suggestion)
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		cell, hint string
		warned     bool
	}{
		{"https://tiktok.com/@jane", "instagram", true},
		{"https://instagram.com/jane", "instagram", false},
		{"https://instagram.com/jane", "", false},
		{"TikTok: @jane", "instagram", true},
		{"IG: @jane", "instagram", false},
		{"https://jane.tumblr.com", "website", false},
		{"https://linktr.ee/jane", "website", false},
		{"https://instagram.com/jane", "website", true},
		{"https://example.com", "instagram", true},
	} {
		_, notes, err := ParseProfile(c.cell, c.hint)
		if err != nil || slices.Contains(notes, reason.WrongNetwork) != c.warned {
			t.Errorf("%s under %q: %v, %v", c.cell, c.hint, notes, err)
		}
	}
}

func TestShared(t *testing.T) {
	for cell, want := range map[string]bool{
		"https://example.com": true, "https://linktr.ee/jane": true, "https://jane.carrd.co": true, "linkedin.com/company/acme": true, "linkedin.com/school/acme": true, "linkedin.com/showcase/acme": true,
		"linkedin.com/in/jane": false, "https://jane.wordpress.com": false, "https://jane.tumblr.com": false, "https://jane.weebly.com": true, "instagram.com/jane": false, "vk.com/club1": true, "vk.com/id1": false,
	} {
		if p, _, err := ParseProfile(cell, ""); err != nil || p.Shared != want {
			t.Errorf("%s: shared %v, %v", cell, p.Shared, err)
		}
	}
}

func TestWithoutAHint(t *testing.T) {
	for cell, want := range map[string]reason.Code{
		"jane": reason.AmbiguousNoHint, "@jane": reason.AmbiguousNoHint, "jane_doe": reason.AmbiguousNoHint, "c/jane": reason.AmbiguousNoHint, "123456": reason.AmbiguousNoHint,
		"jane@example.com": reason.NotAProfile, "mailto:jane@example.com": reason.NotAProfile, "Jane Doe": reason.BadHandle, "": reason.Placeholder,
		"anna.smith": reason.AmbiguousNoHint,
	} {
		if want != "" {
			wantRefusal(t, cell, "", want)
		}
	}
	wantRefusal(t, "https://bit.ly/abc", "", reason.ShortLink)
	wantRefusal(t, "tinyurl.com/abc", "instagram", reason.ShortLink)
}

func TestParseProfiles(t *testing.T) {
	for _, c := range []struct {
		name, cell, hint string
		want             []string
		refused          []reason.Code
	}{
		{"one link", "https://instagram.com/jane", "", []string{"instagram jane"}, nil},
		{"lines", "https://instagram.com/jane\nhttps://tiktok.com/@jane", "", []string{"instagram jane", "tiktok jane"}, nil},
		{"spaces between links", "instagram.com/jane tiktok.com/@jane", "", []string{"instagram jane", "tiktok jane"}, nil},
		{"commas and bars", "instagram.com/jane, tiktok.com/@jane | x.com/jane;youtube.com/@jane", "", []string{"instagram jane", "tiktok jane", "x jane", "youtube jane"}, nil},
		{"commas without spaces", "https://instagram.com/jane,https://tiktok.com/@jane", "", []string{"instagram jane", "tiktok jane"}, nil},
		{"labels", "IG: @jane TikTok: @jane.t, YT: janevlogs", "", []string{"instagram jane", "tiktok jane.t", "youtube janevlogs"}, nil},
		{"labels without spaces", "IG:@jane, TT:@jane.t", "", []string{"instagram jane", "tiktok jane.t"}, nil},
		{"handles under a hint", "@jane @joe", "instagram", []string{"instagram jane", "instagram joe"}, nil},
		{"a sign between two values", "instagram.com/jane / tiktok.com/@jane", "", []string{"instagram jane", "tiktok jane"}, nil},
		{"a word between two values", "@jane und @joe & @kim - @lea/@mia", "instagram", []string{"instagram jane", "instagram joe", "instagram kim", "instagram lea", "instagram mia"}, nil},
		{"a dash behind a label is no sign between values", "IG - @jane", "", []string{"instagram jane"}, nil},
		{"a word behind a name is part of it", "Jane and @joe", "instagram", []string{"instagram joe"}, []reason.Code{reason.BadHandle}},
		{"bare names need a comma", "jane, joe", "instagram", []string{"instagram jane", "instagram joe"}, nil},
		{"or a sign", "jane / joe", "instagram", []string{"instagram jane", "instagram joe"}, nil},
		{"or a line each", "jane\njoe.x", "instagram", []string{"instagram jane", "instagram joe.x"}, nil},
		{"names of people are no handles", "Doe, Jane", "instagram", nil, []reason.Code{reason.BadHandle}},
		{"nor those of two", "Jane & Joe", "instagram", nil, []reason.Code{reason.BadHandle}},
		{"nor one with a small word in it", "Jane von Doe", "instagram", nil, []reason.Code{reason.BadHandle}},
		{"followers behind a handle", "clara.vogt (45k)", "instagram", []string{"instagram clara.vogt"}, nil},
		{"followers behind each handle", "@clara.vogt - 45k, clara.zwei 1.2M followers", "instagram", []string{"instagram clara.vogt", "instagram clara.zwei"}, nil},
		{"followers between handles", "clara.vogt | 45.000 Follower | clara.zwei | 45k", "instagram", []string{"instagram clara.vogt", "instagram clara.zwei"}, nil},
		{"networks in brackets", "@jane (IG), @jane.t (TikTok)", "instagram", []string{"instagram jane", "tiktok jane.t"}, nil},
		{"networks in brackets without a hint", "@jane (IG) / @jane.t (TikTok)", "", []string{"instagram jane", "tiktok jane.t"}, nil},
		{"what cannot be read costs nobody else", "@jane, +49 171 2000001, instagram.com/p/abc, https://tiktok.com/@jane", "instagram", []string{"instagram jane", "tiktok jane"}, []reason.Code{reason.PhoneNumber, reason.Post}},
		{"links of all networks in one column", "@jane, https://www.tiktok.com/@jane, https://www.youtube.com/@janedoe", "instagram", []string{"instagram jane", "tiktok jane", "youtube janedoe"}, nil},
		{"two words are not two names", "Jane Doe", "instagram", nil, []reason.Code{reason.BadHandle}},
		{"semicolon inside a link", "facebook.com/profile.php?v=info;id=5", "", []string{"facebook:id 5"}, nil},
		{"twice the same", "instagram.com/jane, https://www.instagram.com/Jane/", "", []string{"instagram jane"}, nil},
		{"a post among profiles", "instagram.com/jane instagram.com/p/abc", "", []string{"instagram jane"}, []reason.Code{reason.Post}},
		{"placeholders", "n/a", "", nil, nil},
		{"that there is no account", "pas de TikTok", "tiktok", nil, nil},
		{"in German", "habe ich nicht", "instagram", nil, nil},
		{"a name that begins so", "no.tiktok", "tiktok", []string{"tiktok no.tiktok"}, nil},
		{"empty", "", "", nil, nil},
		{"a note in brackets", "instagram.com/jane (main account), tiktok.com/@jane (new)", "", []string{"instagram jane", "tiktok jane"}, nil},
		{"an amp entity", "https://instagram.com/jane?a=1&amp;b=2", "", []string{"instagram jane"}, nil},
		{"markdown", "[me](https://instagram.com/jane)", "", []string{"instagram jane"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			profiles, refusals := ParseProfiles(c.cell, c.hint)
			var got []string
			for _, p := range profiles {
				got = append(got, p.Space()+" "+p.Value)
			}
			var codes []reason.Code
			for _, r := range refusals {
				codes = append(codes, r.Reason)
			}
			if !slices.Equal(got, c.want) || !slices.Equal(codes, c.refused) {
				t.Errorf("ParseProfiles(%q, %q) = %q, %q", c.cell, c.hint, got, codes)
			}
		})
	}
}

func TestTelephonesOfANetworkOfTelephones(t *testing.T) {
	for _, cell := range []string{"+49 171 2000001", "491712000001", "+49-171/2000001", "https://wa.me/491712000001"} {
		p, _, err := ParseProfile(cell, "whatsapp")
		if err != nil || p.Value != "491712000001" {
			t.Errorf("%s: %v, %v", cell, p.Key(), err)
		}
	}
	wantRefusal(t, "+49 171 2000001", "", reason.PhoneNumber)
	wantRefusal(t, "0171 2000001", "website", reason.PhoneNumber)
}

func TestPartsThatWereRefusedAreNamed(t *testing.T) {
	_, refusals := ParseProfiles("@jane, 0171 2000001 | instagram.com/jane/p/abc", "instagram")
	if len(refusals) != 2 || refusals[0].Text != "0171 2000001" || refusals[1].Text != "instagram.com/jane/p/abc" || refusals[1].Suggestion != "@jane" {
		t.Errorf("%+v", refusals)
	}
}

func TestInspect(t *testing.T) {
	for _, c := range []struct{ value, header, want string }{
		{" @Jane ", "Instagram handle", `{"input":" @Jane ","hint":"Instagram handle","network":"instagram","kind":"handle","value":"jane","reason":""}`},
		{"https://youtube.com/c/Jane", "", `{"input":"https://youtube.com/c/Jane","hint":"","network":"youtube","kind":"handle","value":"c/jane","reason":""}`},
		{"https://x.com/i/user/1", "x", `{"input":"https://x.com/i/user/1","hint":"x","network":"x","kind":"id","value":"1","reason":""}`},
		{"https://example.com/me/", "whatever", `{"input":"https://example.com/me/","hint":"whatever","network":"website","kind":"blog","value":"example.com/me","reason":""}`},
		{"instagram.com/p/x", "ig", `{"input":"instagram.com/p/x","hint":"ig","network":"instagram","kind":"reject","value":"","reason":"post"}`},
		{"jane", "Profile", `{"input":"jane","hint":"Profile","network":"","kind":"reject","value":"","reason":"ambiguous_no_hint"}`},
		{"jane_doe", "note", `{"input":"jane_doe","hint":"note","network":"note","kind":"handle","value":"jane_doe","reason":""}`},
		{"", "ig", `{"input":"","hint":"ig","network":"","kind":"reject","value":"","reason":"placeholder"}`},
		{"J.D+a@Gmail.com", "E-Mail", `{"input":"J.D+a@Gmail.com","hint":"email","valid":true,"match_key":"jd@gmail.com","display_address":"J.D+a@Gmail.com","reason":""}`},
		{"https://tiktok.com/@jane", "Insta", `{"input":"https://tiktok.com/@jane","hint":"Insta","network":"tiktok","kind":"handle","value":"jane","reason":"wrong_network"}`},
		{"jane@gmial.com", "email", `{"input":"jane@gmial.com","hint":"email","valid":true,"match_key":"jane@gmial.com","display_address":"jane@gmial.com","reason":"email_misspelled","suggestion":"jane@gmail.com"}`},
		{"jane@", "email", `{"input":"jane@","hint":"email","valid":false,"match_key":"","display_address":"","reason":"email_no_domain"}`},
	} {
		got, err := json.Marshal(Inspect(c.value, c.header))
		if err != nil || string(got) != c.want {
			t.Errorf("Inspect(%q, %q)\n got %s\nwant %s", c.value, c.header, got, c.want)
		}
	}
}
