package report

import (
	"bufio"
	"io"
	"strings"

	"muster/importer"
)

// A csvWriter writes every CSV file of a report: LF, every cell in quotes and
// guarded, so that no cell can become a formula or a second line.
// Errors are kept and come out of flush.
type csvWriter struct {
	w     *bufio.Writer
	comma byte // between cells
	wide  bool // a character beyond ASCII was written
	first bool // the next cell is the first of its line
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
