package importer

import "strings"

// ErrorColumn is the header of the last column of a file of rejected rows. A
// list with it is such a file, corrected and fed back: the column is left out,
// the row it stands in is the header, and all sheets that have it are read.
// Customers call columns of their own "Error"; this they hardly do.
const ErrorColumn = "error (muster)"

func isErrorColumn(label string) bool { return strings.TrimSpace(label) == ErrorColumn }

// fedBack reports whether the cells are the header of a file of rejected rows.
func fedBack(cells []string) bool {
	for _, c := range cells {
		if isErrorColumn(c) {
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
			out[i] = c.field
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
	if s.template == "" || s.kindCol < 0 || s.kindCol >= len(s.row.Cells) || !blank(s.row.Cells[s.kindCol]) {
		return
	}
	s.at = s.kindCol
	s.keep(string(s.template))
	s.at = -1
}
