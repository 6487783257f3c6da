package letter

import (
	"regexp"
	"strings"
	"unicode"
)

// How long a name and a note may be, in characters.
const (
	MaxName = 64
	MaxNote = 500
)

// Name is what is left of a name once nobody can be led astray by it: without
// links, control characters and markup, of at most MaxName characters.
func Name(text string) string { return cut(strings.Join(words(text), " "), MaxName) }

// Note is Name for a text of several lines, of at most MaxNote characters. It
// says what will be mailed, and says it again of its own result.
func Note(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(words(line), " "))
	}
	return cut(strings.TrimSpace(blankLines.ReplaceAllString(strings.Join(lines, "\n"), "\n\n")), MaxNote)
}

var (
	blankLines = regexp.MustCompile(`\n{3,}`)
	markup     = regexp.MustCompile(`<[^<>]*>`)
	// links are what mail programs make something to click of.
	links = regexp.MustCompile(`(?i)://|^www\.|^mailto:|^tel:|@`)
	// hosts are words that a mail program may take for the name of a host, by a dot or by
	// what browsers read as one.
	hosts = regexp.MustCompile(`([\pL\pN][.\x{3002}\x{ff0e}\x{ff61}\x{2024}])([\pL\pN])`)
)

// words splits a line into words, and takes out those that are links. A dot
// within a word gets a space behind it: St.John stays a name, example.com
// becomes nothing to click.
func words(line string) []string {
	line = markup.ReplaceAllString(line, " ")
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r), r == '<', r == '>': // controls, invisible characters, marks of direction
			return -1
		}
		return r
	}, line)
	var kept []string
	for _, word := range strings.Fields(line) {
		if !links.MatchString(word) {
			kept = append(kept, hosts.ReplaceAllString(hosts.ReplaceAllString(word, "$1 $2"), "$1 $2"))
		}
	}
	return kept
}

func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}
