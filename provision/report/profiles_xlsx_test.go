package report

import (
	"strings"
	"testing"
)

// A cell that leads somewhere has room for its text, which LibreOffice does not wrap; a
// text that leads nowhere stays whole.
func TestTextsThatLeadSomewhereHaveRoom(t *testing.T) {
	long := "https://www.lena-cooks.example.com/" + strings.Repeat("season/", 9)
	c := column{title: "Website", width: 34}
	for name, want := range map[string][2]cell{
		"a handle":           {{text: "@lena", url: "https://www.instagram.com/lena/"}, {text: "@lena", url: "https://www.instagram.com/lena/"}},
		"a short address":    {{text: "https://www.lena.example.com/", url: "https://www.lena.example.com/"}, {text: "lena.example.com", url: "https://www.lena.example.com/"}},
		"a long address":     {{text: long, url: long}, {text: "lena-cooks.example.com/season/s…", url: long}},
		"what leads nowhere": {{text: long, url: "javascript:x"}, {text: long}},
	} {
		if got := leading(want[0].text, want[0].url, c); got.text != want[1].text || got.url != want[1].url {
			t.Errorf("%s: %+v, want %+v", name, got, want[1])
		}
	}
}
