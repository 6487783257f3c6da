package importer

import (
	"strings"

	"muster/importer/file"
)

// The headers that muster writes into a file of rejected rows: what is wrong
// with a row, and where it came from. A list with the first of them is such a
// file, corrected and fed back: its header is the row with that cell, both
// columns are left out, and all sheets that have it are read. The names carry
// "muster" because customers have columns called "Error" themselves.
const (
	ErrorColumn = "error (muster)"
	FromColumn  = "from (muster)"
)

// Ours reports whether a header is one that muster wrote into a file of
// rejected rows.
func Ours(label string) bool {
	label = strings.TrimSpace(label)
	return label == ErrorColumn || label == FromColumn
}

// withoutOurs returns the number of column n, counted from 1, without the columns
// of muster's own before it. A column without a header is called by its number,
// and is to keep that name when rejected rows are fed back.
func withoutOurs(labels []string, n int) int {
	for _, label := range labels[:n-1] {
		if Ours(label) {
			n--
		}
	}
	return n
}

// fedBack reports whether the cells are the header of a file of rejected rows.
func fedBack(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) == ErrorColumn {
			return true
		}
	}
	return false
}

// feedBackHeader is the header under which rows of the list can be fed back:
// that of the list, or, where it has none, one that means the same.
func (l *List) feedBackHeader() []string {
	if l.info.HeaderLine > 0 {
		return l.info.Columns
	}
	out := make([]string, len(l.cols))
	for i, c := range l.cols {
		out[i] = c.label
		if _, told := mapped(l.o.Map, c.label, ""); !told && c.field != "" {
			out[i] = string(c.field)
		}
	}
	return out
}

// keep replaces the text of the cell under way in the record by what was
// understood of it: the target of a hyperlink, or nothing for a number whose
// digits are lost. Rejected rows are written as text, and would otherwise say
// something else when they are fed back.
func (s *parsing) keep(text string) {
	if s.at < 0 || s.at >= len(s.rec.Cells) {
		return
	}
	if !s.kept {
		s.rec.Cells = append([]string(nil), s.rec.Cells...)
		s.kept = true
	}
	s.rec.Cells[s.at] = text
}

// keepKind writes the kind that the title of a template gives into the row: the
// file of rejected rows has no title.
func (s *parsing) keepKind() {
	if s.template == "" || s.kindCol < 0 || s.kindCol >= len(s.row.Cells) || !file.Blank(s.row.Cells[s.kindCol]) {
		return
	}
	s.at = s.kindCol
	s.keep(string(s.template))
	s.at = -1
}
