package report

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Cells and hyperlinks are what encoding/xml makes of them, and plain is only what
// it leaves alone.
func TestTextsInXMLAreEscaped(t *testing.T) {
	quotes := strings.NewReplacer("&#34;", `"`, "&#39;", "'") // between tags they may stand
	wrong := func(text []byte) bool {
		want := new(bytes.Buffer)
		if err := xml.EscapeText(want, text); err != nil {
			t.Fatal(err)
		}
		left := quotes.Replace(want.String()) == string(text) && string(literal(text)) == string(text)
		return string(addEscaped([]byte("before"), text)) != "before"+want.String() || len(text) > 0 && plain(text) && !left
	}
	for _, text := range []string{"", "Ann", "a_x000D_b", "mst1_AQE", `"`, "'", "a&b", "<", ">", " a", "a ", "a\nb", "\x7f", "é", "\xff"} {
		if wrong([]byte(text)) {
			t.Errorf("%q is written as %q", text, addEscaped(nil, []byte(text)))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if text := wildText().Draw(t, "text"); wrong([]byte(text)) {
			t.Fatalf("%q is written as %q", text, addEscaped(nil, []byte(text)))
		}
	})
}
