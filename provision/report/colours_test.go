package report

import (
	"testing"

	"muster/provision/claim/page/pagetest"
)

func TestColoursCanBeRead(t *testing.T) {
	pagetest.CheckColours(t, webpageStyle,
		"ink on ground 4.5", "ink on card 4.5", "ink on track 4.5", "ink on tint 4.5", "ink on differs 4.5",
		"soft on ground 4.5", "soft on card 4.5", "soft on track 4.5", "soft on tint 4.5",
		"accent on card 4.5", "good on card 3", "wait on card 3", "bad on card 3",
	)
}
