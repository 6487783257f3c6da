package spelling_test

import (
	"testing"

	"muster/importer/spelling"
)

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		most, want int
	}{
		{"equal words are not apart", "email", "email", 3, 0},
		{"a changed letter counts one", "email", "emaik", 3, 1},
		{"an added letter counts one", "email", "emaill", 3, 1},
		{"a dropped letter counts one", "email", "emil", 3, 1},
		{"two neighbours that changed places count one", "email", "emial", 3, 1},
		{"what is further apart is as far as the bound", "email", "phone", 3, 3},
		{"words of very different lengths are as far as the bound", "a", "abcdef", 3, 3},
		{"nothing is as far from a word as the word is long", "", "abc", 9, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := spelling.Distance(test.a, test.b, test.most); got != test.want {
				t.Errorf("%q and %q: %d, want %d", test.a, test.b, got, test.want)
			}
			if got := spelling.Distance(test.b, test.a, test.most); got != test.want {
				t.Errorf("%q and %q: %d, want %d", test.b, test.a, got, test.want)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	commands := []string{"import", "inspect", "plan", "apply", "review"}
	for _, test := range []struct{ name, word, want string }{
		{"a slip of the keyboard is mended", "improt", "import"},
		{"capitals do not matter", "PLAN", "plan"},
		{"the beginning of a word is enough", "rev", "review"},
		{"a beginning of two letters is not", "re", ""},
		{"what is like none of them is none", "charset", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := spelling.Nearest(test.word, commands); got != test.want {
				t.Errorf("%q for %q, want %q", got, test.word, test.want)
			}
		})
	}
}

// A header that means nothing is compared with all that mean something, and a list may
// have thousands of those.
func TestDistanceAllocatesNothingForWords(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { spelling.Distance("ansprechpartner", "ansprechpartnerin", 4) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// What is further apart than the bound is given up early, and never wrongly.
func TestDistanceIsTheSameUnderEveryBound(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "acb", "bac", "email", "emial", "mails", "liame", "telefonnummer", "nummertelefon",
		"a header of more than thirty-two letters", "a headre of more than thirty two lettres"}
	for _, a := range words {
		for _, b := range words {
			far := spelling.Distance(a, b, 100)
			for most := range 14 {
				if got := spelling.Distance(a, b, most); got != min(far, most) {
					t.Errorf("%q and %q are %d apart, and %d where %d is the bound", a, b, far, got, most)
				}
			}
		}
	}
}
