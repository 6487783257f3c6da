package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"path"
	"regexp"
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
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
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
	out := bufio.NewWriterSize(w, 1<<16)
	frames, err := s.frames()
	if err != nil {
		return err
	}
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
		if err := s.row(out, strconv.Itoa(i+2), frames, row); err != nil {
			return err
		}
	}
	return out.Flush()
}

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

func (f frame) after(c storedCell) string {
	switch {
	case c.mark:
		return f.marked
	case len(c.url) > 0:
		return f.linked
	}
	return f.plain
}

// row writes one row. Its height is a guess that spreadsheet programs may
// correct: without one some of them show a single line.
func (s *splice) row(out *bufio.Writer, number string, frames []frame, row []storedCell) error {
	lines := 1
	for i, c := range row {
		lines = max(lines, wrapped(c.text, s.columns[i].width))
	}
	out.WriteString(`<row r="`)
	out.WriteString(number)
	out.WriteString(`" ht="`)
	out.WriteString(strconv.Itoa(15 * min(lines, 20)))
	out.WriteString(`">`)
	for i, c := range row {
		if len(c.url) > 0 && !s.links.add(frames[i].letter+number, c.url) {
			c.url = nil
		}
		out.WriteString(frames[i].before)
		out.WriteString(number)
		out.WriteString(frames[i].after(c))
		s.content(out, s.columns[i], c.text)
	}
	_, err := out.WriteString(`</row>`)
	return err
}

// content writes what a cell holds, behind its style.
func (s *splice) content(out *bufio.Writer, c column, text []byte) {
	switch {
	case len(text) == 0:
		out.WriteString(`/>`)
	case c.number:
		out.WriteString(`><v>`)
		out.Write(text)
		out.WriteString(`</v></c>`)
	case plain(text):
		out.WriteString(` t="inlineStr"><is><t>`)
		out.Write(text)
		out.WriteString(`</t></is></c>`)
	default:
		out.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
		xml.EscapeText(out, literal(text))
		out.WriteString(`</t></is></c>`)
	}
}

// plain reports whether a text can stand in XML as it is: most can.
func plain(cell []byte) bool {
	if len(cell) > maxCell || cell[0] == ' ' || cell[len(cell)-1] == ' ' {
		return false
	}
	for _, c := range cell {
		if c < ' ' || c >= 0x7f || c == '<' || c == '>' || c == '&' || c == '_' {
			return false
		}
	}
	return true
}

var escape = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// literal keeps a text within what a cell takes, and readers from taking
// _x000D_ and the like for the character of that number.
func literal(cell []byte) []byte {
	if len(cell) > maxCell {
		cell = []byte(cut(string(cell)))
	}
	if bytes.Contains(cell, []byte("_x")) {
		cell = escape.ReplaceAll(cell, []byte("_x005F_$1"))
	}
	return cell
}

// wrapped guesses how many lines a text takes in a column so many characters
// wide.
func wrapped[T string | []byte](text T, width float64) int {
	if float64(len(text)) <= width && bytes.IndexByte([]byte(text), '\n') < 0 {
		return 1
	}
	n := 0
	for line := range bytes.SplitSeq([]byte(text), []byte("\n")) {
		if length := float64(utf8.RuneCount(line)); length <= width {
			n++
		} else {
			n += int(math.Ceil(length * 1.08 / width)) // words do not fill a line to its end
		}
	}
	return n
}
