package password

import "strings"

// keyboards are the rows of keys, and the ways over them that people take.
var keyboards = []string{
	"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", // English
	"qwertzuiop", "yxcvbnm", // German
	"azertyuiop", "qsdfghjklm", "wxcvbn", // French
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1qay2wsx3edc4rfv5tgb6zhn7ujm8ik9ol0p",
	"qazwsxedcrfvtgbyhnujmikolp", "q1w2e3r4t5y6u7i8o9p0", "q1w2e3r4t5z6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p",
	"!@#$%^*()", "!\"§$%()=", "789456123", "147258369",
}

// sequences are characters in order, up or down, and walks over a keyboard.
func (g *guess) sequences(at int) []int {
	text := g.plain[at:]
	return upTo(max(inOrder(text, 1), inOrder(text, -1), walk(text)))
}

// walkLength is how long a walk is at least: three neighbours on a keyboard are
// too often the beginning of a word.
const walkLength = 4

// inOrder is how many characters follow each other by the given step.
func inOrder(text []rune, step rune) int {
	n := 1
	for n < len(text) && text[n] == text[n-1]+step {
		n++
	}
	return n
}

// walk is the length of the longest walk over a keyboard that a text begins
// with, 0 where there is none.
func walk(text []rune) int {
	longest := 0
	for _, keys := range walks {
		for n := max(longest+1, walkLength); n <= len(text) && strings.Contains(keys, string(text[:n])); n++ {
			longest = n
		}
	}
	return longest
}

// walks are the keyboards in both directions.
var walks = bothWays(keyboards)

func bothWays(rows []string) []string {
	var all []string
	for _, row := range rows {
		back := []rune(row)
		for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
			back[i], back[j] = back[j], back[i]
		}
		all = append(all, row, string(back))
	}
	return all
}

// repeats are characters that stand in the password before already; a run of
// the same one is its first, repeated.
func (g *guess) repeats(at int) []int {
	longest := 0
	for before := range at {
		longest = max(longest, g.ahead[before][at])
	}
	return upTo(longest)
}

// lookAhead counts for all pairs of places how many characters from there on
// are the same: from the last pair to the first, each is one more than the next.
func (g *guess) lookAhead() {
	n := len(g.bare)
	g.ahead = make([][]int, n+1)
	for i := range g.ahead {
		g.ahead[i] = make([]int, n+1)
	}
	for before := n - 1; before >= 0; before-- {
		for at := n - 1; at > before; at-- {
			if g.bare[before] == g.bare[at] {
				g.ahead[before][at] = g.ahead[before+1][at+1] + 1
			}
		}
	}
}
