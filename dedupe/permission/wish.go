package permission

import (
	"fmt"
	"slices"
	"strings"
)

// A Wish is what a list or a command asks for; the zero Wish for nothing.
type Wish struct {
	Mode     Mode
	Patterns []string // of custom permissions
	Of       string   // whose are cloned: an address
}

// Parse reads a wish as people write it: "default", "custom: reports.view,
// messages.*", or "clone: ana@example.com"; nothing is no wish. An error says
// how it is written.
func Parse(text string) (Wish, error) {
	text = strings.TrimSpace(text)
	word, rest, _ := strings.Cut(text, ":")
	rest = strings.TrimSpace(rest)
	switch mode := Mode(strings.ToLower(strings.TrimSpace(word))); {
	case text == "":
		return Wish{}, nil
	case mode == Default && rest == "":
		return Wish{Mode: Default}, nil
	case mode == Custom && rest != "":
		return Wish{Mode: Custom, Patterns: patterns(rest)}, nil
	case mode == Clone && rest != "":
		return Wish{Mode: Clone, Of: rest}, nil
	}
	return Wish{}, fmt.Errorf("write default, custom: reports.view, messages.* or clone: ana@example.com")
}

// patterns are the patterns of a text, sorted, each once.
func patterns(text string) []string {
	all := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; \t\r\n", r) })
	for i := range all {
		all[i] = strings.ToLower(all[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// String writes a wish as Parse reads it.
func (w Wish) String() string {
	switch w.Mode {
	case Custom:
		return "custom: " + strings.Join(w.Patterns, ", ")
	case Clone:
		return "clone: " + w.Of
	}
	return string(w.Mode)
}

// Grant is what somebody gets by a wish that is no clone.
func (r Rules) Grant(w Wish) (Grant, error) {
	if w.Mode == Custom {
		return r.Custom(w.Patterns)
	}
	g := r.Default()
	return g, r.Allows(g)
}
