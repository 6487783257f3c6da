package csvfile

import (
	"bytes"
	"io"
	"strings"

	"muster/importer/file"
)

// headSize is how much of a CSV file is looked at to find its dialect.
const headSize = 200 << 10

// maxHeadRecords bounds what a dialect is judged by.
const maxHeadRecords = 2000

// Layout is how the records of a CSV file are laid out: what its head tells,
// and where its header was found.
type Layout struct {
	dialect
	Usual      int  // usual number of cells of a record
	SepLine    bool // the first line names the delimiter
	HeaderLine int  // what stands above may be of any width; 0 = not known
}

// Delimiter is how the delimiter is reported: "" where there is none.
func (l Layout) Delimiter() string { return delimiterName(l.delim) }

// Signs tell what a cell looks like: of the dialects that a file may be in, the
// one under which its cells look most like those of a list is taken.
type Signs struct {
	Header  func(cell string) bool // the cell is a known header
	Address func(cell string) bool // the cell is one whole email address
}

// ReadHead returns the first decoded bytes, by which the dialect of a file is
// found; whole says that there are no more, else they are cut behind the last
// whole line.
func ReadHead(r io.Reader) (head []byte, whole bool, err error) {
	head = make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	switch err {
	case io.EOF, io.ErrUnexpectedEOF:
		return head, true, nil
	case nil:
		if i := bytes.LastIndexByte(head, '\n'); i >= 0 {
			head = head[:i+1]
		}
		return head, false, nil
	}
	return head, false, err
}

// Sniff finds the dialect in the head of a file; whole says that the head is all
// of it, asked is the delimiter that the user named, or "". The error is a
// *file.Error for a delimiter that is not read.
func Sniff(head []byte, whole bool, asked string, signs Signs) (Layout, error) {
	return signs.sniff(head, whole, asked)
}

// sniff finds the dialect. Every candidate reads the whole head, and the one
// under which it looks most like a table wins: equal widths, known headers,
// cells that are one whole address.
func (s Signs) sniff(head []byte, whole bool, asked string) (Layout, error) {
	if asked != "" {
		return s.asAsked(head, whole, asked)
	}
	if delim := sepLine(head); delim != 0 {
		return s.asPromised(head, whole, delim)
	}
	best, bestScore := Layout{}, -1.0
	for _, delim := range []byte{',', ';', '\t', '|'} {
		if bytes.IndexByte(head, delim) < 0 {
			continue
		}
		d := s.quoting(head, delim)
		score, usual := s.rate(head, whole, d)
		if usual > 1 && score > bestScore {
			best, bestScore = Layout{dialect: d, Usual: usual}, score
		}
	}
	single := s.quoting(head, 0)
	if score, _ := s.rate(head, whole, single); score > bestScore {
		best = Layout{dialect: single, Usual: 1}
	}
	return best, nil
}

// asAsked takes the delimiter that the user named.
func (s Signs) asAsked(head []byte, whole bool, asked string) (Layout, error) {
	delim, ok := delimiters[strings.ToLower(asked)]
	if !ok {
		return Layout{}, &file.Error{
			Class: file.BadDelimiter,
			Msg:   "the delimiter " + asked + " is not one that is read",
			Hint:  `use "," ";" "|" or "tab"`,
		}
	}
	d := s.quoting(head, delim)
	_, usual := s.rate(head, whole, d)
	return Layout{dialect: d, Usual: usual, SepLine: sepLine(head) != 0}, nil
}

// asPromised takes the delimiter that the first line names, unless the list is
// one of several columns under another alone.
func (s Signs) asPromised(head []byte, whole bool, delim byte) (Layout, error) {
	rest := head[bytes.IndexByte(head, '\n')+1:]
	d := s.quoting(rest, delim)
	_, usual := s.rate(rest, whole, d)
	if other, err := s.sniff(rest, whole, ""); usual < 2 && other.Usual > 1 {
		other.SepLine = true
		return other, err
	}
	return Layout{dialect: d, Usual: usual, SepLine: true}, nil
}

// BreaksSepLine reports whether the first line of a file names another
// delimiter than the one it is read by.
func (l Layout) BreaksSepLine(head []byte) bool { return l.SepLine && sepLine(head) != l.delim }

// delimiters are those that can be asked for, by all their names.
var delimiters = map[string]byte{
	",": ',', "comma": ',',
	";": ';', "semicolon": ';',
	"\t": '\t', "tab": '\t', `\t`: '\t',
	"|": '|', "pipe": '|',
}

// delimiterName is how a delimiter is reported.
func delimiterName(d byte) string {
	switch d {
	case 0:
		return ""
	case '\t':
		return "tab"
	}
	return string(d)
}

// sepLine reads the `sep=;` line that Excel writes and wants; 0 if none.
func sepLine(head []byte) byte {
	line, _, _ := bytes.Cut(head, lineFeed)
	s := strings.Trim(strings.TrimSuffix(string(line), "\r"), `"`)
	if len(s) == 5 && strings.EqualFold(s[:4], "sep=") {
		return s[4]
	}
	return 0
}

// quoting finds out how cells are quoted under a delimiter.
func (s Signs) quoting(head []byte, delim byte) dialect {
	usual := s.quotedBy(head, delim, '"')
	if single := opens(head, delim, '\''); single <= 2 || closedBy(head, delim, '\'') < single {
		return usual
	}
	other := s.quotedBy(head, delim, '\'')
	if opens(head, delim, '"') == 0 {
		return other
	}
	yes, _ := s.rate(head, false, other) // there are quotes of both kinds, one inside cells of the other
	if no, _ := s.rate(head, false, usual); yes > no {
		return other
	}
	return usual
}

// quotedBy finds out what goes with a quote: blanks before it, and backslashes.
func (s Signs) quotedBy(head []byte, delim, quote byte) dialect {
	d := dialect{delim: delim, quote: quote}
	spaced := bytes.Count(head, []byte{delim, ' ', quote})
	d.space = delim != 0 && spaced > 0 && spaced > bytes.Count(head, []byte{delim, quote})
	d.escape = s.escapes(head, d)
	return d
}

// escapes reports whether a backslash takes the meaning from a quote: there
// are such quotes inside cells, and reading them so makes more of the rows
// equally wide.
func (s Signs) escapes(head []byte, d dialect) bool {
	for at := 0; ; {
		i := bytes.Index(head[at:], []byte{'\\', d.quote})
		if i < 0 {
			return false
		}
		at += i + 2
		if at < len(head) && head[at] != d.delim && head[at] != '\n' && head[at] != '\r' {
			break
		}
	}
	with := d
	with.escape = true
	yes, _ := s.rate(head, false, with)
	no, _ := s.rate(head, false, d)
	return yes >= no
}

// opens counts quotes at the beginning of a cell, closedBy those at its end.
func opens(b []byte, delim, quote byte) int {
	n := bytes.Count(b, []byte{'\n', quote})
	if delim != 0 {
		n += bytes.Count(b, []byte{delim, quote})
	}
	if len(b) > 0 && b[0] == quote {
		n++
	}
	return n
}

func closedBy(b []byte, delim, quote byte) int {
	n := bytes.Count(b, []byte{quote, '\n'}) + bytes.Count(b, []byte{quote, '\r'})
	if delim != 0 {
		n += bytes.Count(b, []byte{quote, delim})
	}
	if len(b) > 0 && b[len(b)-1] == quote {
		n++
	}
	return n
}
