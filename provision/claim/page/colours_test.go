package page

import (
	"testing"

	"muster/provision/claim/page/pagetest"
)

func TestColoursCanBeRead(t *testing.T) {
	css, err := assets.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	pagetest.CheckColours(t, string(css),
		"ink on ground 4.5", "ink on card 4.5", "ink on tint 4.5",
		"soft on ground 4.5", "soft on card 4.5", "soft on tint 4.5",
		"accent on card 4.5", "accent on tint 4.5", "accent on ground 3",
		"on-accent on accent 4.5", "on-accent on accent-over 4.5",
		"wrong on card 4.5", "wrong on wrong-tint 4.5",
		"edge on card 3",
	)
}
