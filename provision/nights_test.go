package provision_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/directory"
)

// A person of the lists and of the directory: name, email, external id, and
// handles on Instagram and TikTok.
type sample [5]string

// There are so few that everybody meets everybody.
var samples = []sample{
	{"Ana Lima", "ana@example.com", "OP-1", "ana.sample", "@ana.talks"},
	{"Ana Souza", "a.b@gmail.com", "OP-2", "souza.sample", "@souza.talks"},
	{"Ben Okafor", "ben@example.com", "OP-3", "ben.sample", "@ben.talks"},
	{"Studio Nine", "info@example.org", "OP-4", "nine.sample", ""},
}

// field draws what a row says of a person: the truth, nothing, or, rarely,
// what is somebody else's.
func (s sample) field(t *rapid.T, i int) string {
	switch says := rapid.IntRange(0, 29).Draw(t, "says"); { // low numbers are drawn more often
	case says == 29:
		return rapid.SampledFrom(samples).Draw(t, "other")[i]
	case says > 20:
		return ""
	}
	return s[i]
}

// drawExport draws an export of accounts, each with an address of its own.
func drawExport(t *rapid.T) string {
	text := "email,name,status,external_id,connected_profiles,declared_profiles,organization,brand,kind,role\n"
	for _, s := range samples[:rapid.IntRange(1, len(samples)).Draw(t, "accounts")] {
		profiles := [2]string{} // connected, declared
		profiles[rapid.IntRange(0, 1).Draw(t, "declared")] = fmt.Sprintf("https://www.instagram.com/%s/", s[3])
		status := rapid.SampledFrom([]string{"created", "invited", "registered", "blocked"}).Draw(t, "status")
		in := rapid.SampledFrom([]string{"default,default,creator,member", "default,,,", "another,another,creator,member"}).Draw(t, "in")
		text += strings.Join([]string{s[1], s[0], status, s[2], profiles[0], profiles[1], in}, ",") + "\n"
	}
	return text
}

// drawList draws a list of up to six rows.
func drawList(t *rapid.T) string {
	text := "Name,Email,External ID,Instagram,TikTok,Tier,Language\n"
	for range rapid.IntRange(1, 6).Draw(t, "rows") {
		s := rapid.SampledFrom(samples).Draw(t, "person")
		for i := range s {
			text += s.field(t, i) + ","
		}
		text += rapid.SampledFrom([]string{",", "Gold,", "Silver,de", ",en"}).Draw(t, "details") + "\n"
	}
	return text
}

// The same list again writes nothing, keeps every link, and holds or rejects
// what it did before. dedupe proves that of a model of what is written; here
// it is asked of what is written.
func TestSecondNight(t *testing.T) {
	exports, lists := rapid.Custom(drawExport), rapid.Custom(drawList)
	for seed := range 12 {
		export, list := exports.Example(seed), lists.Example(seed)
		t.Run(fmt.Sprint("world ", seed), func(t *testing.T) {
			b := newBench(t)
			if _, err := directory.Load(t.Context(), b.Engine, b.file("export.csv", export), provision.Terms{}); err != nil {
				t.Fatal(err)
			}
			s := b.settings(b.file("list.csv", list))
			if seed%2 == 1 {
				s.OnProfileMatch = dedupe.ClaimMatches
			}
			b.imports(s)
			first, links := b.lines, b.links()
			b.imports(s)
			for i, night := range b.lines {
				if was := first[i]; !sameNight(was, night) || b.links()[night.Line] != links[was.Line] {
					t.Errorf("line %d: first %s %s %s, then %s %s %s\n%s\n%s", was.Line, was.Outcome, was.Reason, links[was.Line],
						night.Outcome, night.Reason, b.links()[night.Line], export, list)
				}
			}
		})
	}
}

// sameNight reports whether a row is left alone, or nothing was done before,
// either.
func sameNight(was, night provision.Line) bool {
	switch night.Outcome {
	case provision.Unchanged:
		return true
	case provision.Merged, provision.Review, provision.Rejected, provision.Blocked:
		return night.Outcome == was.Outcome
	}
	return false
}
