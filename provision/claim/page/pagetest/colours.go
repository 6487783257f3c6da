package pagetest

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// CheckColours makes sure that the colours of a style sheet can be read, in the
// light and in the dark, and that all of them have names. A pair is two colours
// that meet, by their names, with the least contrast that WCAG 2 asks for at level
// AA: "ink on card 4.5" for text, 3 for the edges of fields and for signs.
func CheckColours(t *testing.T, css string, pairs ...string) {
	t.Helper()
	light, dark, found := strings.Cut(css, "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("there are no colours for the dark")
	}
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for name, colours := range map[string]map[string]string{"light": named(light), "dark": named(dark)} {
		for _, pair := range pairs {
			var front, back string
			var least float64
			if _, err := fmt.Sscanf(pair, "%s on %s %f", &front, &back, &least); err != nil {
				t.Fatalf("%q: %v", pair, err)
			}
			if got := contrast(t, colours[front], colours[back]); got < least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, not %.1f", name, front, back, got, least)
			}
		}
	}
	used := regexp.MustCompile(`(?m)^\s+(color|background|border|fill|stroke)[a-z-]*:.*#[0-9a-f]{3,6}`)
	if found := used.FindString(css); found != "" {
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
