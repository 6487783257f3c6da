package xlsxfile

import (
	"errors"
	"io"
	"regexp"

	"muster/importer/file"
)

// mender writes the XML of a sheet anew as excelize needs it: the cells of each
// row in order, and no style that is empty. All else stays byte for byte. It
// holds one row at a time.
type mender struct {
	in   io.Reader
	out  io.Writer
	scan *sheetScan
	raw  []byte // what the scan has read and is not written yet
	at   int64  // offset of raw[0]
	err  error  // of writing
}

// mend writes what it reads to out, put right.
func mend(out io.Writer, in io.Reader, shared *sharedScan, l file.Limits) error {
	m := &mender{in: in, out: out}
	m.scan = newSheetScan(m, shared, l)
	for {
		row, err := m.scan.nextRow()
		if errors.Is(err, io.EOF) {
			m.write(m.at + int64(len(m.raw)))
			return m.err
		}
		if err != nil {
			return err
		}
		m.row(row)
		if m.err != nil {
			return m.err
		}
	}
}

// Read is how the scan reads, so that its bytes are kept.
func (m *mender) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	m.raw = append(m.raw, p[:n]...)
	return n, err
}

// row writes what stands before a row, and the row.
func (m *mender) row(row *sheetRow) {
	m.write(row.from)
	if !row.disordered && !row.unstyled {
		m.write(row.to)
		return
	}
	m.put(withoutStyle(m.bytes(span{row.from, row.body})))
	last := row.body
	for _, c := range row.cells {
		m.put(withoutStyle(m.bytes(c.span)))
		last = max(last, c.to)
	}
	m.put(m.bytes(span{last, row.to}))
	m.drop(row.to)
}

func (m *mender) bytes(s span) []byte { return m.raw[s.from-m.at : s.to-m.at] }

// write writes all up to an offset as it is.
func (m *mender) write(to int64) {
	m.put(m.bytes(span{m.at, to}))
	m.drop(to)
}

func (m *mender) put(b []byte) {
	if m.err == nil {
		_, m.err = m.out.Write(b)
	}
}

// drop forgets all up to an offset.
func (m *mender) drop(to int64) {
	m.raw = append(m.raw[:0], m.raw[to-m.at:]...)
	m.at = to
}

var emptyStyle = regexp.MustCompile(`^(<[^>]*?)\ss\s*=\s*(?:""|'')`)

// withoutStyle takes the style off the tag that an element begins with, where
// it is empty.
func withoutStyle(element []byte) []byte { return emptyStyle.ReplaceAll(element, []byte("$1")) }
