package report

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of the format.
const (
	maxCell    = 32_767 // UTF-16 units
	maxColumns = 16_384
	maxHeight  = 409 // points of a row
)

// height is that of a row of so many lines, as far as a row may be high: what
// is beyond is there, but has to be scrolled for.
func height(lines int) float64 { return float64(min(15*lines, maxHeight)) }

// column is a column of a sheet for people.
type column struct {
	title  string
	width  float64 // in characters
	number bool    // holds numbers of our own
	asIs   bool    // holds cells of a list, to be corrected: text that stays as it is
	other  bool    // speaks of the account, or of the row, in the words of muster
}

// sheet is a sheet of the workbook, and those after it that take what one does
// not hold.
type sheet struct {
	title   string
	columns []column
	spool   *spool
}

// begin makes a sheet with its header, frozen, and says how it is filtered and
// printed. Its n rows come while the file is saved.
func (b *book) begin(s *sheet, name string, n int) error {
	f := b.file
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for i, c := range s.columns {
		if err := b.beginColumn(name, i+1, c); err != nil {
			return err
		}
	}
	if err := f.SetRowHeight(name, 1, 32); err != nil {
		return err
	}
	if err := f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.columns), n+1)
	if err != nil {
		return err
	}
	if n == 0 {
		if err := b.text(name, "A2", b.styles.faint, "none in this run"); err != nil {
			return err
		}
	} else if err := f.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := f.SetSheetDimension(name, "A1:"+last); err != nil {
		return err
	}
	yes, color := true, tabColors[s.title]
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &color}); err != nil {
		return err
	}
	return b.printed(name, 0)
}

func (b *book) beginColumn(sheet string, i int, c column) error {
	letter, err := excelize.ColumnNumberToName(i)
	if err != nil {
		return err
	}
	if err := b.file.SetColWidth(sheet, letter, letter, c.width); err != nil {
		return err
	}
	style := b.styles.header
	if c.other {
		style = b.styles.otherHeader
	}
	return b.text(sheet, letter+"1", style, c.title)
}

// text writes a cell as text.
func (b *book) text(sheet, cell string, style int, text string) error {
	if err := b.file.SetCellStr(sheet, cell, cut(text)); err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, cell, cell, style)
}

// printed makes a sheet print as wide as the page, on as many pages as it
// takes where pages is 0.
func (b *book) printed(sheet string, pages int) error {
	landscape, a4, one := "landscape", 9, 1
	return b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &pages})
}

// cut keeps a text within what a cell takes.
func cut(text string) string {
	if len(text) <= maxCell { // bytes are never fewer than UTF-16 units
		return text
	}
	const rest = " … (cut: see the list)"
	units := 0
	for i, r := range text {
		if units++; r > 0xffff {
			units++
		}
		if units > maxCell-len(rest) {
			return strings.TrimRight(text[:i], " ") + rest
		}
	}
	return text
}
