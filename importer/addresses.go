package importer

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"

	"muster/importer/csvfile"
	"muster/importer/file"
	"muster/importer/identity"
)

// People invite colleagues by pasting addresses, one a line or separated by
// tabs, commas or semicolons, bare or as `Name <a@b>`. Such text is a list of
// one column. What people write around it ("Hi Bea," and the signature) are
// lines without an address: those are left out and noted. A slip among the
// addresses is a row, which is rejected for itself.

// isAddressList reports whether the head is a list of addresses: they stand on
// most of the lines, nothing but slips stands beside them, and lines without
// any are greetings or a signature. With strict, every line must hold one: that
// is for lists whose columns somebody has named.
func isAddressList(head []byte, strict bool) bool {
	var (
		n, slips int // addresses, and parts that want to be one
		pure     int // lines of addresses
		mixed    int // lines with one address beside something else
		others   int // lines without any
	)
	first := true
	for line := range bytes.Lines(head) {
		parts := splitAddresses(string(line))
		if len(parts) == 0 {
			continue
		}
		right, wrong := addressesOf(parts)
		switch {
		case right+wrong == 0 && (strict || first && isKnownHeader(parts)):
			return false
		case right+wrong == 0:
			others++
		case right < 2 && right+wrong < len(parts): // as a row of a table
			mixed++
		default:
			pure++
		}
		n += right
		slips += wrong
		first = false
	}
	return n > 0 && n >= 2*slips && others <= n+5 && 3*mixed <= pure
}

// addressesOf counts the parts of a line that are addresses, and those that
// want to be.
func addressesOf(parts []string) (right, wrong int) {
	for _, part := range parts {
		switch {
		case looksLikeAddress(part):
			right++
		case isSlip(part):
			wrong++
		}
	}
	return right, wrong
}

// isSlip reports whether a part is an address with a mistake in it.
func isSlip(part string) bool {
	if strings.Contains(part, "@") {
		return true
	}
	_, _, err := identity.ParseEmail(part)
	return err != nil && refusal(err).Suggestion != "" && !looksLikeURL(part)
}

// isKnownHeader reports whether a line is the header of a table.
func isKnownHeader(parts []string) bool {
	for _, part := range parts {
		if field, _ := columnFor(part); field != "" {
			return true
		}
	}
	return false
}

// splitAddresses cuts a line at tabs, commas and semicolons that stand outside
// quotes and angle brackets. A comma inside the name before a bracket (Lee, Ann
// <ann@example.com>) separates nothing.
func splitAddresses(line string) []string {
	var parts []string
	quoted := false
	angled := false
	from := 0
	comma := false // the part before this one ended with a comma
	add := func(to int, end byte) {
		part := strings.TrimSpace(line[from:to])
		last := len(parts) - 1
		switch {
		case part == "":
		case comma && last >= 0 && strings.HasSuffix(part, ">") && isSurname(parts[last]):
			parts[last] += ", " + part
		default:
			parts = append(parts, part)
		}
		comma = end == ','
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
		case c == ',' && isDotSlip(line[from:i], line[i+1:]):
		case !angled && (c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r'):
			add(i, c)
			from = i + 1
		}
	}
	add(len(line), 0)
	return parts
}

// isDotSlip reports whether a comma stands for the dot of an address:
// ann@example,com.
func isDotSlip(before, after string) bool {
	_, domain, found := strings.Cut(before, "@")
	return found && domain != "" && !strings.Contains(domain, ".") && after != "" && isLetter(after[0])
}

// isSurname reports whether a part is one word or two, and no address.
func isSurname(part string) bool {
	return !strings.ContainsAny(part, "@<>\"") && len(strings.Fields(part)) < 3
}

// openAddresses makes the list a table of one column without header.
func (l *List) openAddresses(t csvfile.Text) error {
	open := func() (file.Source, error) {
		in, lines := t.Reader(l.file, l.size)
		return &addressSource{in: bufio.NewReaderSize(in, 64<<10), lines: lines, max: l.o.Limits.CellBytes}, nil
	}
	l.table = table{header: header{labels: []string{"email"}}, open: l.masking(open)}
	l.note(file.Note{Code: "address_list", Message: "the list holds nothing but email addresses"})
	return nil
}

// addressSource hands out one address a record.
type addressSource struct {
	in    *bufio.Reader
	lines *csvfile.StrayLines // of a file in two encodings
	max   int
	line  int
	parts []string
	rec   [2]string
	other otherLines
}

func (s *addressSource) Next() ([]string, error) {
	for len(s.parts) == 0 {
		line, err := s.readLine()
		if err != nil && (err != io.EOF || line == "") {
			return nil, err
		}
		s.line++
		parts := splitAddresses(line)
		if right, wrong := addressesOf(parts); right+wrong == 0 && len(parts) > 0 {
			s.other.add(s.line, line)
			continue
		}
		s.parts = parts
	}
	s.rec[0] = strconv.Itoa(s.line)
	s.rec[1] = s.parts[0]
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
			return "", &file.Error{
				Class: file.TooLarge,
				Line:  s.line + 1,
				Msg:   "the line is too long",
				Hint:  "put one address on a line",
			}
		}
		if err != bufio.ErrBufferFull {
			return string(b), err
		}
	}
}

func (s *addressSource) Beside() *file.Beside { return nil }
func (s *addressSource) Done() ([]file.Note, error) {
	left := s.other.notes("lines_without_address", "", "lines without an address were left out")
	return append(left, s.lines.Notes()...), nil
}
func (s *addressSource) Close() error { return nil }
