package importer

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

// sniffed is what the head of a CSV file tells.
type sniffed struct {
	dialect
	usual   int // usual number of cells of a record
	sepLine bool
}

// readHead returns the first decoded bytes, cut behind the last whole line
// when there is more.
func readHead(r io.Reader) (head []byte, whole bool, err error) {
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

// sniff finds the dialect in the head of a file. Every candidate reads the
// whole head, and the one under which it looks most like a table wins: equal
// widths, known headers, cells that are one whole address.
func sniff(head []byte, whole bool, asked string) (sniffed, error) {
	if asked != "" {
		delim, ok := delimiters[strings.ToLower(asked)]
		if !ok {
			return sniffed{}, &file.Error{Class: file.BadDelimiter, Msg: "the delimiter " + asked + " is not one that is read", Hint: `use "," ";" "|" or "tab"`}
		}
		d := quoting(head, delim)
		_, usual := rate(head, whole, d)
		return sniffed{dialect: d, usual: usual, sepLine: hasSepLine(head) != 0}, nil
	}
	if delim := hasSepLine(head); delim != 0 {
		rest := head[bytes.IndexByte(head, '\n')+1:]
		d := quoting(rest, delim)
		_, usual := rate(rest, whole, d)
		if s, err := sniff(rest, whole, ""); usual < 2 && s.usual > 1 { // the line promises what the list does not keep
			s.sepLine = true
			return s, err
		}
		return sniffed{dialect: d, usual: usual, sepLine: true}, nil
	}
	best, bestScore := sniffed{}, -1.0
	for _, delim := range []byte{',', ';', '\t', '|'} {
		if bytes.IndexByte(head, delim) < 0 {
			continue
		}
		d := quoting(head, delim)
		score, usual := rate(head, whole, d)
		if usual > 1 && score > bestScore {
			best, bestScore = sniffed{dialect: d, usual: usual}, score
		}
	}
	single := quoting(head, 0)
	if score, _ := rate(head, whole, single); score > bestScore {
		best = sniffed{dialect: single, usual: 1}
	}
	return best, nil
}

var delimiters = map[string]byte{",": ',', "comma": ',', ";": ';', "semicolon": ';', "\t": '\t', "tab": '\t', `\t`: '\t', "|": '|', "pipe": '|'}

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

// hasSepLine reads the `sep=;` line that Excel writes and wants; 0 if none.
func hasSepLine(head []byte) byte {
	line, _, _ := bytes.Cut(head, lineFeed)
	s := strings.Trim(strings.TrimSuffix(string(line), "\r"), `"`)
	if len(s) == 5 && strings.EqualFold(s[:4], "sep=") {
		return s[4]
	}
	return 0
}

// quoting finds out how cells are quoted under a delimiter.
func quoting(head []byte, delim byte) dialect {
	usual := quotedBy(head, delim, '"')
	if single := opens(head, delim, '\''); single <= 2 || closedBy(head, delim, '\'') < single {
		return usual
	}
	other := quotedBy(head, delim, '\'')
	if opens(head, delim, '"') == 0 {
		return other
	}
	yes, _ := rate(head, false, other) // there are quotes of both kinds, one inside cells of the other
	if no, _ := rate(head, false, usual); yes > no {
		return other
	}
	return usual
}

// quotedBy finds out what goes with a quote: blanks before it, and backslashes.
func quotedBy(head []byte, delim, quote byte) dialect {
	d := dialect{delim: delim, quote: quote}
	spaced := bytes.Count(head, []byte{delim, ' ', quote})
	d.space = delim != 0 && spaced > 0 && spaced > bytes.Count(head, []byte{delim, quote})
	d.escape = escapes(head, d)
	return d
}

// escapes reports whether a backslash takes the meaning from a quote: there
// are such quotes inside cells, and reading them so makes more of the rows
// equally wide.
func escapes(head []byte, d dialect) bool {
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
	yes, _ := rate(head, false, with)
	no, _ := rate(head, false, d)
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

// rate reads the head under a dialect and says how much it looks like a table
// and how wide that is.
func rate(head []byte, whole bool, d dialect) (score float64, usual int) {
	r := newCSVReader(bytes.NewReader(head), d, 0, file.Limits{})
	widths := map[int]int{}
	var around margins
	var records, cells, known, addresses, broken float64
	for records < maxHeadRecords {
		rec, err := r.next()
		if err != nil {
			if err != io.EOF && whole {
				broken = 1
			}
			break
		}
		rec = rec[1:]
		if file.BlankRecord(rec) {
			continue
		}
		records++
		widths[len(rec)]++
		around.add(len(rec))
		best := 0.0
		for _, c := range rec {
			cells++
			if looksLikeAddress(c) {
				addresses++
			}
			if records <= 25 && len(c) < 64 {
				if f, _ := columnFor(c); f != "" {
					best++
				}
			}
		}
		known = max(known, best)
	}
	if records == 0 {
		return 0, 1
	}
	if ones := float64(widths[1]); records > 2*ones { // titles above rows that lost their empty ends
		delete(widths, 1)
	} else if known > 1 { // few rows with a header of their own between titles and footers
		records -= float64(around.above + around.below)
		widths[1] -= around.above + around.below
	}
	most := 0
	for w, n := range widths {
		if n > most || (n == most && w < usual) {
			usual, most = w, n
		}
	}
	score = float64(most)/records + 0.5*min(known, 4)/2 + 0.5*min(1, addresses/records)
	if usual == 1 {
		score *= 0.75
	}
	return score - 0.2*broken - 0.3*float64(r.stray)/max(1, cells), usual
}

// margins count the records of one cell above the first of several cells and
// below the last: titles, and the footers of reports.
type margins struct {
	above, below int
	inside       bool
}

func (m *margins) add(width int) {
	switch {
	case width > 1:
		m.inside, m.below = true, 0
	case m.inside:
		m.below++
	default:
		m.above++
	}
}
