package csvfile

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
	"unicode/utf8"
)

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
