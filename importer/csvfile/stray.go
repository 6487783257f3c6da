package csvfile

import (
	"bufio"
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"muster/importer/file"
)

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
		notes = append(notes, file.Note{
			Code: "line_not_utf8",
			Line: line,
			Message: fmt.Sprintf("line %d is not UTF-8 like the rest of the file: "+
				"it was read as Windows-1252, check its letters", line),
		})
	}
	if d.more > 0 {
		notes = append(notes, file.Note{
			Code:    "line_not_utf8",
			Count:   d.more,
			Message: fmt.Sprintf("%d more lines are not UTF-8 and were read as Windows-1252", d.more),
		})
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
