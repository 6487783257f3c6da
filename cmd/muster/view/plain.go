package view

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// plain is a stream for text that may quote names of files, headers and cells:
// whoever wrote those must not be able to move the cursor, clear the screen or
// turn text around. Control and formatting characters come out visibly. Each
// write is read as a text of its own: one that ends inside a character breaks it.
type plain struct{ to io.Writer }

// Write reports the whole of p as written, or nothing.
func (w plain) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.to, visible(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// visible writes out what a terminal would obey instead of showing it.
func visible(text string) string {
	if strings.IndexFunc(text, obeyed) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if obeyed(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func obeyed(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
}
