package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
)

// otherLines remembers lines that are left out of a list. The note about them
// gives the number of each, and the text of the first few.
type otherLines struct {
	lines []int
	texts []string
	count int
}

const (
	saidTexts = 5   // lines whose text the note quotes
	saidLines = 200 // lines whose number the note gives
)

func (o *otherLines) add(line int, text string) {
	o.count++
	if len(o.texts) < saidTexts {
		o.texts = append(o.texts, fmt.Sprintf("line %d %q", line, shorten(text)))
	}
	if len(o.lines) < saidLines {
		o.lines = append(o.lines, line)
	}
}

// notes is one note that names them all behind a message.
func (o *otherLines) notes(code, sheet, message string) []file.Note {
	if o.count == 0 {
		return nil
	}
	said := slices.Clone(o.texts)
	for _, line := range o.lines[len(said):] {
		said = append(said, strconv.Itoa(line))
	}
	text := strings.Join(said, ", ")
	if more := o.count - len(o.lines); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return []file.Note{{Code: code, Sheet: sheet, Line: o.lines[0], Count: o.count, Message: message + ": " + text}}
}
