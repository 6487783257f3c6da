package csvfile

import (
	"fmt"
	"io"
	"strconv"

	"muster/importer/file"
)

// Source hands out the records of a CSV file, and looks at their widths. It is
// a file.Source.
type Source struct {
	r       *reader
	layout  Layout
	lines   *StrayLines // of a file in two encodings
	skipSep bool
	rows    int // rows still allowed

	n       int // records below the header
	last    int // width of the last of them
	lastAt  int
	ragged  int // records before it that are not as wide as usual
	short   int // of those, the narrower ones
	firstAt int // line of the first
}

// NewSource opens a CSV file of size bytes whose text and layout are known. A
// record that cannot be read, or that the limits forbid, is a *file.Error of
// Next.
func NewSource(t Text, layout Layout, r io.ReaderAt, size int64, limits file.Limits) *Source {
	in, lines := t.Reader(r, size)
	return &Source{
		r:       newReader(in, layout.dialect, layout.Usual, limits),
		layout:  layout,
		lines:   lines,
		skipSep: layout.SepLine,
		rows:    limits.CSVRows,
	}
}

// Next returns the line number in digits and the cells behind it, good until
// the next call; io.EOF at the end.
func (s *Source) Next() ([]string, error) {
	rec, err := s.r.next()
	if err == nil && s.skipSep {
		s.skipSep = false
		rec, err = s.r.next()
	}
	if err != nil {
		return nil, err
	}
	if s.rows--; s.rows < 0 {
		return nil, &file.Error{
			Class: file.TooLarge,
			Line:  s.r.line,
			Msg:   "the list has more rows than allowed",
			Hint:  "split it, or raise the limit with --max-rows",
		}
	}
	if len(rec) == 2 && file.Blank(rec[1]) {
		return rec, nil
	}
	s.judgeLast()
	if s.last = len(rec) - 1; s.last != s.r.usual {
		s.lastAt, _ = strconv.Atoi(rec[0])
		if s.lastAt <= s.layout.HeaderLine {
			return rec, nil
		}
	}
	s.n++
	return rec, nil
}

// Beside returns nil: a CSV file holds nothing but cells.
func (s *Source) Beside() *file.Beside { return nil }

// Close has nothing to free: the file is the caller's.
func (s *Source) Close() error { return nil }

// judgeLast counts the last record if it is not as wide as usual. It waits for
// the next record, or for the end: the last one of a file may be cut short.
func (s *Source) judgeLast() {
	if s.n == 0 || s.last == s.r.usual {
		return
	}
	s.ragged++
	if s.last < s.r.usual {
		s.short++
	}
	if s.firstAt == 0 {
		s.firstAt = s.lastAt
	}
}

// Done looks at how the file ended. A last line that is cut off in the middle
// of a list whose other lines are all complete is a file that lost its end.
func (s *Source) Done() ([]file.Note, error) {
	if s.r.openEnd && s.n > 2 && s.last < s.r.usual && s.short == 0 {
		return nil, s.cutShort()
	}
	notes := s.lines.Notes()
	if s.n > 1 && s.r.endsOpen() {
		line, _ := strconv.Atoi(s.r.fields[0])
		notes = append(notes, file.Note{
			Code: "open_end",
			Line: line,
			Message: "the last line ends behind a delimiter, without a line end: " +
				"if its last cell should not be blank, the file was cut short",
		})
	}
	for _, line := range s.r.repaired {
		notes = append(notes, file.Note{
			Code:    "stray_quote",
			Line:    line,
			Message: "a quote that opens a cell here by mistake was left out",
		})
		if len(notes) == 20 {
			break
		}
	}
	if s.judgeLast(); s.ragged > 0 {
		notes = append(notes, file.Note{
			Code:    "ragged_rows",
			Line:    s.firstAt,
			Count:   s.ragged,
			Message: "rows have more or fewer cells than the others",
		})
	}
	return notes, nil
}

// cutShort is the error for a file that ends in the middle of a row.
func (s *Source) cutShort() error {
	return &file.Error{
		Class: file.Truncated,
		Line:  s.lastAt,
		Msg: fmt.Sprintf("the file ends in the middle of a row: %d cells instead of %d and no line end",
			s.last, s.r.usual),
		Hint: "the export or download was cut short; make it again. " +
			"If the row is complete, put a line end behind it",
	}
}
