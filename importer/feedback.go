package importer

import (
	"strings"

	"muster/importer/file"
)

// Columns of a file of rejected rows that are ours, wherever they stand: what is
// wrong with a row, and where it came from. A list with the first is such a
// file, corrected and fed back: both are left out, the row they stand in is the
// header, and all sheets that have it are read. Customers call columns of their
// own "Error"; this they hardly do.
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

// withoutOurs is the number of a column, from 1, where those of ours before it
// are not counted: what a column without a header is called stays as it was in
// the list that the rows came from.
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

// keep puts what was understood of the cell under way in place of what it
// shows, so that the row's cells say the same when they are fed back alone:
// where a hyperlink leads, or nothing where its digits are lost.
func (s *parsing) keep(text string) {
	if s.at < 0 || s.at >= len(s.rec.Cells) {
		return
	}
	if !s.kept {
		s.rec.Cells, s.kept = append([]string(nil), s.rec.Cells...), true
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
