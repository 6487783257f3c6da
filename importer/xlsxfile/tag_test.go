package xlsxfile

import (
	"strings"
	"testing"
)

func TestUnescape(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"text without any", `https://example.com/a?b=c`, `https://example.com/a?b=c`},
		{"the five that XML has", `&lt;a href=&quot;x&quot;&gt; &amp; &apos;b&apos;`, `<a href="x"> & 'b'`},
		{"numbers of characters", `&#65;&#x42;&#x1F33F;&#0000000067;`, "AB\U0001F33FC"},
		{"what stands for itself once resolved", `&amp;lt;`, `&lt;`},
		{"an ampersand that is none", `A & B &; &nbsp; &#; &#x; &#xZZ; c&`, `A & B &; &nbsp; &#; &#x; &#xZZ; c&`},
		{"a semicolon too far behind to belong to it", "&" + strings.Repeat("0", maxEntity) + ";", "&" + strings.Repeat("0", maxEntity) + ";"},
	} {
		if got := unescape([]byte(c.text)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	many := strings.Repeat("&", 8<<20) // ends in an instant, or with the test's patience
	if got := unescape([]byte(many)); got != many {
		t.Errorf("%d ampersands came back as %d characters", len(many), len(got))
	}
}
