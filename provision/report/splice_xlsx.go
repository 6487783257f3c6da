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
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 3) })
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
}

func (s *splice) write(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<15)
	letters := make([]string, len(s.columns))
	for i := range letters {
		var err error
		if letters[i], err = excelize.ColumnNumberToName(i + 1); err != nil {
			return err
		}
	}
	for i := range s.n {
		cells, err := s.rows.next()
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		s.row(out, strconv.Itoa(i+2), letters, cells)
	}
	return out.Flush()
}

// row writes one row. Its height is a guess that spreadsheet programs may
// correct: without one some of them show a single line.
func (s *splice) row(out *bufio.Writer, number string, letters []string, cells [][]byte) {
	cells = cells[:min(len(cells), len(s.columns))]
	lines := 1
	for i, cell := range cells {
		lines = max(lines, wrapped(cell, s.columns[i].width))
	}
	write := func(texts ...string) {
		for _, text := range texts {
			out.WriteString(text)
		}
	}
	write(`<row r="`, number, `" ht="`, strconv.Itoa(15*min(lines, 20)), `">`)
	for i, cell := range cells {
		style := s.styles.of(s.columns[i])
		write(`<c r="`, letters[i], number, `" s="`, strconv.Itoa(style))
		switch {
		case len(cell) == 0:
			write(`"/>`)
		case s.columns[i].number:
			write(`"><v>`, string(cell), `</v></c>`)
		default:
			write(`" t="inlineStr"><is><t xml:space="preserve">`)
			xml.EscapeText(out, literal(cell))
			write(`</t></is></c>`)
		}
	}
	write(`</row>`)
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
	n := 0
	for rest := []byte(text); ; {
		line, after, more := bytes.Cut(rest, []byte("\n"))
		if length := float64(utf8.RuneCount(line)); length <= width {
			n++
		} else {
			n += int(math.Ceil(length * 1.08 / width)) // words do not fill a line to its end
		}
		if !more {
			return n
		}
		rest = after
	}
}
