package report

import (
	"bytes"
	"encoding/xml"
	"regexp"
)

// asIs are the bytes that stand in XML as they are, whatever is around them.
var asIs = func() (all [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		all[c] = true
	}
	for _, c := range `<>&"'` {
		all[c] = false
	}
	return all
}()

// addEscaped puts a text into XML. Most need no escapes.
func addEscaped(out, text []byte) []byte {
	for _, c := range text {
		if !asIs[c] {
			into := bytes.NewBuffer(out)
			_ = xml.EscapeText(into, text) // a buffer takes it all
			return into.Bytes()
		}
	}
	return append(out, text...)
}

// plain reports whether a text can stand in a cell without a word on blanks and
// escapes: most can.
func plain(cell []byte) bool {
	if len(cell) > maxCell || cell[0] == ' ' || cell[len(cell)-1] == ' ' {
		return false
	}
	for _, c := range cell {
		if !asIs[c] && c != '"' && c != '\'' || c == '_' {
			return false
		}
	}
	return true
}

var escape = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// literal keeps a text within what a cell takes, and readers from taking
// _x000D_ and the like for the character of that number.
func literal(cell []byte) []byte {
	if len(cell) > maxCell {
		cell = []byte(cut(string(cell)))
	}
	if bytes.Contains(cell, []byte("_x")) {
		cell = escape.ReplaceAll(cell, []byte("_x005F_$1"))
	}
	return cell
}
