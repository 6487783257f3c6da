package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A splicer is the zip file that excelize writes to. It writes straight to the
// file, and puts the rows of a sheet in behind its header, and where their
// cells lead behind the rows.
type splicer struct {
	ctx     context.Context
	zip     *zip.Writer
	out     *bufio.Writer
	splices map[string]*splice // by path in the zip file
	inserts map[string]insert  // likewise
}

// An insert is what goes into a part that excelize makes, before a mark in it.
type insert struct{ before, text string }

func newSplicer(ctx context.Context, out io.Writer, splices map[string]*splice) *splicer {
	buffered := bufio.NewWriterSize(out, 1<<16)
	z := zip.NewWriter(buffered)
	pack, _ := flate.NewWriter(nil, flate.BestSpeed) // an error is a level that there is not
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		pack.Reset(w) // the part before is whole: it takes a megabyte to make another one
		return pack, nil
	})
	return &splicer{ctx: ctx, zip: z, out: buffered, splices: splices}
}

// Create begins a part of the file.
func (s *splicer) Create(name string) (io.Writer, error) {
	w, err := s.zip.Create(name)
	if i, wanted := s.inserts[name]; wanted && err == nil {
		return inserting{w, i}, nil
	}
	if err != nil || s.splices[name] == nil {
		return w, err
	}
	return splicing{s.ctx, w, s.splices[name]}, nil
}

// inserting is a part under way: excelize hands it over in one piece. Without
// the mark it stays as it is.
type inserting struct {
	w      io.Writer
	insert insert
}

func (i inserting) Write(part []byte) (int, error) {
	before, after, found := strings.Cut(string(part), i.insert.before)
	if !found {
		return i.w.Write(part)
	}
	if _, err := io.WriteString(i.w, before+i.insert.text+i.insert.before+after); err != nil {
		return 0, err
	}
	return len(part), nil
}

// AddFS is there for the interface; a report adds no folder.
func (s *splicer) AddFS(fsys fs.FS) error { return s.zip.AddFS(fsys) }

// Close ends the file. Where cells lead outside of it stands in parts of their
// own, one for each sheet that has such cells.
func (s *splicer) Close() error {
	for _, sheet := range slices.Sorted(maps.Keys(s.splices)) {
		if s.splices[sheet].links.rows() == 0 {
			continue
		}
		w, err := s.zip.Create(path.Join(path.Dir(sheet), "_rels", path.Base(sheet)+".rels"))
		if err != nil {
			return err
		}
		if err := s.splices[sheet].links.targets(w); err != nil {
			return err
		}
	}
	if err := s.zip.Close(); err != nil {
		return err
	}
	return s.out.Flush()
}

// splicing is a sheet under way: excelize hands it over in one piece.
type splicing struct {
	ctx    context.Context
	w      io.Writer
	splice *splice
}

// What rows stand before in a sheet, and what hyperlinks stand before: the
// first of these that there is.
var (
	endOfRows  = []byte("</sheetData>")
	afterLinks = [][]byte{[]byte("<printOptions"), []byte("<pageMargins"), []byte("<pageSetup"), []byte("</worksheet>")}
)

func (s splicing) Write(part []byte) (int, error) {
	rows := bytes.Index(part, endOfRows)
	if rows < 0 {
		return 0, fmt.Errorf("the sheet is not written as expected: no %s", endOfRows)
	}
	links := -1
	for _, mark := range afterLinks {
		if links = bytes.Index(part[rows:], mark); links >= 0 {
			links += rows
			break
		}
	}
	if links < 0 {
		return 0, errors.New("the sheet is not written as expected: it has no end")
	}
	for _, step := range []func() error{
		func() error { _, err := s.w.Write(part[:rows]); return err },
		func() error { return s.splice.write(s.ctx, s.w) },
		func() error { _, err := s.w.Write(part[rows:links]); return err },
		func() error { return s.splice.links.anchors(s.w) },
		func() error { _, err := s.w.Write(part[links:]); return err },
	} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return len(part), nil
}

// splice is the rows of one sheet, below a header. Cells are text or numbers of
// our own. Nothing here can write a formula.
type splice struct {
	rows    *stretch
	columns []column
	pick    []int // which cell of a row stands in which column
	styles  styles
	links   *linkParts
}

func (s *splice) write(ctx context.Context, w io.Writer) error {
	frames, err := s.frames()
	if err != nil {
		return err
	}
	out := make([]byte, 0, 2*spliced)
	row := make([]storedCell, len(s.columns))
	for i := range s.rows.n {
		stored, err := s.rows.next()
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for column, at := range s.pick {
			if row[column] = (storedCell{}); at < len(stored) {
				row[column] = stored[at]
			}
		}
		if out = s.row(out, strconv.Itoa(i+2), frames, row); len(out) < spliced {
			continue
		}
		if _, err := w.Write(out); err != nil {
			return err
		}
		out = out[:0]
	}
	_, err = w.Write(out)
	return err
}

// spliced is how much of a sheet is put together before it is written.
const spliced = 1 << 16

// frame is what stands around the number of the row in a cell of a column.
type frame struct {
	letter, before        string
	plain, linked, marked string // behind the number: the style
}

func (s *splice) frames() ([]frame, error) {
	frames := make([]frame, len(s.columns))
	for i, c := range s.columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		style := func(id int) string { return `" s="` + strconv.Itoa(id) + `"` }
		frames[i] = frame{
			letter: letter,
			before: `<c r="` + letter,
			plain:  style(s.styles.of(c)),
			linked: style(s.styles.leading(c)),
			marked: style(s.styles.marked(c)),
		}
	}
	return frames, nil
}

func (f *frame) after(c storedCell) string {
	switch {
	case c.mark:
		return f.marked
	case len(c.url) > 0:
		return f.linked
	}
	return f.plain
}

// row puts one row behind others. Its height is a guess that spreadsheet programs
// may correct: without one some of them show a single line.
func (s *splice) row(out []byte, number string, frames []frame, row []storedCell) []byte {
	lines := 1
	for i := range row {
		if !s.columns[i].single {
			lines = max(lines, wrapped(row[i].text, s.columns[i].width))
		}
	}
	out = append(out, `<row r="`...)
	out = append(out, number...)
	out = append(out, `" ht="`...)
	out = strconv.AppendInt(out, int64(15*min(lines, 20)), 10)
	out = append(out, `">`...)
	for i, c := range row {
		frame := &frames[i]
		if len(c.url) > 0 && !s.links.add(frame.letter+number, c.url) {
			c.url = nil
		}
		out = append(out, frame.before...)
		out = append(out, number...)
		out = append(out, frame.after(c)...)
		out = content(out, s.columns[i].number || s.columns[i].date, c.text)
	}
	return append(out, `</row>`...)
}

// content puts what a cell holds behind its style.
func content(out []byte, number bool, text []byte) []byte {
	switch {
	case len(text) == 0:
		return append(out, `/>`...)
	case number:
		out = append(out, `><v>`...)
		out = append(out, text...)
		return append(out, `</v></c>`...)
	case plain(text):
		out = append(out, ` t="inlineStr"><is><t>`...)
		out = append(out, text...)
	default:
		out = append(out, ` t="inlineStr"><is><t xml:space="preserve">`...)
		out = addEscaped(out, literal(text))
	}
	return append(out, `</t></is></c>`...)
}

// wrapped guesses how many lines a text takes in a column so many characters
// wide. Those are digits; letters are narrower.
func wrapped[T string | []byte](text T, width float64) int {
	if float64(len(text)) <= width && bytes.IndexByte([]byte(text), '\n') < 0 {
		return 1
	}
	n := 0
	for line := range bytes.SplitSeq([]byte(text), []byte("\n")) {
		if n++; float64(utf8.RuneCount(line)) > width {
			n += breaks(line, int(width/0.9))
		}
	}
	return n
}

// breaks is how often a line is broken that has room for so many letters: before a word
// that does not fit any more, and within one that is longer than a line, as addresses are.
func breaks(line []byte, fits int) int {
	n, at := 0, 0
	for word := range bytes.SplitSeq(line, []byte(" ")) {
		long := utf8.RuneCount(word)
		if at > 0 && at+1+long <= fits {
			at += 1 + long
			continue
		}
		if at > 0 {
			n++
		}
		n += max(0, long-1) / fits
		at = max(0, long-1)%fits + 1
	}
	return n
}
