package xlsxfile

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// xmlScan walks over the XML of a workbook's part without building anything:
// one pass, a buffer, and the end must be where it belongs. It is some twenty
// times as fast as a full parser, because it asks no more than this: tags
// nest, text is legal, the root closes.
type xmlScan struct {
	r        io.Reader
	buf      []byte
	pos, end int
	base     int64 // offset of buf[0] in the part
	from     int64 // offset at which the current tag begins
	kept     int64 // offset from which all stays in buf, -1 = what is stepped over is let go
	maxKept  int   // bytes that may be kept
	err      error
	depth    int
	closed   bool // the root element has closed
	begun    bool
	maxText  int

	kind  xmlKind
	name  []byte // local name of the tag
	attrs []byte // what stands behind the name
	text  []byte // of a text token, still escaped
}

// xmlKind is what next has found.
type xmlKind int

const (
	xmlOpen  xmlKind = iota + 1
	xmlClose         // also comes after the xmlOpen of an empty element
	xmlText
)

// maxTag bounds a tag with its attributes.
const maxTag = 1 << 20

func newXMLScan(r io.Reader, maxText int) *xmlScan {
	return &xmlScan{r: r, buf: make([]byte, 64<<10), maxText: maxText, kept: -1}
}

var (
	errXMLEnds    = errors.New("ends before its last element closes")
	errXMLBroken  = errors.New("is not well-formed XML")
	errXMLDoctype = errors.New("holds a document type declaration")
	errXMLText    = errors.New("holds a text that is far too long")
	errXMLCharset = errors.New("is not in UTF-8")
	errXMLRow     = errors.New("holds a row that is far too long")
)

// next steps to the next token; false at the end or at an error, which is
// then in s.err (io.EOF: all is well).
func (s *xmlScan) next() bool {
	if s.err != nil {
		return false
	}
	if s.kind == xmlOpen && s.selfClosed() {
		return s.closeTag()
	}
	for {
		if s.pos == s.end && !s.more() {
			return s.atEnd()
		}
		if s.buf[s.pos] != '<' {
			if ok, text := s.readText(); !ok || text {
				return ok
			}
			continue
		}
		ok, tag := s.readTag()
		if !ok || tag {
			return ok
		}
	}
}

// offset is how much of the part has been stepped over.
func (s *xmlScan) offset() int64 { return s.base + int64(s.pos) }

// keep keeps the bytes from an offset on, so that bytes hands them out; those
// before it are let go. -1 lets all go.
func (s *xmlScan) keep(from int64) { s.kept = from }

// bytes are what stands at offsets that are kept, good until the next step.
func (s *xmlScan) bytes(at span) []byte { return s.buf[at.from-s.base : at.to-s.base] }

func (s *xmlScan) fail(err error) bool {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
	return false
}

// atEnd judges the end of the input.
func (s *xmlScan) atEnd() bool {
	if s.err != nil && s.err != io.EOF {
		return false
	}
	if !s.closed {
		return s.fail(errXMLEnds)
	}
	s.err = io.EOF
	return false
}

// more reads on behind what is kept of the buffer, or else from s.pos.
func (s *xmlScan) more() bool {
	if s.err != nil {
		return false
	}
	from := s.pos
	if s.kept >= 0 {
		if from = int(s.kept - s.base); s.pos-from > s.maxKept {
			return s.fail(errXMLRow)
		}
	}
	if from > 0 {
		copy(s.buf, s.buf[from:s.end])
		s.base += int64(from)
		s.end -= from
		s.pos -= from
	}
	if s.end == len(s.buf) {
		if len(s.buf)-s.pos > s.maxText+maxTag {
			return s.fail(errXMLText)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if n > 0 {
			if !s.begun {
				s.begun = true
				return s.checkStart()
			}
			return true
		}
		if err != nil {
			s.err = err
			return false
		}
	}
	return s.fail(io.ErrNoProgress)
}

// checkStart refuses encodings other than UTF-8 and skips the BOM.
func (s *xmlScan) checkStart() bool {
	head := s.buf[s.pos:s.end]
	marked := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	if marked || bytes.IndexByte(head[:min(len(head), 8)], 0) >= 0 {
		return s.fail(errXMLCharset)
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		s.pos += 3
	}
	return true
}

// readText takes the text up to the next tag. text is false for white space
// between elements.
func (s *xmlScan) readText() (ok, text bool) {
	for {
		i := bytes.IndexByte(s.buf[s.pos:s.end], '<')
		if i >= 0 {
			s.text = s.buf[s.pos : s.pos+i]
			s.pos += i
			break
		}
		if s.end-s.pos > s.maxText {
			return s.fail(errXMLText), false
		}
		if !s.more() {
			if s.err != nil && s.err != io.EOF {
				return false, false
			}
			if !s.closed {
				return s.fail(errXMLEnds), false
			}
			s.pos = s.end
			return true, false
		}
	}
	if len(s.text) > s.maxText {
		return s.fail(errXMLText), false
	}
	if !legalText(s.text) {
		return s.fail(errXMLBroken), false
	}
	s.kind = xmlText
	return true, s.depth > 0
}

// legalText reports whether XML allows these characters.
func legalText(b []byte) bool {
	high := false
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
		high = high || c >= utf8.RuneSelf
	}
	return !high || utf8.Valid(b)
}
