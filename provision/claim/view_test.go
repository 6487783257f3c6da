package claim

import "testing"

func TestAddressesAreShownMasked(t *testing.T) {
	for name, tt := range map[string]struct{ address, want string }{
		"an address":                      {"ana.kim@example.com", "a…@e….com"},
		"capital letters stay":            {"Ana@Example.org", "A…@E….org"},
		"a domain of several parts":       {"ana@mail.example.co.uk", "a…@m….uk"},
		"one letter before the sign":      {"a@example.com", "a…@e….com"},
		"letters beyond ASCII":            {"ana@öko.example.com", "a…@ö….com"},
		"no address, of somebody without": {"", ""},
		"what no longer is one":           {"ana", ""},
		"a domain without an end":         {"ana@localhost", "a…@l…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := masked(tt.address); got != tt.want {
				t.Errorf("%q is shown as %q, want %q", tt.address, got, tt.want)
			}
		})
	}
}

func FuzzLine(f *testing.F) {
	f.Add(" Ana Kim ", 5)
	f.Add("Ana\u202e", 256)
	f.Add("a\xffb", 3)
	f.Fuzz(func(t *testing.T, typed string, longest int) {
		text, code := line(typed, longest)
		if again, next := line(text, longest); code == "" && (again != text || next != "") {
			t.Errorf("%q is kept as %q, and that as %q: %s", typed, text, again, next)
		}
		if code != "" && text != "" {
			t.Errorf("%q is refused, and kept as %q", typed, text)
		}
	})
}
