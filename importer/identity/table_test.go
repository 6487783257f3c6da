package identity

import (
	"strings"
	"testing"

	"muster/importer/reason"
)

// A sheet holds the examples of one network: what is one identity, written in
// several ways, and what is refused. Keys of different lines must differ.
// Links are read under the network's own column and under none.
type sheet struct {
	network string
	people  []person
	refused []refused
}

type person struct {
	key   string // space, space, value
	bare  string // what is only read under the network's column, separated by " | "
	links string // what is read anywhere
}

type refused struct {
	reason reason.Code
	cells  string // separated by " | "; read under the network's column
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, " | ")
}

func TestNetworks(t *testing.T) {
	tested := map[string]sheet{}
	for _, sheets := range [][]sheet{coreSheets, socialSheets, blogSheets, asiaSheets, creatorSheets, otherSheets} {
		for _, s := range sheets {
			tested[s.network] = s
			t.Run(s.network, func(t *testing.T) { testSheet(t, s) })
		}
	}
	for _, n := range Networks() {
		checkExamples(t, n.Slug, tested[n.Slug])
	}
}

// checkExamples holds that a network has examples of everything that can go
// wrong: spellings that must be equal, keys that must not, links to refuse.
func checkExamples(t *testing.T, slug string, s sheet) {
	t.Helper()
	keys, equal := 0, false
	for _, p := range s.people {
		if space, _, _ := strings.Cut(p.key, " "); space == slug || strings.HasPrefix(space, slug+":") {
			keys++
			equal = equal || len(list(p.bare))+len(list(p.links)) > 1
		}
	}
	if keys < 2 || !equal || len(s.refused) == 0 {
		t.Errorf("%s lacks examples: %d keys that differ, one in two spellings %v, refused links %v", slug, keys, equal, len(s.refused) > 0)
	}
}

func testSheet(t *testing.T, s sheet) {
	keys := map[string]bool{}
	for _, p := range s.people {
		if keys[p.key] {
			t.Errorf("%s: two lines for one key", p.key)
		}
		keys[p.key] = true
		for _, cell := range list(p.bare) {
			wantKey(t, cell, s.network, p.key)
		}
		for _, cell := range list(p.links) {
			wantKey(t, cell, s.network, p.key)
			wantKey(t, cell, "", p.key)
		}
	}
	for _, r := range s.refused {
		for _, cell := range list(r.cells) {
			wantRefusal(t, cell, s.network, r.reason)
		}
	}
}

func wantKey(t *testing.T, cell, hint, want string) {
	t.Helper()
	p, _, err := ParseProfile(cell, hint)
	if err != nil {
		t.Errorf("ParseProfile(%q, %q) refused: %v; want %q", cell, hint, err, want)
		return
	}
	if got := p.Space() + " " + p.Value; got != want {
		t.Errorf("ParseProfile(%q, %q) = %q, want %q", cell, hint, got, want)
	}
	checkAgain(t, cell, p)
}

// checkAgain holds the law that reading what came out gives the same key.
func checkAgain(t interface {
	Helper()
	Errorf(string, ...any)
}, cell string, p Profile) {
	t.Helper()
	if p.Value == "" || p.Display == "" || p.Network == "" {
		t.Errorf("%q gave an incomplete profile: %+v", cell, p)
	}
	if p.URL != "" {
		if q, _, err := ParseProfile(p.URL, p.Network); err != nil || q.Key() != p.Key() {
			t.Errorf("%q: its URL %q reads as %v %v, want %v", cell, p.URL, q.Key(), err, p.Key())
		}
	}
	if p.Space() == p.Network && (p.Kind == Handle && !strings.Contains(p.Value, "/") || p.Network == "website") {
		again := p.Value
		if _, _, number := float(again); number || empty(again) || isTelephone(again) || isDate(again) {
			again = "@" + again // "none", "24.7" and "1712000001" alone are a placeholder and numbers, but instagram.com/none is a name
		}
		if q, _, err := ParseProfile(again, p.Network); err != nil || q.Key() != p.Key() {
			t.Errorf("%q: its value %q reads as %v %v, want %v", cell, p.Value, q.Key(), err, p.Key())
		}
	}
}

func wantRefusal(t *testing.T, cell, hint string, want reason.Code) *Refusal {
	t.Helper()
	p, _, err := ParseProfile(cell, hint)
	r, _ := err.(*Refusal)
	if r == nil {
		t.Errorf("ParseProfile(%q, %q) = %v, want refusal %s", cell, hint, p.Key(), want)
		return &Refusal{}
	}
	if r.Reason != want {
		t.Errorf("ParseProfile(%q, %q) refused: %s, want %s", cell, hint, r.Reason, want)
	}
	return r
}
