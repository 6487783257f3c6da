package xlsxfile

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

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
	s.from = s.offset()
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
	enc = bytes.Trim(enc, `"'`)
	return !ok || bytes.HasPrefix(enc, []byte("utf-8")) || bytes.HasPrefix(enc, []byte("us-ascii"))
}

// tagEnd is the offset from s.pos of the '>' that ends the tag, or -1.
func (s *xmlScan) tagEnd() int {
	from := 0
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(b[from:], '>'); i >= 0 {
			at := from + i
			if at < 6 || evenQuotes(b[:at]) {
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

// maxEntity is how long an entity may be. Without a bound a formula of nothing
// but ampersands would be looked through to its end for each of them.
const maxEntity = 32

// unescape resolves the entities of XML text. What is none stays as it is.
func unescape(b []byte) string {
	var out []byte
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return string(append(out, b...))
		}
		out = append(out, b[:i]...)
		b = b[i:]
		end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
		if c := entity(b[1:max(end, 1)]); c != 0 {
			out = utf8.AppendRune(out, c)
			b = b[end+1:]
			continue
		}
		out = append(out, '&')
		b = b[1:]
	}
}

// entity is the character that a name or number stands for, 0 = none.
func entity(name []byte) rune {
	switch string(name) {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	digits, ok := strings.CutPrefix(string(name), "#")
	if !ok {
		return 0
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil {
		return 0
	}
	return rune(n)
}
