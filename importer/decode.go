package importer

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"muster/importer/file"
)

// Text is how the bytes of a CSV file become UTF-8 without BOM, NUL and lone
// CR. It is found out by one pass over the whole file, so that what is said
// of the file is true of all of it.
type Text struct {
	Encoding string // as reported: "utf-8", "windows-1252" …
	Certain  bool   // a BOM or valid UTF-8 says so, or the user did
	CutShort bool   // the file ends inside a character
	NULs     int    // bytes of zero, which are left out
	Lines    int    // about how many lines it has

	charset encoding.Encoding // nil: the bytes are UTF-8
	skip    int               // bytes of the BOM
	mixed   bool              // UTF-8 but for some lines, which are in charset
	crToLF  bool
}

// Marked reports whether the text begins with a mark of byte order.
func (t Text) Marked() bool { return t.skip > 0 }

// Reader returns the decoded text of a file of size bytes, and, of one in two
// encodings, what knows the lines in the other.
func (t Text) Reader(r io.ReaderAt, size int64) (out io.Reader, lines *StrayLines) {
	out = io.NewSectionReader(r, int64(t.skip), size-int64(t.skip))
	switch {
	case t.mixed:
		lines = &StrayLines{in: bufio.NewReaderSize(out, 64<<10), charset: t.charset}
		out = lines
	case t.charset != nil:
		out = transform.NewReader(out, t.charset.NewDecoder())
	}
	if t.NULs > 0 {
		out = &filter{in: out, dropNUL: true}
	}
	if t.crToLF {
		out = &filter{in: out, crToLF: true}
	}
	return out, lines
}

// survey is what one pass over the bytes found.
type survey struct {
	size               int64
	nul                [2]int64 // NULs at even and odd offsets
	lf, cr, crlf       int64
	multibyte, invalid int64 // valid characters beyond ASCII, bytes that are in none
	cut                bool  // the last bytes begin a character and do not end it
	sample             []byte
}

const sampleSize = 64 << 10

// surveyBytes reads everything once. The sample it keeps is of lines with
// bytes beyond ASCII, wherever in the file they stand: they alone can tell
// one encoding from another.
func surveyBytes(r io.Reader) (survey, error) {
	var s survey
	buf := make([]byte, 256<<10)
	carry := 0
	for {
		n, err := io.ReadFull(r, buf[carry:])
		b := buf[:carry+n]
		done := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !done {
			return s, err
		}
		s.count(b[carry:])
		carry = s.validate(b, done)
		copy(buf, b[len(b)-carry:])
		if done {
			return s, nil
		}
	}
}

func (s *survey) count(b []byte) {
	s.lf += int64(bytes.Count(b, lineFeed))
	if cr := bytes.Count(b, []byte{'\r'}); cr > 0 {
		s.cr += int64(cr)
		s.crlf += int64(bytes.Count(b, []byte("\r\n")))
	}
	if bytes.IndexByte(b, 0) >= 0 {
		for i, c := range b {
			if c == 0 {
				s.nul[(s.size+int64(i))&1]++
			}
		}
	}
	s.size += int64(len(b))
}

// validate checks b for UTF-8; it returns how many bytes at its end may begin
// a character that the next block ends.
func (s *survey) validate(b []byte, last bool) (carry int) {
	high := countHigh(b)
	if high == 0 {
		return 0
	}
	if utf8.Valid(b) {
		s.multibyte += max(high/3, 1)
		s.keep(b)
		return 0
	}
	s.keep(b)
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			i := 1
			for i < len(b) && b[i] < utf8.RuneSelf {
				i++
			}
			b = b[i:]
			continue
		}
		if !utf8.FullRune(b) {
			if !last {
				return len(b)
			}
			s.cut = true
			s.invalid++
			return 0
		}
		c, n := utf8.DecodeRune(b)
		if c == utf8.RuneError && n == 1 {
			s.invalid++
		} else {
			s.multibyte++
		}
		b = b[n:]
	}
	return 0
}

// countHigh counts the bytes beyond ASCII.
func countHigh(b []byte) (n int64) {
	for len(b) >= 8 {
		if w := binary.LittleEndian.Uint64(b) & 0x8080808080808080; w != 0 {
			n += int64(bits.OnesCount64(w))
		}
		b = b[8:]
	}
	for _, c := range b {
		n += int64(c >> 7)
	}
	return n
}

// keep adds the lines of b that have bytes beyond ASCII to the sample.
func (s *survey) keep(b []byte) {
	for len(b) > 0 && len(s.sample) < sampleSize {
		line := b
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			line, b = b[:i+1], b[i+1:]
		} else {
			b = nil
		}
		if countHigh(line) > 0 {
			s.sample = append(s.sample, line[:min(len(line), 4096)]...)
		}
	}
}

// StrayLines hands out UTF-8 as it is, decodes the bytes between, and remembers
// the lines in which there were any.
type StrayLines struct {
	in      *bufio.Reader
	charset encoding.Encoding
	rest    []byte
	err     error

	line  int   // the line under way, from 0
	other []int // lines with bytes in the other encoding, the first few
	more  int   // and how many there are beside those
}

// maxOther is how many lines in another encoding are named.
const maxOther = 20

func (d *StrayLines) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		var part []byte
		part, d.err = d.in.ReadSlice('\n')
		if d.err == bufio.ErrBufferFull {
			d.err = nil
		}
		if d.rest = part; !utf8.Valid(part) {
			d.rest = d.repair(part)
			d.remember()
		}
		if bytes.HasSuffix(part, lineFeed) {
			d.line++
		}
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// remember notes that the line under way is in the other encoding.
func (d *StrayLines) remember() {
	switch n := len(d.other); {
	case n > 0 && d.other[n-1] == d.line+1:
	case n < maxOther:
		d.other = append(d.other, d.line+1)
	default:
		d.more++
	}
}

// Notes names the lines that were read in the other encoding. It may be called
// on nil.
func (d *StrayLines) Notes() []file.Note {
	if d == nil {
		return nil
	}
	var notes []file.Note
	for _, line := range d.other {
		notes = append(notes, file.Note{Code: "line_not_utf8", Line: line, Message: fmt.Sprintf("line %d is not UTF-8 like the rest of the file: it was read as Windows-1252, check its letters", line)})
	}
	if d.more > 0 {
		notes = append(notes, file.Note{Code: "line_not_utf8", Count: d.more, Message: fmt.Sprintf("%d more lines are not UTF-8 and were read as Windows-1252", d.more)})
	}
	return notes
}

// repair decodes the bytes of a line that are in no UTF-8 character.
func (d *StrayLines) repair(line []byte) []byte {
	out := make([]byte, 0, len(line)+16)
	for len(line) > 0 {
		c, n := utf8.DecodeRune(line)
		if c != utf8.RuneError || n > 1 {
			out = append(out, line[:n]...)
		} else if one, err := d.charset.NewDecoder().Bytes(line[:1]); err == nil {
			out = append(out, one...)
		}
		line = line[n:]
	}
	return out
}

// filter takes NULs out, or makes CR and CRLF to LF.
type filter struct {
	in              io.Reader
	dropNUL, crToLF bool
	afterCR         bool
}

func (f *filter) Read(p []byte) (int, error) {
	for {
		n, err := f.in.Read(p)
		out := p[:0]
		for _, c := range p[:n] {
			switch {
			case c == 0 && f.dropNUL:
				continue
			case c == '\r' && f.crToLF:
				out, f.afterCR = append(out, '\n'), true
				continue
			case c == '\n' && f.afterCR:
				f.afterCR = false
				continue
			}
			f.afterCR = false
			out = append(out, c)
		}
		if len(out) > 0 || err != nil || n == 0 {
			return len(out), err
		}
	}
}

func utf16Of(big, bom bool) encoding.Encoding {
	end, policy := unicode.LittleEndian, unicode.IgnoreBOM
	if big {
		end = unicode.BigEndian
	}
	if bom {
		policy = unicode.ExpectBOM
	}
	return unicode.UTF16(end, policy)
}
