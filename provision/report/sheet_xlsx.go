package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Limits of the format.
const (
	maxCell    = 32_767 // UTF-16 units
	maxColumns = 16_384
)

// column is a column of a sheet for people.
type column struct {
	title string
	width float64
	other bool // speaks of the account, not of the row
}

// sheet is a sheet of the workbook, and those after it that take what one does
// not hold. Cells are text or numbers of our own, never formulas.
type sheet struct {
	book    *book
	title   string
	columns []column

	part   int // from 1
	name   string
	stream *excelize.StreamWriter
	row    int
	total  int   // rows of all parts, without headers
	cells  []any // of the row under way, kept to be used again
}

// begin opens the next part: its columns, the header, the frozen pane.
func (s *sheet) begin() error {
	s.part++
	after := s.name
	s.name, s.row = nth(s.title, s.part), 0
	f := s.book.file
	if _, err := f.NewSheet(s.name); err != nil {
		return err
	}
	if after != "" {
		if err := s.moveBehind(after); err != nil {
			return err
		}
	}
	fit, color := true, tabColors[s.title]
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &color}); err != nil {
		return err
	}
	var err error
	if s.stream, err = f.NewStreamWriter(s.name); err != nil {
		return err
	}
	for i, c := range s.columns {
		if err := s.stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return s.header()
}

// moveBehind puts a further part right behind the one before it.
func (s *sheet) moveBehind(name string) error {
	names := s.book.file.GetSheetList()
	for i, n := range names[:len(names)-1] {
		if n == name && names[i+1] != s.name {
			return s.book.file.MoveSheet(s.name, names[i+1])
		}
	}
	return nil
}

func (s *sheet) header() error {
	cells := make([]any, len(s.columns))
	for i, c := range s.columns {
		style := s.book.styles.header
		if c.other {
			style = s.book.styles.otherHeader
		}
		cells[i] = excelize.Cell{StyleID: style, Value: cut(c.title)}
	}
	s.row++
	return s.stream.SetRow("A1", cells, excelize.RowOpts{Height: 32})
}

// add writes a row. Values are strings, written as text, or ints.
func (s *sheet) add(values []any) error {
	if s.row >= s.book.limit {
		if err := s.end(); err != nil {
			return err
		}
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.cells = s.cells[:0]
	for i, v := range values {
		if i == len(s.columns) {
			break
		}
		style := s.book.styles.text
		if s.columns[i].other {
			style = s.book.styles.other
		}
		if text, ok := v.(string); ok {
			v = cut(text)
		}
		s.cells = append(s.cells, excelize.Cell{StyleID: style, Value: v})
	}
	s.row++
	s.total++
	return s.stream.SetRow(fmt.Sprintf("A%d", s.row), s.cells)
}

// end closes a part: filters over what there is, and how it prints.
func (s *sheet) end() error {
	if s.total == 0 {
		s.row++
		if err := s.stream.SetRow("A2", []any{excelize.Cell{StyleID: s.book.styles.faint, Value: "none in this run"}}); err != nil {
			return err
		}
	} else {
		last, err := excelize.CoordinatesToCellName(len(s.columns), s.row)
		if err != nil {
			return err
		}
		if err := s.book.file.AutoFilter(s.name, "A1:"+last, nil); err != nil {
			return err
		}
	}
	landscape, a4, wide, any := "landscape", 9, 1, 0
	layout := &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &any}
	if err := s.book.file.SetPageLayout(s.name, layout); err != nil {
		return err
	}
	return s.stream.Flush()
}

// cut keeps a text within what a cell takes.
func cut(text string) string {
	if len(text) <= maxCell { // bytes are never fewer than UTF-16 units
		return text
	}
	const rest = " … (cut: see the list)"
	units := 0
	for i, r := range text {
		if units += utf16Units(r); units > maxCell-len(rest) {
			return strings.TrimRight(text[:i], " ") + rest
		}
	}
	return text
}

func utf16Units(r rune) int {
	if r > 0xffff && r != utf8.RuneError {
		return 2
	}
	return 1
}
