package dedupe

import (
	"slices"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// nameTokens splits a name into words to compare it by: folded, without
// diacritics and punctuation, each once and sorted. Initials count only where
// the name has nothing longer. Names are evidence and never a key, so folding
// generously is safe here.
func nameTokens(name string) []string {
	fold := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	plain, _, err := transform.String(fold, name)
	if err != nil {
		plain = name
	}
	words := fieldsOf(cases.Fold().String(plain))
	if long := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return len([]rune(w)) < 2 }); len(long) > 0 {
		words = long
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func fieldsOf(s string) []string {
	var words []string
	start := -1
	for i, r := range s {
		switch letter := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			words, start = append(words, s[start:i]), -1
		}
	}
	if start >= 0 {
		words = append(words, s[start:])
	}
	return words
}

// namesShare reports whether two names have a word in common. A missing name
// cannot be compared and shares nothing.
func namesShare(a, b string) bool {
	tokens := nameTokens(b)
	return slices.ContainsFunc(nameTokens(a), func(w string) bool { return slices.Contains(tokens, w) })
}

// sameName reports whether two names consist of the same words.
func sameName(a, b string) bool { return slices.Equal(nameTokens(a), nameTokens(b)) }

// namesContradict reports whether both names are there and share nothing.
func namesContradict(a, b string) bool {
	return a != "" && b != "" && len(nameTokens(a)) > 0 && len(nameTokens(b)) > 0 && !namesShare(a, b)
}
