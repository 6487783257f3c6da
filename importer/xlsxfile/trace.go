package xlsxfile

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"
	"strings"

	"muster/importer/file"
)

// A trace is what the first scan of a sheet says of every cell, written to
// the private folder in a byte or two each. The rows that excelize yields are
// compared with it, which costs a tenth of scanning the sheet again.
//
// A row is its distance from the last one, the number of its cells, then for
// each cell a byte: kind (3 bits), value, formula without result, long
// number, a gap before it, a style that matters. The last two are followed by
// a number. Rows with nothing to read are not in it.
type traceWriter struct {
	file *os.File
	w    *bufio.Writer
	last int
	buf  []byte
}

const (
	traceFilled = 1 << (iota + 3)
	traceNoSum
	traceLong
	traceGap
	traceStyle
)

// traceKinds is the order of the kinds in the lowest bits.
const traceKinds = "nsitbed"

func newTrace(dir string) (*traceWriter, error) {
	f, err := os.CreateTemp(dir, "trace-")
	if err != nil {
		return nil, &file.Error{Class: file.Unreadable, Msg: "no private file can be made", Err: err}
	}
	return &traceWriter{file: f, w: bufio.NewWriterSize(f, 64<<10)}, nil
}

// add writes a row. shown tells whether a style changes how a number is read.
func (t *traceWriter) add(row *sheetRow, shown func(style int) bool) {
	b := binary.AppendUvarint(t.buf[:0], uint64(row.num-t.last))
	t.last = row.num
	b = binary.AppendUvarint(b, uint64(len(row.cells)))
	next := 0
	for _, c := range row.cells {
		flags := byte(strings.IndexByte(traceKinds, c.kind))
		styled := c.kind == numberCell && shown(c.style)
		for flag, set := range [...]bool{c.filled, c.noSum, c.long, c.col != next, styled} {
			if set {
				flags |= traceFilled << flag
			}
		}
		b = append(b, flags)
		if flags&traceGap != 0 {
			b = binary.AppendUvarint(b, uint64(c.col-next))
		}
		if flags&traceStyle != 0 {
			b = binary.AppendUvarint(b, uint64(c.style))
		}
		next = c.col + 1
	}
	t.buf = b
	_, _ = t.w.Write(b) // an error stays in the writer until close
}

// close ends the trace and returns the name of its file.
func (t *traceWriter) close() (string, error) {
	err := t.w.Flush()
	if cerr := t.file.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return "", &file.Error{
			Class: file.Unreadable,
			Msg:   "the private folder is full",
			Err:   err,
			Hint:  "make room in the folder for temporary files",
		}
	}
	return t.file.Name(), nil
}

// traceReader reads a trace row by row.
type traceReader struct {
	file *os.File
	r    *bufio.Reader
	row  sheetRow
}

func openTrace(name string) (*traceReader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &file.Error{Class: file.Unreadable, Msg: "a private file is gone", Err: err}
	}
	return &traceReader{file: f, r: bufio.NewReaderSize(f, 64<<10)}, nil
}

// next returns the next row, good until the next call; io.EOF at the end.
func (t *traceReader) next() (*sheetRow, error) {
	step, err := binary.ReadUvarint(t.r)
	if err != nil {
		return nil, err
	}
	n, err := binary.ReadUvarint(t.r)
	t.row.num += int(step)
	t.row.cells = t.row.cells[:0]
	t.row.filled = 0
	col := 0
	for ; n > 0 && err == nil; n-- {
		var flags byte
		flags, err = t.r.ReadByte()
		c := sheetCell{
			kind:   traceKinds[int(flags&7)%len(traceKinds)],
			filled: flags&traceFilled != 0,
			noSum:  flags&traceNoSum != 0,
			long:   flags&traceLong != 0,
		}
		if flags&traceGap != 0 {
			gap, _ := binary.ReadUvarint(t.r)
			col += int(gap)
		}
		if flags&traceStyle != 0 {
			style, _ := binary.ReadUvarint(t.r)
			c.style = int(style)
		} else {
			c.style = -1
		}
		c.col = col
		col++
		if c.filled {
			t.row.filled++
		}
		t.row.cells = append(t.row.cells, c)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return &t.row, err
}

func (t *traceReader) close() error { return t.file.Close() }
