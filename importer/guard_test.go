package importer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGuard(t *testing.T) {
	for cell, want := range map[string]string{
		"":                 "",
		"Ann":              "Ann",
		"=1+1":             "'=1+1",
		"+49 30":           "'+49 30",
		"-1":               "'-1",
		"@ann":             "'@ann",
		"＝1":               "'＝1",
		"＋1":               "'＋1",
		"－1":               "'－1",
		"＠a":               "'＠a",
		"\tx":              "'\tx",
		"\rx":              "'\rx",
		"\n=1":             "'\n=1",
		"  =1":             "'  =1",
		"\ufeff=1":         "'\ufeff=1",
		"\u00a0@x":         "'\u00a0@x",
		"'=1":              "''=1",
		"''=1":             "'''=1",
		"' =1":             "'' =1",
		"'tis":             "'tis",
		"'":                "'",
		"O'Hara":           "O'Hara",
		"a=1":              "a=1",
		"1-2":              "1-2",
		"https://x.org/?=": "https://x.org/?=",
	} {
		if got := Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
		if got := Unguard(want); got != cell {
			t.Errorf("Unguard(%q) = %q, want %q", want, got, cell)
		}
	}
}

// riskyCells draws texts that are likely to go wrong.
func riskyCells() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("'\"=+-@＝ \t\n,;a\ufeff")), 0, 8, -1))
}

func TestGuardCanBeTurnedBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := riskyCells().Draw(t, "cell")
		safe := Guard(cell)
		if got := Unguard(safe); got != cell {
			t.Fatalf("%q became %q, then %q", cell, safe, got)
		}
		if first := strings.TrimLeft(safe, " \ufeff\u00a0"); first != "" && strings.ContainsRune("=+-@＝＋－＠\t\r\n", []rune(first)[0]) {
			t.Fatalf("%q is not safe: %q", cell, safe)
		}
	})
}
