package importer

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"muster/importer/file"
	"muster/importer/record"
)

// feed makes rows of the records of a source: of exactly the width of the
// header, and without what is no row of data.
type feed struct {
	ctx   context.Context
	l     *List
	src   file.Source
	t     table
	o     Options
	cols  []column
	first string // first cell of the header, to know it again
	seen  int    // records read, to look at the context now and then
	n     int    // data rows so far
	buf   []string

	waiting atomic.Int64 // how many are in side
	mu      sync.Mutex
	side    map[int]*file.Beside // line → what is beside the cells of rows under way

	blank       int   // blank rows
	repeated    int   // rows that repeat the header
	examples    []int // columns by which an example of the template is known
	exampleAt   int   // line of the first one
	exampleRows int
	nobody      nobody
	headings    otherLines // rows that are nobody
	notes       []file.Note
}

func newFeed(ctx context.Context, l *List, src file.Source) *feed {
	f := &feed{
		ctx:      ctx,
		l:        l,
		src:      src,
		t:        l.table,
		o:        l.o,
		cols:     l.cols,
		side:     map[int]*file.Beside{},
		examples: exampleColumns(l.cols),
		nobody:   newNobody(l.cols, l.table.header),
	}
	for _, c := range f.t.header.labels {
		if f.first == "" {
			f.first = strings.TrimSpace(c)
		}
	}
	return f
}

// next returns the line and the cells of the next row that is wanted, good
// until the next call; io.EOF at the end, when notes has been filled in.
func (f *feed) next() ([]string, error) {
	for {
		if f.seen++; f.seen&63 == 0 {
			if err := f.ctx.Err(); err != nil {
				return nil, err
			}
		}
		rec, err := f.src.Next()
		if err == io.EOF {
			f.notes, err = f.end()
			if err == nil {
				err = io.EOF
			}
		}
		if err != nil {
			return nil, err
		}
		if f.wanted(rec) {
			return f.shape(rec), nil
		}
	}
}

// wanted reports whether a record is a row of data that was asked for.
func (f *feed) wanted(rec []string) bool {
	cells := rec[1:]
	lead := ""
	for _, c := range cells {
		if !file.Blank(c) {
			lead = c
			break
		}
	}
	if lead == "" {
		f.blank++
		return false
	}
	if f.t.header.line > 0 && f.n == 0 {
		if line, _ := strconv.Atoi(rec[0]); line <= f.t.header.line {
			return false
		}
	}
	switch {
	case f.first != "" && f.t.header.line > 0 && len(lead) < 256 && headerText(lead) == f.first && f.isHeader(cells):
		f.repeated++
		return false
	case isExample(cells, f.examples):
		if f.exampleRows++; f.exampleRows == 1 {
			f.exampleAt, _ = strconv.Atoi(rec[0])
		}
		return false
	case isTotals(lead, cells, f.src):
		f.notes = append(f.notes, f.noteAt("totals_row", rec[0], "a row of totals was left out"))
		return false
	case f.nobody.matches(cells) && !attached(f.src.Beside()):
		at, _ := strconv.Atoi(rec[0])
		f.headings.add(at, lead)
		return false
	}
	f.n++
	return f.n >= f.o.First && (f.o.Last == 0 || f.n <= f.o.Last)
}

// isHeader reports whether the cells repeat the header.
func (f *feed) isHeader(cells []string) bool {
	for i, want := range f.t.header.labels {
		got := ""
		if i < len(cells) {
			got = headerText(cells[i])
		}
		if got != strings.TrimSpace(want) {
			return false
		}
	}
	return true
}

// headerText is what a repeated header is compared by. Files that were joined
// have the mark of byte order of each before it.
func headerText(cell string) string {
	return strings.TrimSpace(Unguard(strings.TrimPrefix(cell, "\ufeff")))
}

// attached reports whether something belongs to a row beside its cells.
func attached(b *file.Beside) bool {
	return b != nil && len(b.Links)+len(b.Marks)+len(b.Extra) > 0
}

// shape pads a record to the width of the header. Cells to the right of it
// do not go through gocsv; they wait beside the row.
func (f *feed) shape(rec []string) []string {
	width := len(f.cols) + 1 // the line stands before the cells
	b := f.src.Beside()
	line := rec[0]
	if len(rec) > width {
		var extra []string
		for i := len(rec) - 1; i >= width; i-- {
			if !file.Blank(rec[i]) {
				extra = append([]string(nil), rec[width:i+1]...)
				break
			}
		}
		if extra != nil {
			if b == nil {
				b = &file.Beside{}
			}
			b.Extra = extra
		}
		rec = rec[:width]
	}
	if b != nil {
		n, _ := strconv.Atoi(line)
		f.waiting.Add(1)
		f.mu.Lock()
		f.side[n] = b
		f.mu.Unlock()
	}
	if len(rec) == width {
		return rec
	}
	f.buf = append(f.buf[:0], rec...)
	for len(f.buf) < width {
		f.buf = append(f.buf, "")
	}
	return f.buf
}

// complete adds to a row what waited beside it.
func (f *feed) complete(row *record.Row) {
	if f.waiting.Load() == 0 {
		return
	}
	f.mu.Lock()
	b := f.side[row.Line]
	if b != nil {
		delete(f.side, row.Line)
	}
	f.mu.Unlock()
	if b == nil {
		return
	}
	f.waiting.Add(-1)
	row.Links = b.Links
	row.Marks = b.Marks
	row.Extra = len(b.Extra)
	f.fillDown(row.Cells, b.Above)
	row.Cells = append(row.Cells, b.Extra...)
}

// fillDown lets a merged cell say for each row that it spans what many people share.
// Who somebody is, what they may do and whether they are blocked is said on their own
// row alone.
func (f *feed) fillDown(cells []string, above map[int]string) {
	for i, text := range above {
		if i < len(f.cols) && i < len(cells) && file.Blank(cells[i]) && f.cols[i].shared() {
			cells[i] = Unguard(text)
		}
	}
}

// end asks the source how the file ended and sums up what was left out.
func (f *feed) end() ([]file.Note, error) {
	notes, err := f.src.Done()
	if err != nil {
		return nil, err
	}
	notes = slices.Concat(f.notes, f.leftOut(), notes)
	notes = append(notes, f.counts()...)
	if f.n > 0 {
		return notes, nil
	}
	return notes, f.l.tolerate(f.empty())
}

// leftOut names the rows that are about nobody.
func (f *feed) leftOut() []file.Note {
	return f.headings.notes("rows_of_nobody", f.t.sheet,
		"rows that head a section or explain the list, and name nobody, were left out")
}

// counts says how many rows of each other kind were left out.
func (f *feed) counts() (notes []file.Note) {
	add := func(code string, line, count int, message string) {
		if count > 0 {
			notes = append(notes, file.Note{Code: code, Sheet: f.t.sheet, Line: line, Count: count, Message: message})
		}
	}
	add("blank_rows", 0, f.blank, "blank rows were left out")
	add("repeated_header", 0, f.repeated, "rows that repeat the header were left out")
	add("example_rows", f.exampleAt, f.exampleRows, "the example rows of the template were left out")
	return notes
}

// empty is the error for a list without a row of data.
func (f *feed) empty() error {
	e := &file.Error{
		Class: file.Empty,
		Line:  f.t.header.line,
		Msg:   "there is a header but no row below it",
		Hint:  "check that the export finished",
	}
	if f.exampleRows > 0 {
		e.Msg = "nobody is on the list but the examples of the template"
		e.Hint = "fill in one person a row below the header"
	}
	return e
}

func (f *feed) noteAt(code, line, message string) file.Note {
	n, _ := strconv.Atoi(line)
	return file.Note{Code: code, Sheet: f.t.sheet, Line: n, Message: fmt.Sprintf("line %d: %s", n, message)}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
