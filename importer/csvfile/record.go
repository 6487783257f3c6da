package csvfile

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"muster/importer/file"
)

var lineFeed = []byte{'\n'}

// dialect is how a CSV file separates its cells.
type dialect struct {
	delim  byte // 0: one column, the line is the cell
	quote  byte // 0: no quoting
	escape bool // a backslash takes the meaning from a quote
	space  bool // blanks stand between a delimiter and an opening quote
}

// reader cuts decoded text (UTF-8, no BOM, no NUL) into records.
//
// It is tolerant where that loses nothing: a quote closes only before a
// delimiter, a line end or the end of the file; anywhere else it is a plain
// character. It is strict where tolerance would lose people: a quote that
// never closes is an error that names the line it opens in.
//
// A quoted cell that runs over a line end is looked at twice. If reading its
// opening quote as a plain character turns the lines it swallowed into whole
// records of the usual width, and reading it as a quote does not give a
// record of that width or has quotes inside that look like opening ones, the
// quote was a slip and the lines are records. So it was if the next cell in
// quotes closes it in the same line and that makes the record too narrow, and
// if nothing ever closes it. And a cell like
// `"Ann Lee" <ann@example.com>` ends where its line does, as it does for
// Excel, if that makes this record and the next one of the usual width.
type reader struct {
	src       io.Reader
	d         dialect
	usual     int // usual number of cells, 0 = not known yet
	maxCell   int
	maxCols   int
	maxRecord int

	buf      []byte
	pos, end int
	eof      bool
	srcErr   error

	line     int      // line the next record begins in, from 1
	fields   []string // reused; fields[0] is the line number in digits
	text     []byte   // the cells of the record, unquoted, one after another
	ends     []int    // where each ends in text
	lax      bool     // see parseLax
	repaired []int    // lines whose opening quote was taken for a slip
	lones    int      // how many of them nothing closes
	tries    int      // how many quotes were weighed for the record under way
	stray    int      // quotes read as plain characters
	openEnd  bool     // the last record had no line end behind it
}

func newReader(src io.Reader, d dialect, usual int, l file.Limits) *reader {
	l = l.WithDefaults()
	return &reader{src: src, d: d, usual: usual, maxCell: l.CellBytes, maxCols: l.Columns,
		maxRecord: max(l.CellBytes*16, 64<<10), buf: make([]byte, 64<<10), line: 1}
}

// next returns the cells of the next record behind its line number, in a
// slice that is only good until the next call. A blank line is a record with
// one blank cell. The end is io.EOF.
func (r *reader) next() ([]string, error) {
	for {
		rest := r.buf[r.pos:r.end]
		if len(rest) == 0 && r.eof {
			return nil, r.srcErr
		}
		nl := bytes.IndexByte(rest, '\n')
		if nl < 0 && !r.eof {
			if err := r.fill(); err != nil {
				return nil, err
			}
			continue
		}
		if nl < 0 {
			nl = len(rest)
		}
		if r.plain(rest[:nl]) {
			return r.takeLine(rest, nl)
		}
		rec, again, err := r.takeQuoted(rest)
		if err != nil || !again {
			return rec, err
		}
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
}

// plain reports whether a line has nothing in it that asks for the slow way.
func (r *reader) plain(line []byte) bool {
	return r.d.quote == 0 || bytes.IndexByte(line, r.d.quote) < 0
}

// takeLine splits a line without quotes: one string for the whole record,
// cells are parts of it.
func (r *reader) takeLine(rest []byte, nl int) ([]string, error) {
	line := rest[:nl]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	r.text = append(r.text[:0], line...)
	whole := string(strconv.AppendInt(r.text, int64(r.line), 10))
	s := whole[:len(line)]
	r.fields = append(r.fields[:0], whole[len(line):])
	for {
		i := -1
		if r.d.delim != 0 {
			i = strings.IndexByte(s, r.d.delim)
		}
		if i < 0 {
			break
		}
		r.fields = append(r.fields, s[:i])
		s = s[i+1:]
	}
	r.fields = append(r.fields, s)
	if err := r.checkSize(len(line)); err != nil {
		return nil, err
	}
	r.advance(nl, rest)
	return r.fields, nil
}

// takeQuoted parses a record with quotes. again says that the record goes on
// behind what has been read so far.
func (r *reader) takeQuoted(rest []byte) (rec []string, again bool, err error) {
	p := r.parse(rest, -1)
	if p.inner && r.usual > 1 {
		lax, more := r.tryLax(rest)
		if more {
			return nil, true, nil
		}
		if lax {
			p = r.parseLax(rest)
		} else {
			p = r.parse(rest, -1)
		}
	}
	if p.more && !r.eof && (p.open < 0 || len(rest)-p.open <= r.maxCell) {
		return nil, true, nil
	}
	r.tries = 0
	quote, answer := r.mistake(rest, p)
	switch {
	case answer == slipUnknown:
		return nil, true, nil
	case answer == slipYes:
		r.repaired = append(r.repaired, r.line+bytes.Count(rest[:quote], lineFeed))
		p = r.parse(rest, quote)
	case p.more || p.crossed >= 0 && p.opener:
		return nil, false, r.unclosed(rest, quote)
	case quote >= 0:
		p = r.parse(rest, -1)
	}
	return r.takeParsed(rest, p)
}

// takeParsed hands out the record that was parsed last.
func (r *reader) takeParsed(rest []byte, p parsed) (rec []string, again bool, err error) {
	r.stray += p.stray
	whole := string(strconv.AppendInt(r.text, int64(r.line), 10))
	last := len(r.text)
	r.fields = append(r.fields[:0], whole[last:])
	from := 0
	for _, to := range r.ends {
		r.fields = append(r.fields, whole[from:to])
		from = to
	}
	if err := r.checkSize(last); err != nil {
		return nil, false, err
	}
	r.advance(p.used, rest)
	return r.fields, false, nil
}

// advance steps over a record of n bytes and the line end behind it.
func (r *reader) advance(n int, rest []byte) {
	r.line += bytes.Count(rest[:n], lineFeed)
	r.openEnd = n >= len(rest)
	if !r.openEnd {
		n++
		if rest[n-1] == '\r' && n < len(rest) && rest[n] == '\n' {
			n++
		}
		r.line++
	}
	r.pos += n
}

// endsOpen reports, after the last record, whether the text ended right behind
// a delimiter.
func (r *reader) endsOpen() bool {
	return r.openEnd && r.d.delim != 0 && r.end > 0 && r.buf[r.end-1] == r.d.delim
}

// checkSize is the exact test behind a cheap one: only a record of n bytes
// longer than a cell may be can hold a cell that is too long.
func (r *reader) checkSize(n int) error {
	if len(r.fields)-1 > r.maxCols {
		return &file.Error{
			Class: file.TooLarge,
			Line:  r.line,
			Msg:   fmt.Sprintf("the row has more than %d columns", r.maxCols),
			Hint:  "check the delimiter (--delimiter)",
		}
	}
	if n <= r.maxCell {
		return nil
	}
	for i, f := range r.fields[1:] {
		if len(f) > r.maxCell {
			return file.CellTooLong(r.line, strconv.Itoa(i+1), r.maxCell)
		}
	}
	return nil
}

func (r *reader) unclosed(rest []byte, open int) error {
	line := r.line + bytes.Count(rest[:open], lineFeed)
	lineStart := bytes.LastIndexByte(rest[:open], '\n') + 1
	col := 1
	if r.d.delim != 0 {
		col += bytes.Count(rest[lineStart:open], []byte{r.d.delim})
	}
	return &file.Error{
		Class:  file.Corrupt,
		Line:   line,
		Column: strconv.Itoa(col),
		Msg:    "a quote opens here and is never closed, so that the lines below would end up in one cell",
		Hint:   "remove the quote, or write it twice",
	}
}

// fill reads more, making room first.
func (r *reader) fill() error {
	if r.pos > 0 {
		copy(r.buf, r.buf[r.pos:r.end])
		r.end -= r.pos
		r.pos = 0
	}
	if r.end == len(r.buf) {
		if len(r.buf) >= r.maxRecord {
			return &file.Error{
				Class: file.TooLarge,
				Line:  r.line,
				Msg:   fmt.Sprintf("the row is longer than %d bytes", r.maxRecord),
				Hint:  "check the encoding and the line ends",
			}
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if err != nil {
			r.eof = true
			r.srcErr = err
			if err != io.EOF {
				return err
			}
			return nil
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}
