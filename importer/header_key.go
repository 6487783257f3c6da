package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// headerKey folds a header to what is compared: case, accents, punctuation
// and what stands in brackets do not count.
func headerKey(s string) string {
	if !isPlainASCII(s) {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	depth := 0
	for _, c := range s {
		switch {
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth = max(0, depth-1)
		case depth > 0:
		case c == 'ß':
			b.WriteString("ss")
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(unicode.ToLower(c))
		case c == '@' && strings.TrimSpace(s) == "@":
			b.WriteRune(c)
		}
	}
	return b.String()
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func keySet(headers ...string) map[string]bool {
	set := map[string]bool{}
	for _, h := range headers {
		set[headerKey(h)] = true
	}
	return set
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
