package report

import (
	"errors"
	"fmt"
	"slices"
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
	date   bool    // holds dates
	asIs   bool    // holds cells of a list, to be corrected: text that stays as it is
	other  bool    // speaks of the account, or of the row, in the words of muster
	name   bool    // says whose row it is: stays in view, whatever is scrolled to
	stays  bool    // is there even if it is empty on every row
	single bool    // is a column of the list: whatever it holds, no row is higher for it
}

// sheet is a sheet of the workbook, and those after it that take what one does
// not hold.
type sheet struct {
	title   string
	columns []column
	applies bool     // it is left out where it has no row
	bands   []*spool // the rows, those that come first before the others
}

// add takes a row into a band of the sheet.
func (s *sheet) add(band int, row []cell) error { return s.bands[band].add(row) }

// open begins the bands of a sheet.
func (s *sheet) open(dir string, rows, bands int) error {
	for range bands {
		band, err := newSpool(dir, rows)
		if err != nil {
			return err
		}
		s.bands = append(s.bands, band)
	}
	return nil
}

// rows is how many there are.
func (s *sheet) rows() int {
	n := 0
	for _, band := range s.bands {
		n += band.rows
	}
	return n
}

func (s *sheet) close() error {
	var err error
	for _, band := range s.bands {
		err = errors.Join(err, band.close())
	}
	return err
}

// stretches are the rows of a sheet, one for each sheet of the file that they
// fill: one where they fit, otherwise each band begins a sheet of its own.
func (s *sheet) stretches() ([]*stretch, error) {
	whole := &stretch{}
	rows := 0
	var each []*stretch
	for _, band := range s.bands {
		rows += band.rows
		for part := range band.parts {
			r, n, err := band.reader(part)
			if err != nil {
				return nil, err
			}
			whole.append(r, n)
			one := &stretch{}
			one.append(r, n)
			each = append(each, one)
		}
	}
	if len(s.bands) == 0 || rows <= s.bands[0].part {
		return []*stretch{whole}, nil
	}
	return each, nil
}

// kept are the columns that say something on some row, and those that stay
// anyway; at is which cell of a row each of them shows.
func (s *sheet) kept() (columns []column, at []int) {
	for i, c := range s.columns {
		used := func(band *spool) bool { return i < len(band.used) && band.used[i] }
		if c.name || c.stays || slices.ContainsFunc(s.bands, used) {
			columns = append(columns, c)
			at = append(at, i)
		}
	}
	return columns, at
}

// stretch is the rows of one sheet of a file, to be read once.
type stretch struct {
	readers []*spoolReader
	left    []int // rows of each reader
	n       int
}

func (s *stretch) append(r *spoolReader, n int) {
	if n > 0 {
		s.readers = append(s.readers, r)
		s.left = append(s.left, n)
		s.n += n
	}
}

func (s *stretch) next() ([]storedCell, error) {
	for s.left[0] == 0 {
		s.readers = s.readers[1:]
		s.left = s.left[1:]
	}
	s.left[0]--
	return s.readers[0].next()
}

// begin makes a sheet with its header, frozen with the columns that name the
// row, and says how it is filtered. Its n rows come while the file is saved.
func (b *book) begin(title, name string, columns []column, n int) error {
	f := b.file
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	if err := b.header(name, columns); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(columns), n+1)
	if err != nil {
		return err
	}
	if n == 0 {
		if err := b.text(name, "A2", b.styles.faint, b.words.Say("none in this run")); err != nil {
			return err
		}
	} else if err := f.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := f.SetSheetDimension(name, "A1:"+last); err != nil {
		return err
	}
	yes := true
	color := tabColors[title]
	return f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &color})
}

// header writes the titles of the columns, as high as the longest of them, and
// freezes them.
func (b *book) header(sheet string, columns []column) error {
	lines := 2
	if err := b.widths(sheet, columns); err != nil {
		return err
	}
	for i, c := range columns {
		if err := b.beginColumn(sheet, i+1, c); err != nil {
			return err
		}
		lines = max(lines, wrapped(c.title, c.width-2))
	}
	return errors.Join(b.file.SetRowHeight(sheet, 1, height(lines)), b.freeze(sheet, 1, columns))
}

// freeze keeps the rows of the header, and the columns that name a row, in view.
func (b *book) freeze(sheet string, header int, columns []column) error {
	names := 0
	for names < len(columns) && columns[names].name {
		names++
	}
	corner, err := excelize.CoordinatesToCellName(names+1, header+1)
	if err != nil {
		return err
	}
	pane := "bottomRight"
	if names == 0 {
		pane = "bottomLeft"
	}
	return b.file.SetPanes(sheet, &excelize.Panes{
		Freeze:      true,
		XSplit:      names,
		YSplit:      header,
		TopLeftCell: corner,
		ActivePane:  pane,
	})
}

func (b *book) beginColumn(sheet string, i int, c column) error {
	letter, err := excelize.ColumnNumberToName(i)
	if err != nil {
		return err
	}
	style := b.styles.header
	if c.other {
		style = b.styles.otherHeader
	}
	return b.text(sheet, letter+"1", style, c.title)
}

// widths makes the columns of a sheet as wide as they are meant to be, those
// that are alike in one go: excelize looks at all columns for each call.
func (b *book) widths(sheet string, columns []column) error {
	for from := 0; from < len(columns); {
		to := from
		for to < len(columns) && columns[to].width == columns[from].width {
			to++
		}
		first, err1 := excelize.ColumnNumberToName(from + 1)
		last, err2 := excelize.ColumnNumberToName(to)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if err := b.file.SetColWidth(sheet, first, last, columns[from].width); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// text writes a cell as text.
func (b *book) text(sheet, cell string, style int, text string) error {
	if err := b.file.SetCellStr(sheet, cell, cut(text)); err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, cell, cell, style)
}

// printed makes a sheet print on A4 across, as wide as the page at most and on
// as many pages as it takes, with its name and the number of the page.
func (b *book) printed(sheet string) error {
	landscape := "landscape"
	a4 := 9
	one := 1
	any := 0
	side := 0.4
	edge := 0.55
	return errors.Join(
		b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
			Orientation: &landscape,
			Size:        &a4,
			FitToWidth:  &one,
			FitToHeight: &any,
		}),
		b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
			Left:   &side,
			Right:  &side,
			Top:    &edge,
			Bottom: &edge,
			Header: &side,
			Footer: &side,
		}),
		b.foot(sheet, ""),
	)
}

// across is how many pixels a page is wide between its margins: 784 points.
const across = 784 * 96 / 72

// readable is how many pixels of columns fit on a page without the letters
// becoming smaller than 7 points; they have 11 where nothing is made smaller.
const readable = across * 11 / 7

// pixels is how wide columns are.
func pixels(columns ...column) float64 {
	sum := 0.0
	for _, c := range columns {
		sum += 7*c.width + 5
	}
	return sum
}

// leeway is how much wider than asked for programs draw columns, by their fonts.
const leeway = 1.06

// printedAt makes a sheet print so small that so many pixels fit on a page. It ends
// pages where they are meant to: a sheet that is fitted to pages ends them anywhere.
func (b *book) printedAt(sheet string, wide float64) error {
	no := false
	scale := uint(100 * min(1, across/(leeway*wide)))
	return errors.Join(b.printed(sheet),
		b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &no}),
		b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{AdjustTo: &scale}))
}

// maxPrinted is how many rows of a sheet are printed, some forty pages: nobody
// reads a list of a hundred thousand, two thousand pages, on paper.
const maxPrinted = 2_000

// printedColumns prints the first columns of a sheet, as many as can be read on
// paper, with the header on every page. The others are for the screen, like the
// rows that are too many; the foot of the pages says so.
func (b *book) printedColumns(sheet string, columns []column, rows int) error {
	last := 1
	for last < len(columns) && pixels(columns[:last+1]...) <= readable {
		last++
	}
	err := b.printed(sheet)
	if all := rows - 1; all > maxPrinted {
		rows = maxPrinted + 1
		err = errors.Join(err, b.foot(sheet, b.words.Say(", the first %s of %s rows", b.words.Number(maxPrinted), b.words.Number(all))))
	}
	return errors.Join(err, b.printedArea(sheet, last, rows, ""))
}

// foot puts the name of the sheet, what there is to say of it, and the number of
// the page under every page.
func (b *book) foot(sheet, said string) error {
	left := "&L&8&A" + strings.ReplaceAll(said, "&", "&&")
	return b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: left + "&R&8" + b.words.Say("Page %s of %s", "&P", "&N")})
}

// printedArea says which columns of a sheet are printed, and what stands on
// every page: the header and, where pages lie side by side, columns like $A:$C.
func (b *book) printedArea(sheet string, columns, rows int, names string) error {
	letter, err := excelize.ColumnNumberToName(columns)
	if err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
	area := fmt.Sprintf("%s!$A$1:$%s$%d", quoted, letter, max(rows, 2))
	titles := quoted + "!$1:$1"
	if names != "" {
		titles = quoted + "!" + names + "," + titles
	}
	return errors.Join(
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: area, Scope: sheet}),
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: sheet}))
}

// cut keeps a text within what a cell takes.
func cut(text string) string {
	if len(text) <= maxCell { // bytes are never fewer than UTF-16 units
		return text
	}
	const rest = " … (cut: see the list)"
	fits := beginning(text, maxCell)
	if len(fits) == len(text) {
		return text
	}
	return strings.TrimRight(beginning(fits, maxCell-len(rest)), " ") + rest
}

// beginning is that of a text that has so many UTF-16 units.
func beginning(text string, most int) string {
	units := 0
	for i, r := range text {
		if units++; r > 0xffff {
			units++
		}
		if units > most {
			return text[:i]
		}
	}
	return text
}
