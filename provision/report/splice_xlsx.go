package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A splicer is the zip file that excelize writes to. It writes straight to the
// file, and puts the rows of a sheet in behind its header.
type splicer struct {
	ctx     context.Context
	zip     *zip.Writer
	out     *bufio.Writer
	splices map[string]*splice // by path in the zip file
}

func newSplicer(ctx context.Context, out io.Writer, splices map[string]*splice) *splicer {
	buffered := bufio.NewWriterSize(out, 1<<16)
	z := zip.NewWriter(buffered)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return &splicer{ctx, z, buffered, splices}
}

// Create begins a part of the file.
func (s *splicer) Create(name string) (io.Writer, error) {
	w, err := s.zip.Create(name)
	if err != nil || s.splices[name] == nil {
		return w, err
	}
	return splicing{s.ctx, w, s.splices[name]}, nil
}

// AddFS is there for the interface; a report adds no folder.
func (s *splicer) AddFS(fsys fs.FS) error { return s.zip.AddFS(fsys) }

// Close ends the file.
func (s *splicer) Close() error {
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

var endOfRows = []byte("</sheetData>")

func (s splicing) Write(part []byte) (int, error) {
	i := bytes.Index(part, endOfRows)
	if i < 0 {
		return 0, fmt.Errorf("the sheet is not written as expected: no %s", endOfRows)
	}
	if _, err := s.w.Write(part[:i]); err != nil {
		return 0, err
	}
	if err := s.splice.write(s.ctx, s.w); err != nil {
		return 0, err
	}
	if _, err := s.w.Write(part[i:]); err != nil {
		return 0, err
	}
	return len(part), nil
}

// splice is the rows of one sheet: the next n of a spool, below a header.
// Cells are text or numbers of our own. Nothing here can write a formula.
type splice struct {
	rows    *spoolReader
	n       int
	columns []column
	styles  styles

	errorFirst bool // the first cell of a row of the spool belongs into the last column
	arranged   [][]byte
}

func (s *splice) write(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	frames, err := s.frames()
	if err != nil {
		return err
	}
	for i := range s.n {
		cells, err := s.rows.next()
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		s.row(out, strconv.Itoa(i+2), frames, s.arrange(cells))
	}
	return out.Flush()
}

// arrange puts the cells of a row under their columns.
func (s *splice) arrange(cells [][]byte) [][]byte {
	if !s.errorFirst || len(cells) == 0 {
		return cells
	}
	n := len(s.columns) - 1
	s.arranged = append(s.arranged[:0], cells[1:min(len(cells), n+1)]...)
	for len(s.arranged) < n {
		s.arranged = append(s.arranged, nil)
	}
	return append(s.arranged, cells[0])
}

// frame is what stands around the number of the row in a cell of a column.
type frame struct{ before, after string }

func (s *splice) frames() ([]frame, error) {
	frames := make([]frame, len(s.columns))
	for i, c := range s.columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		frames[i] = frame{`<c r="` + letter, `" s="` + strconv.Itoa(s.styles.of(c)) + `"`}
	}
	return frames, nil
}

// row writes one row. Its height is a guess that spreadsheet programs may
// correct: without one some of them show a single line.
func (s *splice) row(out *bufio.Writer, number string, frames []frame, cells [][]byte) {
	cells = cells[:min(len(cells), len(s.columns))]
	lines := 1
	for i, cell := range cells {
		lines = max(lines, wrapped(cell, s.columns[i].width))
	}
	out.WriteString(`<row r="`)
	out.WriteString(number)
	out.WriteString(`" ht="`)
	out.WriteString(strconv.Itoa(15 * min(lines, 20)))
	out.WriteString(`">`)
	for i, cell := range cells {
		out.WriteString(frames[i].before)
		out.WriteString(number)
		out.WriteString(frames[i].after)
		switch {
		case len(cell) == 0:
			out.WriteString(`/>`)
		case s.columns[i].number:
			out.WriteString(`><v>`)
			out.Write(cell)
			out.WriteString(`</v></c>`)
		case plain(cell):
			out.WriteString(` t="inlineStr"><is><t>`)
			out.Write(cell)
			out.WriteString(`</t></is></c>`)
		default:
			out.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
			xml.EscapeText(out, literal(cell))
			out.WriteString(`</t></is></c>`)
		}
	}
	out.WriteString(`</row>`)
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
