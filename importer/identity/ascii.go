package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold lower-cases A to Z and nothing else. strings.ToLower would turn the
// Kelvin sign into k and the dotted capital I into i: two people, one key.
func fold(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return foldFrom(s, i)
		}
	}
	return s
}

func foldFrom(s string, i int) string {
	b := []byte(s)
	for ; i < len(b); i++ {
		b[i] = lower(b[i])
	}
	return string(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// same reports whether s is word, which is lower case, in any ASCII case.
func same(s, word string) bool {
	return len(s) == len(word) && startsWith(s, word)
}

// startsWith reports whether s begins with word, which is lower case, in any
// ASCII case.
func startsWith(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	for i := 0; i < len(word); i++ {
		if lower(s[i]) != word[i] {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isLetter(c byte) bool { c = lower(c); return 'a' <= c && c <= 'z' }

func isAlnum(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// becomesASCII reports whether some Unicode folding or normalisation would
// turn a non-ASCII character of s into ASCII, as ToLower does with the Kelvin
// sign, EqualFold with ſ, NFKC with ﬁ: two people's names would become one.
func becomesASCII(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.ToLower(r) < utf8.RuneSelf {
			return true
		}
	}
	if norm.NFKC.IsNormalString(s) {
		return false
	}
	for _, r := range s {
		if r < utf8.RuneSelf {
			continue
		}
		for _, c := range norm.NFKC.String(string(r)) {
			if c < utf8.RuneSelf {
				return true
			}
		}
	}
	return false
}

// compose brings a name with non-ASCII characters into the one form it is
// compared in. ok is false where the text is no safe name: broken UTF-8,
// characters that might become ASCII, a leading combining mark.
func compose(s string) (name string, ok bool) {
	if isASCII(s) {
		return s, true
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) || becomesASCII(s) {
		return "", false
	}
	name = norm.NFC.String(s)
	first, _ := utf8.DecodeRuneInString(name)
	return name, !unicode.Is(unicode.M, first) && (name == s || !becomesASCII(name))
}

// foldName is fold for a composed name: after lower-casing, a letter and a
// mark that follows it may compose where the capital did not.
func foldName(s string) string {
	if isASCII(s) {
		return fold(s)
	}
	return norm.NFC.String(fold(s))
}
