// Package spelling finds the word that a mistyped one was meant to be. Words
// go in and words come out; it knows none of its own.
package spelling

import "strings"

// Nearest returns the name that a mistyped word most likely meant, "" where
// none is near. Names are written small; the word may be written in any case.
func Nearest(word string, names []string) string {
	word = strings.ToLower(word)
	best, least := "", 1+max(1, len(word)/3)
	for _, name := range names {
		d := Distance(word, name, least)
		if len(word) > 2 && strings.HasPrefix(name, word) {
			d = 1
		}
		if d < least {
			best, least = name, d
		}
	}
	return best
}

// Distance is the number of bytes to change, add, drop or swap with the next
// one to make a of b, or most where that is not less.
func Distance(a, b string, most int) int {
	if d := len(a) - len(b); d >= most || -d >= most {
		return most
	}
	var short [3][32]int // as long as most words are: nothing is allocated for them
	before, last, row := short[0][:], short[1][:], short[2][:]
	if len(b) >= len(row) {
		before, last, row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most)
}
