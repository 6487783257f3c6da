package csvfile

import (
	"bufio"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
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

// utf16Of is UTF-16 without a mark of byte order.
func utf16Of(big bool) encoding.Encoding {
	if big {
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
}
