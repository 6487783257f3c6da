package importer

import (
	"bytes"
	"errors"
	"io"
	"strings"
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
	return &xmlScan{r: r, buf: make([]byte, 64<<10), maxText: maxText}
}

var (
	errXMLEnds    = errors.New("ends before its last element closes")
	errXMLBroken  = errors.New("is not well-formed XML")
	errXMLDoctype = errors.New("holds a document type declaration")
	errXMLText    = errors.New("holds a text that is far too long")
	errXMLCharset = errors.New("is not in UTF-8")
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

// more reads on behind what is kept of the buffer from s.pos.
func (s *xmlScan) more() bool {
	if s.err != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) > s.maxText+maxTag {
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
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) || bytes.IndexByte(head[:min(len(head), 8)], 0) >= 0 {
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

// readTag takes a tag, or skips a comment or an instruction.
func (s *xmlScan) readTag() (ok, tag bool) {
	for s.end-s.pos < 4 && s.more() {
	}
	b := s.buf[s.pos:s.end]
	switch {
	case len(b) < 3:
		return s.fail(errXMLEnds), false
	case b[1] == '?':
		return s.skip("?>"), false
	case b[1] == '!':
		return s.readBang(b)
	}
	end := s.tagEnd()
	if end < 0 {
		return false, false
	}
	body := s.buf[s.pos+1 : s.pos+end]
	s.pos += end + 1
	if len(body) == 0 {
		return s.fail(errXMLBroken), false
	}
	if body[0] == '/' {
		s.name, s.attrs = localName(body[1:])
		return s.closeTag(), true
	}
	if s.closed {
		return s.fail(errXMLBroken), false
	}
	s.name, s.attrs = localName(body)
	s.kind = xmlOpen
	s.depth++
	return true, true
}

func (s *xmlScan) selfClosed() bool {
	return len(s.attrs) > 0 && s.attrs[len(s.attrs)-1] == '/'
}

func (s *xmlScan) closeTag() bool {
	s.kind = xmlClose
	s.attrs = nil
	s.depth--
	if s.depth < 0 {
		return s.fail(errXMLBroken)
	}
	s.closed = s.depth == 0
	return true
}

// readBang takes comments and CDATA; a document type is refused.
func (s *xmlScan) readBang(b []byte) (ok, tag bool) {
	if bytes.HasPrefix(b, []byte("<!--")) {
		return s.skip("-->"), false
	}
	for s.end-s.pos < 9 && s.more() {
	}
	b = s.buf[s.pos:s.end]
	if !bytes.HasPrefix(b, []byte("<![CDATA[")) {
		if bytes.HasPrefix(bytes.ToUpper(b[:min(9, len(b))]), []byte("<!DOCTYPE")) {
			return s.fail(errXMLDoctype), false
		}
		return s.fail(errXMLBroken), false
	}
	for {
		b = s.buf[s.pos:s.end]
		if i := bytes.Index(b, []byte("]]>")); i >= 0 {
			s.text = b[9:i]
			s.pos += i + 3
			s.kind = xmlText
			return true, true
		}
		if len(b) > s.maxText {
			return s.fail(errXMLText), false
		}
		if !s.more() {
			return s.fail(errXMLEnds), false
		}
	}
}

// skip steps behind the next end.
func (s *xmlScan) skip(end string) bool {
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			if strings.HasPrefix(end, "?") && !utf8Declared(b[:i]) {
				return s.fail(errXMLCharset)
			}
			s.pos += i + len(end)
			return true
		}
		if len(b) > s.maxText {
			return s.fail(errXMLText)
		}
		if !s.more() {
			return s.fail(errXMLEnds)
		}
	}
}

// utf8Declared reads the encoding of an XML declaration.
func utf8Declared(decl []byte) bool {
	_, enc, ok := bytes.Cut(bytes.ToLower(decl), []byte("encoding="))
	return !ok || bytes.HasPrefix(bytes.Trim(enc, `"'`), []byte("utf-8")) || bytes.HasPrefix(bytes.Trim(enc, `"'`), []byte("us-ascii"))
}

// tagEnd is the offset from s.pos of the '>' that ends the tag, or -1.
func (s *xmlScan) tagEnd() int {
	from := 0
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(b[from:], '>'); i >= 0 {
			at := from + i
			if evenQuotes(b[:at]) {
				return at
			}
			from = at + 1
			continue
		}
		from = len(b)
		if from > maxTag {
			s.fail(errXMLText)
			return -1
		}
		if !s.more() {
			s.fail(errXMLEnds)
			return -1
		}
	}
}

// evenQuotes reports whether no attribute value is open at the end of b.
func evenQuotes(b []byte) bool {
	if bytes.IndexByte(b, '\'') < 0 {
		return bytes.Count(b, []byte{'"'})&1 == 0
	}
	var open byte
	for _, c := range b {
		switch {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case c == open:
			open = 0
		}
	}
	return open == 0
}

// localName splits a tag into its name without prefix and the rest.
func localName(b []byte) (name, rest []byte) {
	i := 0
	for i < len(b) && b[i] != ' ' && b[i] != '\t' && b[i] != '\n' && b[i] != '\r' && b[i] != '/' {
		i++
	}
	name, rest = b[:i], b[i:]
	if j := bytes.IndexByte(name, ':'); j >= 0 {
		name = name[j+1:]
	}
	return name, rest
}

// attr finds an attribute of the current tag by its local name.
func (s *xmlScan) attr(name string) ([]byte, bool) {
	for b := s.attrs; ; {
		key, value, rest, ok := nextAttr(b)
		if !ok {
			return nil, false
		}
		if string(key) == name {
			return value, true
		}
		b = rest
	}
}

// nextAttr takes the first attribute off b: its local name and its value,
// still escaped.
func nextAttr(b []byte) (key, value, rest []byte, ok bool) {
	i := 0
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r' || b[i] == '/') {
		i++
	}
	from := i
	for i < len(b) && b[i] != '=' {
		if b[i] == ':' {
			from = i + 1
		}
		i++
	}
	if i >= len(b) {
		return nil, nil, nil, false
	}
	key = bytes.TrimRight(b[from:i], " \t\r\n")
	for i++; i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r'); i++ {
	}
	if i >= len(b) || (b[i] != '"' && b[i] != '\'') {
		return nil, nil, nil, false
	}
	quote := b[i]
	i++
	end := bytes.IndexByte(b[i:], quote)
	if end < 0 {
		return nil, nil, nil, false
	}
	return key, b[i : i+end], b[i+end+1:], true
}

// unescape resolves the entities of XML text.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	return xmlEntities.Replace(string(b))
}

var xmlEntities = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&#34;", `"`, "&#38;", "&", "&#39;", "'", "&#10;", "\n", "&#xA;", "\n", "&#13;", "\r", "&#9;", "\t", "&#x20;", " ")
