package desk

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
		"ink on ground 4.5", "ink on card 4.5", "ink on track 4.5", "soft on ground 4.5", "soft on card 4.5",
		"soft on track 4.5", "accent on card 4.5", "accent on tint 4.5", "accent on ground 4.5", "on-accent on accent 4.5",
		"on-accent on accent-over 4.5", "yes on yes-tint 4.5", "yes on card 4.5", "not on not-tint 4.5", "edge on card 3",
	)
}
