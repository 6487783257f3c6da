package report

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"muster/importer"
)

// maxComments is how many cells of a file of rejected rows get a comment. A
// comment is a drawing, held in memory, and spreadsheet programs take minutes
// to open a file with very many; the last column says everything anyway.
const maxComments = 5_000

// rejectedBook is a file of rejected rows of workbooks: their sheets and
// columns, every cell as text, so that neither we nor a spreadsheet program
// change an id or a date. In front stands what is wrong and where the row came
// from; a wrong cell is red, and says in a comment what is wrong with it.
type rejectedBook struct {
	book     *book
	name     string
	sheets   []*rejectedTab
	comments int // still free
}

// rejectedTab is a sheet under way.
type rejectedTab struct {
	title    string
	list     *list
	width    int // columns without ours
	spool    *spool
	comments []cellComment
}

// cellComment is what is wrong with one cell of a row, both from 0.
type cellComment struct {
	row, col int
	text     string
}

func newRejectedBook(b *book, name string) *rejectedBook {
	return &rejectedBook{book: b, name: name, comments: maxComments}
}

func (f *rejectedBook) row(v *view) error {
	s, err := f.sheet(v)
	if err != nil {
		return err
	}
	wrong := v.wrongCells()
	row := texts(strings.Join(errorWords(v), "\n"), v.from())
	for i, text := range v.list.withoutOurs(v.Cells) {
		row = append(row, cell{text: asText(text), mark: wrong[i] != nil})
	}
	row = row[:min(len(row), maxColumns)]
	s.width = max(s.width, len(row)-ourColumns)
	f.comment(s, wrong)
	return s.spool.add(row)
}

// wrongCells says what is wrong with single cells of a row, by their column
// among those of the list.
func (v *view) wrongCells() map[int][]string {
	var all map[int][]string
	for _, p := range v.Problems {
		i := v.list.ownColumn(p.Column)
		if i < 0 {
			continue
		}
		if all == nil {
			all = map[int][]string{}
		}
		all[i] = append(all[i], withRemedy(v.in.Problem(p), v.in.Remedy(p)))
	}
	return all
}

// asText is a cell as the reader will read it back from a workbook. It takes
// an apostrophe off there too, since people paste our CSV files into sheets.
func asText(cell string) string {
	if importer.Unguard(cell) != cell {
		return "'" + cell
	}
	return cell
}

// sheet finds the sheet a row goes to, or begins it.
func (f *rejectedBook) sheet(v *view) (*rejectedTab, error) {
	title := cmp.Or(v.Sheet, rejectedSheet)
	for _, s := range f.sheets {
		if s.title == title && s.list.group == v.list.group {
			return s, nil
		}
	}
	spool, err := newSpool(f.book.folder.scratch(), f.book.limit-1)
	if err != nil {
		return nil, fmt.Errorf("beginning %s: %w", f.name, err)
	}
	s := &rejectedTab{title: title, list: v.list, width: len(v.list.own()), spool: spool}
	f.sheets = append(f.sheets, s)
	return s, nil
}

// comment notes what is wrong with each cell of a row.
func (f *rejectedBook) comment(s *rejectedTab, wrong map[int][]string) {
	for _, i := range slices.Sorted(maps.Keys(wrong)) {
		if f.comments--; f.comments < 0 {
			return
		}
		s.comments = append(s.comments, cellComment{s.spool.rows, ourColumns + i, strings.Join(wrong[i], "\n")})
	}
}

func (f *rejectedBook) close() error {
	var err error
	for _, s := range f.sheets {
		err = errors.Join(err, s.spool.close())
	}
	return err
}

func (f *rejectedBook) finish() error {
	b := &book{ctx: f.book.ctx, folder: f.book.folder, words: f.book.words, limit: f.book.limit}
	return b.saveAs(f.name, func() (map[string]*splice, error) {
		splices := map[string]*splice{}
		for _, s := range f.sheets {
			for part := range s.spool.parts {
				if err := f.begin(b, s, part, splices); err != nil {
					return nil, err
				}
			}
		}
		return splices, nil
	})
}

// begin makes one sheet with its header and its comments, and says which rows
// belong into it.
func (f *rejectedBook) begin(b *book, s *rejectedTab, part int, splices map[string]*splice) error {
	rows, n, err := s.spool.reader(part)
	if err != nil {
		return err
	}
	var name string
	if len(splices) == 0 {
		name = freeName(nil, s.title)
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		name = freeName(b.file.GetSheetList(), s.title)
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	columns := s.columns()
	if err := b.beginRejects(name, columns, n); err != nil {
		return err
	}
	for _, c := range s.comments {
		if row := c.row - part*s.spool.part; row >= 0 && row < n {
			if err := b.addComment(name, c, row); err != nil {
				return err
			}
		}
	}
	path := fmt.Sprintf("xl/worksheets/sheet%d.xml", b.file.SheetCount)
	one := &stretch{}
	one.append(rows, n)
	splices[path] = &splice{rows: one, columns: columns, pick: everyColumn(columns), styles: b.styles}
	return nil
}

// columns are ours, those of the list, and one for each cell beyond them.
func (s *rejectedTab) columns() []column {
	columns := []column{
		{title: importer.ErrorColumn, width: 56, other: true},
		{title: importer.FromColumn, width: 22, other: true},
	}
	own := s.list.own()
	for i := range s.width {
		title := ""
		switch {
		case i < len(own):
			title = asText(own[i])
		default: // the name the reader gave the cell
			letter, _ := excelize.ColumnNumberToName(i + 1)
			title = "column " + letter
		}
		columns = append(columns, column{title: title, width: 24, asIs: true})
	}
	return columns
}

func everyColumn(columns []column) []int {
	pick := make([]int, len(columns))
	for i := range pick {
		pick[i] = i
	}
	return pick
}

// beginRejects writes the header of a sheet, frozen and as text throughout.
func (b *book) beginRejects(name string, columns []column, n int) error {
	first, err1 := excelize.ColumnNumberToName(ourColumns + 1)
	last, err2 := excelize.ColumnNumberToName(len(columns))
	corner, err3 := excelize.CoordinatesToCellName(len(columns), n+1)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if len(columns) > ourColumns {
		if err := b.file.SetColStyle(name, first+":"+last, b.styles.asIs); err != nil {
			return err
		}
	}
	if err := b.header(name, columns); err != nil {
		return err
	}
	yes := true
	color := tabColors[rejectedSheet]
	return errors.Join(
		b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &color}),
		b.file.SetSheetDimension(name, "A1:"+corner),
		b.printedColumns(name, columns, n+1))
}

func (b *book) addComment(sheet string, c cellComment, row int) error {
	cell, err := excelize.CoordinatesToCellName(c.col+1, row+2)
	if err != nil {
		return err
	}
	lines := wrapped(c.text, 44)
	return b.file.AddComment(sheet, excelize.Comment{
		Author: "muster",
		Cell:   cell,
		Text:   cut(c.text),
		Width:  320,
		Height: uint(20 + 18*min(lines, 12)),
	})
}

// freeName is a name that no sheet has yet, as like the one given as names of sheets
// may be: other programs write names that the format does not take.
func freeName(taken []string, title string) string {
	title = sheetName(title)
	for n := 1; ; n++ {
		name := title
		if n > 1 {
			number := fmt.Sprintf(" %d", n)
			name = strings.TrimRight(beginning(title, excelize.MaxSheetNameLength-len(number)), " ") + number
		}
		if !slices.ContainsFunc(taken, func(other string) bool { return strings.EqualFold(other, name) }) {
			return name
		}
	}
}

// sheetName makes of a text what a sheet may be called.
func sheetName(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case unicode.IsControl(r), r == 0xfffe, r == 0xffff:
			return ' '
		}
		return r
	}, text)
	text = strings.Trim(beginning(strings.Trim(text, "' "), excelize.MaxSheetNameLength), "' ")
	switch {
	case text == "":
		return rejectedSheet
	case strings.EqualFold(text, "History"): // which Excel keeps for itself
		return text + "-"
	}
	return text
}
