package page

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pairs are the colours that meet, with the least contrast that WCAG 2 asks
// for at level AA: 4.5 for text, 3 for the edges of fields and for signs.
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "ground", 4.5}, {"ink", "card", 4.5}, {"ink", "tint", 4.5},
	{"soft", "ground", 4.5}, {"soft", "card", 4.5}, {"soft", "tint", 4.5},
	{"accent", "card", 4.5}, {"accent", "tint", 4.5}, {"accent", "ground", 3},
	{"on-accent", "accent", 4.5}, {"on-accent", "accent-over", 4.5},
	{"wrong", "card", 4.5}, {"wrong", "wrong-tint", 4.5},
	{"edge", "card", 3},
}

func TestColoursCanBeRead(t *testing.T) {
	css, err := assets.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("there are no colours for the dark")
	}
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for name, colours := range map[string]map[string]string{"light": named(light), "dark": named(dark)} {
		for _, p := range pairs {
			if got := contrast(t, colours[p.front], colours[p.back]); got < p.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, not %.1f", name, p.front, p.back, got, p.least)
			}
		}
	}
	used := regexp.MustCompile(`(?m)^\s+(color|background|border|fill|stroke)[a-z-]*:.*#[0-9a-f]{3,6}`)
	if found := used.FindString(string(css)); found != "" {
		t.Errorf("a colour without a name: %s", found)
	}
}

// named are the colours a part of a style sheet gives names to.
func named(css string) map[string]string {
	colours := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
		colours[m[1]] = m[2]
	}
	return colours
}

// contrast is the contrast ratio of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// luminance is the relative luminance of WCAG 2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 24)
	if err != nil {
		t.Fatalf("no colour: %q", colour)
	}
	part := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*part(16) + .7152*part(8) + .0722*part(0)
}
