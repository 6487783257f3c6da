package view

import (
	"regexp"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// hanging says how far the rest of a folded line is indented: to where the text
// of a message, an item or the second of two columns begins.
var hanging = regexp.MustCompile(`^(muster: +| *- | *\S(?: ?\S){0,30} {2,}| +)`)

// whole are lines that mean something as they are: tables, JSON, and commands to
// copy.
var whole = regexp.MustCompile(`^([│┌├└]|\{"| {6}muster )`)

// foldedLine folds a line that is wider than a terminal, 0 for any.
func foldedLine(line string, width int) string {
	if width == 0 || text.StringWidthWithoutEscSequences(line) <= width || whole.MatchString(line) {
		return line
	}
	indent := text.StringWidthWithoutEscSequences(hanging.FindString(line))
	if indent > width/2 {
		indent = 4
	}
	return Folded(line, width, indent)
}

// Folded breaks a text between words, so that no line is wider than width, 0
// for any; later lines are indented. A word that is too long for a line, a path
// or an address, stays whole, to be copied as one.
func Folded(words string, width, indent int) string {
	if width <= indent {
		return words
	}
	var lines []string
	line, used, begun := "", 0, false
	for _, word := range pieces.FindAllString(words, -1) {
		size := text.StringWidthWithoutEscSequences(strings.TrimRight(word, " "))
		if begun && used+size > width {
			lines = append(lines, strings.TrimRight(line, " "))
			word = strings.TrimLeft(word, " ")
			line, used = strings.Repeat(" ", indent), indent
		}
		line += word
		used += text.StringWidthWithoutEscSequences(word)
		begun = begun || strings.TrimSpace(word) != ""
	}
	return strings.Join(append(lines, line), "\n")
}

// pieces are words with the blanks before them.
var pieces = regexp.MustCompile(` *[^ ]+| +$`)
