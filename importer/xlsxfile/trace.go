package xlsxfile

import (
	"encoding/binary"
	"io"
	"strings"
)

// A trace is what the scan of a sheet says of every cell of some rows, in a
// byte or two each. The rows that excelize yields are compared with it.
//
// A row is its distance from the last one, the number of its cells, then for
// each cell a byte: kind (3 bits), value, formula without result, long
// number, a gap before it, a style that matters. The last two are followed by
// a number. Rows with nothing to read are not in it.
const (
	traceFilled = 1 << (iota + 3)
	traceNoSum
	traceLong
	traceGap
	traceStyle
)

// traceKinds is the order of the kinds in the lowest bits.
const traceKinds = "nsitbed"

// appendTrace writes a row that comes after the row last. shown tells whether a
// style changes how a number is read.
func appendTrace(to []byte, last int, row *sheetRow, shown func(style int) bool) []byte {
	to = binary.AppendUvarint(to, uint64(row.num-last))
	to = binary.AppendUvarint(to, uint64(len(row.cells)))
	next := 0
	for i := range row.cells {
		c := &row.cells[i]
		flags := byte(strings.IndexByte(traceKinds, c.kind))
		styled := c.kind == numberCell && shown(c.style)
		for flag, set := range [...]bool{c.filled, c.noSum, c.long, c.col != next, styled} {
			if set {
				flags |= traceFilled << flag
			}
		}
		to = append(to, flags)
		if flags&traceGap != 0 {
			to = binary.AppendUvarint(to, uint64(c.col-next))
		}
		if flags&traceStyle != 0 {
			to = binary.AppendUvarint(to, uint64(c.style))
		}
		next = c.col + 1
	}
	return to
}

// traceReader reads a trace row by row.
type traceReader struct {
	trace []byte
	row   sheetRow
}

// begin sets the reader to the first row of a trace.
func (t *traceReader) begin(trace []byte) {
	t.trace = trace
	t.row.num = 0
}

// next returns the next row, good until the next call; io.EOF at the end.
func (t *traceReader) next() (*sheetRow, error) {
	if len(t.trace) == 0 {
		return nil, io.EOF
	}
	t.row.num += t.number()
	t.row.cells = t.row.cells[:0]
	t.row.filled = 0
	col := 0
	for n := t.number(); n > 0; n-- {
		if len(t.trace) == 0 {
			return nil, io.ErrUnexpectedEOF
		}
		flags := t.trace[0]
		t.trace = t.trace[1:]
		c := sheetCell{
			kind:   traceKinds[int(flags&7)%len(traceKinds)],
			filled: flags&traceFilled != 0,
			noSum:  flags&traceNoSum != 0,
			long:   flags&traceLong != 0,
			style:  -1,
		}
		if flags&traceGap != 0 {
			col += t.number()
		}
		if flags&traceStyle != 0 {
			c.style = t.number()
		}
		c.col = col
		col++
		if c.filled {
			t.row.filled++
		}
		t.row.cells = append(t.row.cells, c)
	}
	return &t.row, nil
}

// number reads a number; what has been cut off is 0.
func (t *traceReader) number() int {
	n, size := binary.Uvarint(t.trace)
	t.trace = t.trace[max(size, 0):]
	return int(n)
}
