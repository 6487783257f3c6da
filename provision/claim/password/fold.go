package password

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// separators part words; a password is no better for them.
const separators = " \t_-.,;:'’/|+&\u00a0"

// plain folds a text as somebody who guesses would: case and accents are gone,
// and so are separators.
func plain(text string) []rune {
	var folded []rune
	for _, c := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, c), strings.ContainsRune(separators, c), unicode.IsSpace(c):
		default:
			folded = append(folded, unicode.ToLower(unicode.ToUpper(c))) // twice, for letters whose small form is another's
		}
	}
	return folded
}

// disguises are what letters are written as to make a word look like none.
// Some stand for two letters, so that both of these become the same one.
var disguises = map[rune]rune{
	'0': 'o',
	'1': 'i', '!': 'i', 'l': 'i',
	'2': 'z',
	'3': 'e', '€': 'e',
	'4': 'a', '@': 'a',
	'5': 's', '$': 's',
	'6': 'g', '9': 'g',
	'7': 't',
	'8': 'b',
	'ß': 's', 'ø': 'o', 'ł': 'i', 'æ': 'a', 'œ': 'o',
}

// undisguised takes the disguises off a folded text; it stays as long as it is.
func undisguised(folded []rune) []rune {
	bare := make([]rune, len(folded))
	for i, c := range folded {
		bare[i] = c
		if letter, disguised := disguises[c]; disguised {
			bare[i] = letter
		}
	}
	return bare
}
