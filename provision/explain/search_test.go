package explain

import (
	"encoding/json"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// However a row writes an address, what it says is read before it is left out.
func TestSearchMissesNoRow(t *testing.T) {
	for _, cell := range []string{
		"ana.lee@example.com", " ANA.Lee@Example.COM ", "Ana Lee <ana.lee@example.com>", "mailto:ana.lee@example.com", "ana.lee@bücher.example",
		"ana.lee@b\u00fccher.example", "\u200bana.lee@example.com", "ana\u200b.lee@example.com", "<ana.lee@example.com>", "'ana.lee@example.com'", `"ana.lee@example.com"`,
		"ana&lee@example.com", "ana'lee+x@example.com", "mailto:ana%2elee@example.com", "[ana.lee@example.com](mailto:ana.lee@example.com)",
		"ana.lee @ example.com", "ana.lee@example.com.", "ｅna.lee@example.com",
	} {
		e, _, err := identity.ParseEmail(cell)
		if err != nil {
			continue
		}
		r := provision.ReportedRow{Place: record.Place{File: "l.csv", Line: 7}, Name: "Ana", Email: cell}
		s := searchFor(e.Key())
		if text := line(t, r); !s.maybe(text) || !s.says(r) {
			t.Errorf("%s is left out", text)
		}
	}
	key := identity.Key{Space: "instagram", Value: "ana_lee"}
	r := provision.ReportedRow{Candidates: []dedupe.Candidate{{Account: "a", Evidence: []dedupe.Evidence{{Key: key}}}}}
	if s := searchFor(key); !s.maybe(line(t, r)) || !s.says(r) {
		t.Errorf("%s is left out", line(t, r))
	}
}

func TestSearchLeavesOthersOut(t *testing.T) {
	ana := provision.ReportedRow{Place: record.Place{File: "l.csv", Line: 7}, Name: "Ana", Email: "Ana.Lee@example.com"}
	bob := provision.ReportedRow{Place: record.Place{File: "l.csv", Line: 8}, Name: "Böb", Email: "bob@bücher.example"}
	for _, s := range []search{searchFor(identity.Key{Space: "email", Value: "ana.lee@example.com"}), searchLike(ana)} {
		if !s.maybe(line(t, ana)) || s.maybe(line(t, bob)) {
			t.Errorf("%q", s.texts)
		}
	}
	moved := ana
	moved.Line = 9
	if s := searchLike(ana); !s.maybe(line(t, moved)) || !s.says(moved) {
		t.Error("whoever stands on another line by now is left out")
	}
	if s := searchLike(provision.ReportedRow{}); s.maybe(line(t, bob)) || s.says(bob) {
		t.Error("nobody is searched for, and found")
	}
}

func line(t *testing.T, r provision.ReportedRow) []byte {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
