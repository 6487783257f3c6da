package importer

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"
)

// People invite colleagues by pasting addresses, one a line or separated by
// tabs, commas or semicolons, bare or as `Name <a@b>`. Such text is a list of
// one column.

// isAddressList reports whether everything in the head is an address, or
// wants to be: a few may be mistyped.
func isAddressList(head []byte) bool {
	n, slips := 0, 0
	for line := range bytes.Lines(head) {
		for _, part := range splitAddresses(string(line)) {
			switch {
			case looksLikeAddress(part):
				n++
			case strings.IndexByte(part, '@') > 0:
				slips++
			default:
				return false
			}
		}
	}
	return n > 0 && n >= 2*slips
}

// splitAddresses cuts a line at tabs, commas and semicolons that stand
// outside quotes and angle brackets.
func splitAddresses(line string) []string {
	var parts []string
	quoted, angled, from := false, false, 0
	add := func(to int) {
		if part := strings.TrimSpace(line[from:to]); part != "" {
			parts = append(parts, part)
		}
	}
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '<':
			angled = true
		case c == '>':
			angled = false
		case !angled && (c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r'):
			add(i)
			from = i + 1
		}
	}
	add(len(line))
	return parts
}

// openAddresses makes the list a table of one column without header.
func (l *List) openAddresses(t text) error {
	open := func(context.Context) (source, error) {
		return &addressSource{in: bufio.NewReaderSize(t.reader(l.file, l.size), 64<<10), max: l.o.Limits.CellBytes}, nil
	}
	l.tables = append(l.tables, table{header: header{labels: []string{"email"}}, open: open})
	l.note(Note{Code: "address_list", Message: "the list holds nothing but email addresses"})
	return nil
}

// addressSource hands out one address a record.
type addressSource struct {
	in    *bufio.Reader
	max   int
	line  int
	parts []string
	rec   [2]string
}

func (s *addressSource) next() ([]string, error) {
	for len(s.parts) == 0 {
		line, err := s.readLine()
		if err != nil && (err != io.EOF || line == "") {
			return nil, err
		}
		s.line++
		s.parts = splitAddresses(line)
	}
	s.rec[0], s.rec[1] = strconv.Itoa(s.line), s.parts[0]
	s.parts = s.parts[1:]
	return s.rec[:], nil
}

// readLine reads a line of bounded length.
func (s *addressSource) readLine() (string, error) {
	var b []byte
	for {
		part, err := s.in.ReadSlice('\n')
		b = append(b, part...)
		if len(b) > 16*s.max {
			return "", &FileError{Class: TooLarge, Line: s.line + 1, Msg: "the line is too long", Hint: "put one address on a line"}
		}
		if err != bufio.ErrBufferFull {
			return string(b), err
		}
	}
}

func (s *addressSource) beside() *beside          { return nil }
func (s *addressSource) done(int) ([]Note, error) { return nil, nil }
func (s *addressSource) close() error             { return nil }
