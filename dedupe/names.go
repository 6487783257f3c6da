package dedupe

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// nameTokens splits a name into words to compare it by: folded, without
// diacritics and punctuation, each once and sorted. Initials count only where
// the name has nothing longer. "Müller", "Mueller" and "Muller" are one word.
// Names are evidence and never a key, so folding generously is safe here.
func nameTokens(name string) []string {
	if plain, ok := asciiFold(name); ok {
		return tokens(plain)
	}
	fold := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	plain, _, err := transform.String(fold, name)
	if err != nil {
		plain = name
	}
	return tokens(whole.Replace(cases.Fold().String(plain)))
}

// whole are letters that no diacritic can be taken off.
var whole = strings.NewReplacer(
	"ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i",
)

// spelled are umlauts as they are written where there are none.
var spelled = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// asciiFold folds a name that needs no more than that.
func asciiFold(name string) (string, bool) {
	for i := 0; i < len(name); i++ {
		if name[i] >= utf8.RuneSelf {
			return "", false
		}
	}
	folded := []byte(name)
	for i, c := range folded {
		if 'A' <= c && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	return string(folded), true
}

// tokens are the words of a folded name, sorted and each once.
func tokens(folded string) []string {
	words := fieldsOf(folded)
	if long := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return len([]rune(w)) < 2 }); len(long) > 0 {
		words = long
	}
	for i, w := range words {
		words[i] = spelled.Replace(w)
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
			words = append(words, s[start:i])
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, s[start:])
	}
	return words
}

// NamesShare reports whether two names have a word in common. A missing name
// cannot be compared and shares nothing.
func NamesShare(a, b string) bool {
	tokens := nameTokens(b)
	return slices.ContainsFunc(nameTokens(a), func(w string) bool { return slices.Contains(tokens, w) })
}

// FoldName is the same for all names that SameName takes for one, "" for none.
func FoldName(name string) string { return strings.Join(nameTokens(name), " ") }

// SameName reports whether two names consist of the same words.
func SameName(a, b string) bool { return a == b || slices.Equal(nameTokens(a), nameTokens(b)) }

// namesContradict reports whether both names are there and share nothing.
func namesContradict(a, b string) bool {
	return a != "" && b != "" && a != b && len(nameTokens(a)) > 0 && len(nameTokens(b)) > 0 && !NamesShare(a, b)
}
