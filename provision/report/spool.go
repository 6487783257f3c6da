package report

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// A spool keeps the rows of a sheet in a temporary file until the workbook is
// put together: only then it is known how many there are, and only one sheet
// can be written at a time.
type spool struct {
	file  *os.File
	w     *bufio.Writer
	size  int64
	rows  int
	part  int     // rows of one part, the sheets that take the rows in turn
	parts []int64 // where each part begins
	used  []bool  // columns that are not empty in every row
}

func newSpool(dir string, part int) (*spool, error) {
	file, err := os.CreateTemp(dir, "spool-")
	if err != nil {
		return nil, err
	}
	return &spool{file: file, w: bufio.NewWriterSize(file, 1<<15), part: part}, nil
}

// What a cell has beside its text, in the number that says how long that is.
const (
	marked = 1 << iota
	linked
	flags = iota
)

// add takes a row in: how many cells there are, then each as its length, with
// its flags, and its bytes. The error of a bufio.Writer stays, so the last one
// tells of all.
func (s *spool) add(row []cell) error {
	if s.rows%s.part == 0 {
		s.parts = append(s.parts, s.size)
	}
	s.rows++
	for len(s.used) < len(row) {
		s.used = append(s.used, false)
	}
	err := s.number(len(row))
	for i, c := range row {
		s.used[i] = s.used[i] || c.text != ""
		n := len(c.text) << flags
		if c.mark {
			n |= marked
		}
		if c.url != "" {
			n |= linked
		}
		s.number(n)
		err = s.write(c.text)
		if c.url != "" {
			s.number(len(c.url))
			err = s.write(c.url)
		}
	}
	return err
}

func (s *spool) write(text string) error {
	s.size += int64(len(text))
	_, err := s.w.WriteString(text)
	return err
}

func (s *spool) number(n int) error {
	text := binary.AppendUvarint(s.w.AvailableBuffer(), uint64(n))
	s.size += int64(len(text))
	_, err := s.w.Write(text)
	return err
}

// reader reads a part back, from 0; it returns how many rows that has. A spool
// without rows has one part too.
func (s *spool) reader(part int) (r *spoolReader, rows int, err error) {
	if err := s.w.Flush(); err != nil {
		return nil, 0, err
	}
	if s.rows == 0 {
		return &spoolReader{}, 0, nil
	}
	section := io.NewSectionReader(s.file, s.parts[part], s.size-s.parts[part])
	return &spoolReader{r: bufio.NewReaderSize(section, 1<<15)}, min(s.part, s.rows-part*s.part), nil
}

// close removes the file.
func (s *spool) close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

// spoolReader gives the rows of a spool one by one. A row is good until the
// next one is asked for.
type spoolReader struct {
	r     *bufio.Reader
	cells []storedCell
}

// storedCell is a cell as it is read back.
type storedCell struct {
	text, url []byte // url is empty where the cell leads nowhere
	mark      bool
}

func (s *spoolReader) next() ([]storedCell, error) {
	n, err := binary.ReadUvarint(s.r)
	for i := 0; err == nil && i < int(n); i++ {
		if i == len(s.cells) {
			s.cells = append(s.cells, storedCell{})
		}
		err = s.cell(&s.cells[i])
	}
	if err != nil {
		return nil, fmt.Errorf("reading a sheet back: %w", err)
	}
	return s.cells[:n], nil
}

// cell reads one cell into room that was used before.
func (s *spoolReader) cell(c *storedCell) error {
	n, err := binary.ReadUvarint(s.r)
	if err != nil {
		return err
	}
	c.mark = n&marked != 0
	c.url = c.url[:0]
	if c.text, err = s.bytes(c.text, n>>flags); err != nil || n&linked == 0 {
		return err
	}
	if n, err = binary.ReadUvarint(s.r); err == nil {
		c.url, err = s.bytes(c.url, n)
	}
	return err
}

func (s *spoolReader) bytes(into []byte, n uint64) ([]byte, error) {
	into = grow(into, int(n))
	_, err := io.ReadFull(s.r, into)
	return into, err
}

// grow returns b with the length given.
func grow(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}
