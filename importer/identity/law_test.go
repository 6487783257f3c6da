package identity

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// links are one link of each shape that the laws are tried on; %s is a name
// that every one of these networks allows.
var lawLinks = []string{
	"https://www.instagram.com/%s", "https://www.facebook.com/%s", "https://x.com/%s", "https://www.youtube.com/@%s", "https://www.youtube.com/c/%s", "https://www.youtube.com/user/%s",
	"https://www.tiktok.com/@%s", "https://www.pinterest.com/%s", "https://www.linkedin.com/in/%s", "https://www.linkedin.com/company/%s", "https://www.twitch.tv/%s", "https://www.snapchat.com/add/%s",
	"https://www.threads.net/@%s", "https://bsky.app/profile/%s.bsky.social", "https://mastodon.social/@%s", "https://%s.substack.com", "https://substack.com/@%s", "https://medium.com/@%s", "https://%s.medium.com",
	"https://%s.tumblr.com", "https://%s.wordpress.com", "https://%s.blogspot.com", "https://linktr.ee/%s", "https://t.me/%s", "https://www.reddit.com/user/%s", "https://vk.com/%s", "https://kick.com/%s",
	"https://www.patreon.com/%s", "https://github.com/%s", "https://www.etsy.com/shop/%s", "https://soundcloud.com/%s", "https://rumble.com/c/%s", "https://rumble.com/user/%s", "https://ko-fi.com/%s",
	"https://www.amazon.com/shop/%s", "https://www.amazon.de/shop/%s", "https://note.com/%s", "https://ameblo.jp/%s", "https://blog.naver.com/%s", "https://line.me/R/ti/p/@%s", "https://line.me/ti/p/~%s", "https://%s.example.com", "https://weibo.com/%s",
}

// names are long enough for every network and collide with no reserved word.
var lawName = rapid.StringMatching(`[a-z]zq[a-z0-9]{3,8}[a-z]`)

func TestCosmeticEditsNeverChangeTheKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SampledFrom(lawLinks).Draw(t, "link")
		link := fmt.Sprintf(shape, lawName.Draw(t, "name"))
		want := mustKey(t, link)
		edited := link
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			edit := rapid.SampledFrom(cosmetics).Draw(t, "edit")
			edited = edit(t, edited)
		}
		if got := mustKey(t, edited); got != want {
			t.Fatalf("%q gave %v, but %q gives %v", link, want, edited, got)
		}
	})
}

// cosmetics change how a link is written and not where it leads.
var cosmetics = []func(*rapid.T, string) string{
	func(_ *rapid.T, s string) string { return strings.Replace(s, "https://", "http://", 1) },
	func(_ *rapid.T, s string) string { return strings.TrimPrefix(s, "https://") },
	func(_ *rapid.T, s string) string { return "https://" + s },
	func(_ *rapid.T, s string) string { return strings.Replace(s, "://www.", "://", 1) },
	func(_ *rapid.T, s string) string { // www. in front of a host without one
		if host, ok := strings.CutPrefix(s, "https://"); ok && isASCII(s) && !startsWith(host, "www.") && !startsWith(host, "http") {
			return "https://www." + host
		}
		return s
	},
	func(_ *rapid.T, s string) string {
		if strings.ContainsAny(s, "?#") {
			return s
		}
		return s + "/"
	},
	func(t *rapid.T, s string) string {
		sep := "?"
		if strings.Contains(s, "?") {
			sep = "&"
		}
		return s + sep + rapid.SampledFrom([]string{"igsh=MzRl", "utm_source=a&utm_medium=b", "fbclid=x", "si=Ab", "s=20&t=x", "lang=de", "hl=en", "mibextid=ZbW", "_rdr", "trk=x", "ref=y", "feature=share"}).Draw(t, "tracking")
	},
	func(t *rapid.T, s string) string { return " " + s + "\u00a0\n" },
	func(t *rapid.T, s string) string {
		i := rapid.IntRange(0, len(s)).Draw(t, "at")
		if i < len(s) && !utf8.RuneStart(s[i]) {
			return s
		}
		return s[:i] + rapid.SampledFrom([]string{"\u200b", "\u200e", "\u202a", "\u202c", "\u2060", "\ufeff", "\u00ad"}).Draw(t, "invisible") + s[i:]
	},
	func(t *rapid.T, s string) string { // capitals, anywhere: none of the shapes has an opaque id
		if strings.ContainsAny(s, "?#") {
			return s
		}
		i := rapid.IntRange(0, len(s)-1).Draw(t, "at")
		if s[i] < 'a' || s[i] > 'z' {
			return s
		}
		return s[:i] + strings.ToUpper(s[i:i+1]) + s[i+1:]
	},
	func(_ *rapid.T, s string) string { return "<" + s + ">" },
	func(_ *rapid.T, s string) string { return `"` + s + `"` },
	func(_ *rapid.T, s string) string { return s + "," },
}

func init() {
	for i, edit := range cosmetics { // wrapped text is only wrapped again
		cosmetics[i] = func(t *rapid.T, s string) string {
			if s != "" && strings.ContainsAny(s, "<\", \n\u00a0") {
				return s
			}
			return edit(t, s)
		}
	}
}

func mustKey(t *rapid.T, cell string) Key {
	p, _, err := ParseProfile(cell, "")
	if err != nil {
		t.Fatalf("%q refused: %v", cell, err)
	}
	return p.Key()
}

func TestDifferentNamesNeverShareAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := lawName.Draw(t, "a"), lawName.Draw(t, "b")
		x, y := rapid.SampledFrom(lawLinks).Draw(t, "x"), rapid.SampledFrom(lawLinks).Draw(t, "y")
		same := a == b && x == y
		if got := mustKey(t, fmt.Sprintf(x, a)) == mustKey(t, fmt.Sprintf(y, b)); got != same {
			t.Fatalf("%s of %s and %s of %s: one key is %v", a, x, b, y, got)
		}
	})
}

func TestOpaqueIDsKeepTheirCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SampledFrom([]struct{ link, id string }{
			{"https://www.youtube.com/channel/%s", `UC[A-Za-z0-9_-]{21}[AQgw]`}, {"https://open.spotify.com/artist/%s", `[A-Za-z0-9]{22}`}, {"https://pf.kakao.com/%s", `_[A-Za-z]{5}`},
			{"https://www.tiktok.com/@%s", `MS4wLjABAAAA[A-Za-z0-9]{43}`}, {"https://line.me/ti/p/%s", `[A-Za-z0-9]{10}`}, {"https://www.kuaishou.com/profile/%s", `3x[A-Za-z0-9]{8}`},
		}).Draw(t, "shape")
		ids := rapid.StringMatching(shape.id)
		a, b := ids.Draw(t, "a"), ids.Draw(t, "b")
		ka, kb := mustKey(t, fmt.Sprintf(shape.link, a)), mustKey(t, fmt.Sprintf(shape.link, b))
		if (ka == kb) != (a == b) || !strings.HasSuffix(ka.Value, a) {
			t.Fatalf("%s %s: %v %v", a, b, ka, kb)
		}
	})
}

// Whatever is typed: an answer, the same one twice, and one that reads as
// itself again.
func TestParsingIsTotalAndIdempotent(t *testing.T) {
	piece := rapid.SampledFrom([]string{"https://", "http:", "//", "/", "@", ".", "www.", "instagram.com", "facebook.com", "x.com", "youtube.com", "vk.com", "linkedin.com/in/", "jane", "Doe", "?id=", "profile.php", "&", ";", "#", "%41", "%2F", "%",
		"\u212a", "ſ", "İ", "é", "e\u0301", "ａ", "\u200b", " ", "(", ")", "<", ">", "\"", "'", "123", ".0", "E+13", "blogspot.de", "tumblr.com", "example.com", "mastodon.social", "|", ",", "\n", "小明", "IG:", "~", "_", "-", "..", "xn--", "ß", "t:", "did:plc:"})
	hints := append([]string{""}, func() (s []string) {
		for _, n := range Networks() {
			s = append(s, n.Slug)
		}
		return
	}()...)
	rapid.Check(t, func(t *rapid.T) {
		cell := strings.Join(rapid.SliceOfN(piece, 1, 8).Draw(t, "cell"), "")
		checkProfile(t, cell, rapid.SampledFrom(hints).Draw(t, "hint"))
		checkEmail(t, cell+"@"+strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "domain"), ""))
	})
}

// reporter is what testing.T, testing.F's T and rapid.T have in common.
type reporter interface {
	Helper()
	Errorf(string, ...any)
}

func checkProfile(t reporter, cell, hint string) {
	t.Helper()
	p, _, err := ParseProfile(cell, hint)
	if err != nil {
		if r, ok := err.(*Refusal); !ok || r.Reason == "" || !p.IsZero() {
			t.Errorf("ParseProfile(%q, %q) = %v, %v", cell, hint, p, err)
		}
		return
	}
	checkAgain(t, cell, p)
	if becomesASCII(p.Value) && p.Network != "website" {
		t.Errorf("ParseProfile(%q, %q) = %q, which has characters that may turn into ASCII", cell, hint, p.Value)
	}
	ParseProfiles(cell, hint)
	Inspect(cell, hint)
}

func checkEmail(t reporter, cell string) {
	t.Helper()
	e, _, err := ParseEmail(cell)
	if err != nil {
		if r, ok := err.(*Refusal); !ok || r.Reason == "" || !e.IsZero() {
			t.Errorf("ParseEmail(%q) = %v, %v", cell, e, err)
		}
		return
	}
	checkEmailAgain(t, e)
	if !isASCII(e.Value) || !isASCII(e.Mailbox) || fold(e.Value) != e.Value || strings.Count(e.Value, "@") != 1 {
		t.Errorf("ParseEmail(%q) = %+v", cell, e)
	}
}

func FuzzProfile(f *testing.F) {
	for _, sheets := range [][]sheet{coreSheets, socialSheets, blogSheets, asiaSheets, creatorSheets, otherSheets} {
		for _, s := range sheets {
			for _, p := range s.people {
				for _, cell := range append(list(p.bare), list(p.links)...) {
					f.Add(cell, s.network)
				}
			}
			for _, r := range s.refused {
				for _, cell := range list(r.cells) {
					f.Add(cell, s.network)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, cell, hint string) { checkProfile(t, cell, hint) })
}

func FuzzEmail(f *testing.F) {
	for _, s := range []string{"jane@example.com", `"Doe, Jane" <jane@example.com>`, "mailto:jane@example.com?subject=x", "jane@bücher.example", "J.D+x@gmail.com", "jane@exаmple.com", "=HYPERLINK(\"mailto:a@example.com\")", "[a](mailto:a@example.com)", "a@example.com (A)", "'a@example.com'", "jane＠ｅｘample。com"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) { checkEmail(t, cell) })
}

// A header means the same in any spacing, and never a network that is none.
func FuzzHeader(f *testing.F) {
	for _, s := range []string{"", "IG", "Perfil no Instagram", "Nom d'utilisateur TikTok", "X (formerly Twitter)", "instagramhandle", "E-Mail-Adresse", "Adresse électronique", "Kanalname", "Blog/Website", "@ Instagram", "\u212aick", "İnstagram", "小红书"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		slug, ok := NetworkOf(header)
		if (bySlug[slug] != nil) != ok || !ok && slug != "" {
			t.Errorf("NetworkOf(%q) = %q, %v", header, slug, ok)
		}
		if again, _ := NetworkOf("\u00a0" + header + " "); again != slug || isEmailHeader(" "+header+"\n") != isEmailHeader(header) {
			t.Errorf("%q means something else with spaces around it: %q, %q", header, again, slug)
		}
		Inspect("jane", header)
	})
}

func BenchmarkProfile(b *testing.B) {
	for _, c := range []struct{ name, cell, hint string }{
		{"handle", "@jane.smith_1", "instagram"},
		{"link", "https://www.instagram.com/jane.smith_1/?igsh=MzRlODBiNWFlZA==", "instagram"},
		{"channel", "https://www.youtube.com/channel/UCabcdefghijklmnopqrst_A", "youtube"},
		{"slug", "https://de.linkedin.com/in/j%C3%BCrgen-m%C3%BCller", "linkedin"},
		{"website", "https://www.example.com/blog/jane/", "website"},
		{"post", "https://www.tiktok.com/@jane/video/7123456789012345678", "tiktok"},
		{"placeholder", "n/a", "instagram"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseProfile(c.cell, c.hint)
			}
		})
	}
}

func BenchmarkEmail(b *testing.B) {
	for _, cell := range []string{"jane.smith@example.com", "Jane.Smith+x@GMail.com", `"Smith, Jane" <jane@example.com>`, "jane@bücher.example"} {
		b.Run(cell, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseEmail(cell)
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	p, _, _ := ParseProfile("https://www.youtube.com/@jane", "")
	b.ReportAllocs()
	for b.Loop() {
		_ = p.Key()
	}
}
