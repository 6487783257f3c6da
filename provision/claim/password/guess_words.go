package password

import (
	_ "embed"
	"slices"
	"strings"
)

// common.txt has words and phrases that passwords are made of, one a line, in
// several languages. What is built of them, with digits, disguises and
// separators, need not stand there.
//
//go:embed common.txt
var commonText string

// A vocabulary is a set of words, folded and without disguises.
type vocabulary struct {
	words   map[string]bool
	longest int
}

var commonWords = readVocabulary(commonText)

func readVocabulary(text string) vocabulary {
	v := vocabulary{words: map[string]bool{}}
	for line := range strings.Lines(text) {
		if w := undisguised(plain(line)); len(w) > 0 && !strings.HasPrefix(line, "#") {
			v.words[string(w)] = true
			v.longest = max(v.longest, len(w))
		}
	}
	return v
}

// personal are the words about the person and the service.
func (g *guess) personal(at int) []int {
	var lengths []int
	for _, w := range g.about {
		if rest := g.bare[at:]; len(w) <= len(rest) && slices.Equal(w, rest[:len(w)]) {
			lengths = append(lengths, len(w))
		}
	}
	return lengths
}

// common are the common words and phrases, and the years of people now alive.
func (g *guess) common(at int) []int {
	var lengths []int
	rest := g.bare[at:]
	for n := pieceLength; n <= min(len(rest), commonWords.longest); n++ {
		if commonWords.words[string(rest[:n])] {
			lengths = append(lengths, n)
		}
	}
	if isYear(g.plain[at:]) {
		lengths = append(lengths, len("2026"))
	}
	return lengths
}

func isYear(text []rune) bool {
	if len(text) < 4 {
		return false
	}
	year := string(text[:4])
	return year >= "1900" && year <= "2099" && strings.Trim(year, "0123456789") == ""
}
