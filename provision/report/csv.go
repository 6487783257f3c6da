package report

import (
	"bufio"
	"io"
	"strings"
	"unicode"

	"muster/importer"
)

// A csvWriter writes every CSV file of a report: LF, every cell in quotes and
// guarded, so that no cell can become a formula or a second line, nor, unless the file is
// to be read back, move the cursor of a terminal that shows it.
// Errors are kept and come out of flush.
type csvWriter struct {
	w     *bufio.Writer
	comma byte // between cells
	wide  bool // a character beyond ASCII was written
	first bool // the next cell is the first of its line
	exact bool // cells are to be read back as they were
}

func newCSV(w io.Writer) *csvWriter {
	return &csvWriter{w: bufio.NewWriterSize(w, 1<<16), comma: ',', first: true}
}

// mark begins the file with a byte order mark. Without it spreadsheet programs
// take letters beyond ASCII for others.
func (c *csvWriter) mark() { c.w.WriteString("\ufeff") }

// header writes column names of our own, which need no quotes, and behind them
// some that are a list's.
func (c *csvWriter) header(others []string, names ...string) {
	c.w.WriteString(strings.Join(names, ","))
	c.first = false
	for _, name := range others {
		c.cell(name)
	}
	c.end()
}

// row writes one line.
func (c *csvWriter) row(cells ...string) {
	for _, cell := range cells {
		c.cell(cell)
	}
	c.end()
}

// cell writes one cell of the line under way.
func (c *csvWriter) cell(cell string) {
	if !c.first {
		c.w.WriteByte(c.comma)
	}
	c.first = false
	c.w.WriteByte('"')
	if !c.exact {
		cell = visible(cell)
	}
	for cell = importer.Guard(cell); ; {
		before, after, more := strings.Cut(cell, `"`)
		c.wide = c.wide || !ascii(before)
		c.w.WriteString(before)
		if !more {
			break
		}
		c.w.WriteString(`""`)
		cell = after
	}
	c.w.WriteByte('"')
}

// visible is a cell as workbooks show it, too: a control character is replaced by a sign
// that there was one. Tabs and line breaks are none.
func visible(cell string) string {
	for i := range len(cell) {
		switch c := cell[i]; {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7f, c == 0xc2 && i+1 < len(cell) && cell[i+1] < 0xa0:
			return strings.Map(func(r rune) rune {
				if unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' {
					return unicode.ReplacementChar
				}
				return r
			}, cell)
		}
	}
	return cell
}

// end ends the line.
func (c *csvWriter) end() {
	c.w.WriteByte('\n')
	c.first = true
}

// flush hands on what is left, and the first error there was.
func (c *csvWriter) flush() error { return c.w.Flush() }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
