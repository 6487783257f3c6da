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
}

func newSpool(dir string, part int) (*spool, error) {
	file, err := os.CreateTemp(dir, "spool-")
	if err != nil {
		return nil, err
	}
	return &spool{file: file, w: bufio.NewWriterSize(file, 1<<15), part: part}, nil
}

// add takes a row in: how many cells there are, then each as its length and
// its bytes. The error of a bufio.Writer stays, so the last one tells of all.
func (s *spool) add(cells []string) error {
	if s.rows%s.part == 0 {
		s.parts = append(s.parts, s.size)
	}
	s.rows++
	err := s.length(len(cells))
	for _, cell := range cells {
		s.length(len(cell))
		s.size += int64(len(cell))
		_, err = s.w.WriteString(cell)
	}
	return err
}

func (s *spool) length(n int) error {
	var buf [binary.MaxVarintLen64]byte
	text := buf[:binary.PutUvarint(buf[:], uint64(n))]
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
	cells [][]byte
}

func (s *spoolReader) next() ([][]byte, error) {
	n, err := binary.ReadUvarint(s.r)
	for i := 0; err == nil && i < int(n); i++ {
		if i == len(s.cells) {
			s.cells = append(s.cells, nil)
		}
		var length uint64
		if length, err = binary.ReadUvarint(s.r); err == nil {
			s.cells[i] = grow(s.cells[i], int(length))
			_, err = io.ReadFull(s.r, s.cells[i])
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading a sheet back: %w", err)
	}
	return s.cells[:n], nil
}

// grow returns b with the length given.
func grow(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}
