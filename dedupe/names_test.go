package dedupe

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNameTokens(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
	}{
		{"Ana Lima", []string{"ana", "lima"}},
		{"LIMA, Ana", []string{"ana", "lima"}},
		{"Müller-Lüdenscheidt", []string{"ludenscheidt", "muller"}},
		{"Juergen Mueller", []string{"jurgen", "muller"}},
		{"Jürgen Muller", []string{"jurgen", "muller"}},
		{"Soeren Straße", []string{"soren", "strasse"}},
		{"Søren STRASSE", []string{"soren", "strasse"}},
		{"Łucja Æbelø", []string{"abelo", "lucja"}},
		{"Kenzaburo Oe", []string{"kenzaburo", "o"}},
		{"J. Smith", []string{"smith"}},
		{"J", []string{"j"}},
		{"Ana Ana", []string{"ana"}},
		{"李 小龙", []string{"小龙"}},
		{"", nil},
	} {
		if got := nameTokens(c.name); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}

// The short way for plain names is the long way's.
func TestNameTokensOfPlainNames(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.StringMatching(`[ -~]{0,30}`).Draw(rt, "name")
		if short, long := nameTokens(name), nameTokens(name+"\u0301"); !slices.Equal(short, long) {
			rt.Errorf("%q: %q, the long way %q", name, short, long)
		}
	})
}
