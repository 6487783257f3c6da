package csvfile

import "bytes"

// parsed is what one try at a record with quotes found out. Offsets count
// from the beginning of the record.
type parsed struct {
	used    int  // bytes of the record, without its line end
	cells   int  // number of cells
	more    bool // the text ended before the record did
	open    int  // quote that was open when the text ended, -1 = none
	crossed int  // first quote whose cell runs over a line end, -1 = none
	opener  bool // such a cell has a quote in it that looks like an opening one
	doubt   int  // first quote whose cell has such a quote in it and ends in its line, -1 = none
	inner   bool // a cell that runs over a line end has a quote inside before that
	stray   int  // quotes taken as plain characters
	lineEnd int  // the next LF, where it has been looked for
	quoteAt int  // the next quote, where it has been looked for
}

// parse reads one record from b into r.text and r.ends. The quote at offset
// slip is skipped and opens nothing (-1: every quote counts).
func (r *reader) parse(b []byte, slip int) parsed {
	p := parsed{open: -1, crossed: -1, doubt: -1, lineEnd: -1, quoteAt: -1}
	r.text = r.text[:0]
	r.ends = r.ends[:0]
	i := 0
	for {
		if r.d.space {
			for i < len(b) && b[i] == ' ' {
				i++
			}
		}
		switch {
		case i == slip:
			i = r.parsePlain(b, i+1, &p)
		case i < len(b) && r.d.quote != 0 && b[i] == r.d.quote:
			i = r.parseQuoted(b, i, &p)
		default:
			i = r.parsePlain(b, i, &p)
		}
		if p.more {
			return p
		}
		r.ends = append(r.ends, len(r.text))
		p.cells++
		if i < len(b) && r.d.delim != 0 && b[i] == r.d.delim {
			i++
			continue
		}
		p.used = i
		p.more = !r.eof && (i >= len(b) || (b[i] == '\r' && i+1 == len(b)))
		return p
	}
}

// parsePlain copies a cell without quotes around it; it returns the offset of
// what ends it.
func (r *reader) parsePlain(b []byte, i int, p *parsed) int {
	if p.lineEnd < i {
		p.lineEnd = len(b)
		if nl := bytes.IndexByte(b[i:], '\n'); nl >= 0 {
			p.lineEnd = i + nl
		}
	}
	end := p.lineEnd
	if r.d.delim != 0 {
		if d := bytes.IndexByte(b[i:end], r.d.delim); d >= 0 {
			end = i + d
		}
	}
	if end == p.lineEnd && end > i && b[end-1] == '\r' {
		end--
	}
	cell := b[i:end]
	if p.quoteAt < i {
		p.quoteAt = len(b)
		if q := bytes.IndexByte(b[i:], r.d.quote); q >= 0 {
			p.quoteAt = i + q
		}
	}
	if p.quoteAt < end {
		p.stray += bytes.Count(cell, []byte{r.d.quote})
	}
	r.text = append(r.text, cell...)
	return end
}

// isCRLF reports whether b[i] is the CR of a line end.
func isCRLF(b []byte, i int) bool {
	return b[i] == '\r' && (i+1 == len(b) || b[i+1] == '\n')
}

// parseQuoted copies a cell in quotes, of which the first stands at open.
func (r *reader) parseQuoted(b []byte, open int, p *parsed) int {
	i := open + 1
	crossed := false
	opener := false
	early := false
	for {
		j := bytes.IndexByte(b[i:], r.d.quote)
		if j < 0 {
			p.more = true
			p.open = open
			p.inner = p.inner || (early && (crossed || bytes.IndexByte(b[i:], '\n') >= 0 || r.eof))
			return len(b)
		}
		part := b[i : i+j]
		crossed = crossed || bytes.IndexByte(part, '\n') >= 0
		r.text = append(r.text, part...)
		i += j + 1
		if r.d.escape && escaped(part) {
			r.text[len(r.text)-1] = r.d.quote
			continue
		}
		if i < len(b) && b[i] == r.d.quote {
			r.text = append(r.text, r.d.quote)
			i++
			continue
		}
		if at, closed, more := r.closes(b, i); more || closed {
			p.more = more
			if more {
				p.open = open
			}
			if crossed && p.crossed < 0 {
				p.crossed = open
			}
			p.opener = p.opener || (crossed && opener)
			if opener && !crossed && p.doubt < 0 {
				p.doubt = open
			}
			p.inner = p.inner || (crossed && early)
			return at
		}
		p.stray++
		if r.lax && !crossed {
			return r.parsePlain(b, i, p)
		}
		early = early || !crossed
		opener = opener || (i >= 2 && r.d.delim != 0 && b[i-2] == r.d.delim && i-2 > open)
		r.text = append(r.text, r.d.quote)
	}
}

// escaped reports whether an odd number of backslashes ends a part.
func escaped(part []byte) bool {
	return (len(part)-len(bytes.TrimRight(part, `\`)))%2 == 1
}

// atEnd reports whether the cell or the text ends at i.
func (r *reader) atEnd(b []byte, i int) bool {
	return i >= len(b) || b[i] == '\n' || isCRLF(b, i) || (r.d.delim != 0 && b[i] == r.d.delim)
}

// closes looks behind a quote that ends before i: blanks may follow, then a
// delimiter, a line end or the end of the text. at is where the cell ends.
func (r *reader) closes(b []byte, i int) (at int, closed, more bool) {
	for i < len(b) && (b[i] == ' ' || (b[i] == '\t' && r.d.delim != '\t')) {
		i++
	}
	if i >= len(b) {
		return i, r.eof, !r.eof
	}
	if r.atEnd(b, i) {
		return i, true, false
	}
	return i, false, false
}

// parseLax reads a record as Excel does: a quote that closes a cell closes it
// whatever follows, and the rest of the cell is plain.
func (r *reader) parseLax(b []byte) parsed {
	r.lax = true
	defer func() { r.lax = false }()
	return r.parse(b, -1)
}

// tryLax reports whether reading the record so makes it and the one below as
// wide as usual.
func (r *reader) tryLax(rest []byte) (ok, more bool) {
	p := r.parseLax(rest)
	if p.more || p.crossed >= 0 || p.cells != r.usual {
		return false, p.more && p.open < 0 && !r.eof
	}
	at := behind(rest, p.used)
	if at == len(rest) {
		return r.eof, !r.eof
	}
	q := r.parseLax(rest[at:])
	if q.more && !r.eof {
		return false, true
	}
	return !q.more && q.cells == r.usual, false
}

// slip answers.
const (
	slipNo = iota + 1
	slipYes
	slipUnknown // more text is needed
)

// maxTries bounds the quotes that are weighed before one record is settled.
const maxTries = 8

// mistake finds the quote of a record that may open its cell by mistake, -1 =
// none, and whether it does.
func (r *reader) mistake(rest []byte, p parsed) (quote, answer int) {
	r.tries++
	switch {
	case p.more:
		return p.open, r.lone(rest, p.open)
	case p.crossed >= 0 && (p.opener || r.usual > 1 && p.cells != r.usual):
		return p.crossed, r.slip(rest, p.crossed, p.used)
	case p.crossed < 0 && p.doubt >= 0 && p.cells != r.usual:
		return p.doubt, r.slip(rest, p.doubt, p.used)
	}
	return -1, slipNo
}

// slip decides whether a quote is a slip: read as a plain character, every line
// of the first n bytes must be a record of the usual width.
func (r *reader) slip(rest []byte, quote, n int) int {
	if r.usual < 2 || r.tries > maxTries {
		return slipNo
	}
	at, q := 0, r.parse(rest, quote)
	for r.whole(q) {
		if at += q.used; at >= n {
			return slipYes
		}
		at = behind(rest, at)
		if q = r.parse(rest[at:], -1); r.whole(q) || q.more && !r.eof {
			continue
		}
		if next, answer := r.mistake(rest[at:], q); answer == slipYes {
			q = r.parse(rest[at:], next)
		}
	}
	if q.more && !r.eof {
		return slipUnknown
	}
	return slipNo
}

// whole reports whether a record is one of the usual width and in no doubt.
func (r *reader) whole(p parsed) bool {
	return p.cells == r.usual && !p.more && !p.opener
}

// behind steps over line ends.
func behind(b []byte, at int) int {
	for at < len(b) && (b[at] == '\r' || b[at] == '\n') {
		at++
	}
	return at
}

// maxLone bounds the quotes of a list that are never closed: to find each takes
// reading as far as a cell may be long.
const maxLone = 1000

// lone decides whether a quote that nothing closes is a slip: read as a plain
// character, its record must be of the usual width, and so must the next one;
// at the end of the text its line must be whole.
func (r *reader) lone(rest []byte, quote int) int {
	if r.usual < 2 || r.lones >= maxLone || r.tries > maxTries {
		return slipNo
	}
	p := r.parse(rest, quote)
	if !r.whole(p) {
		return slipNo
	}
	at := behind(rest, p.used)
	if at == p.used {
		return slipNo
	}
	if q := r.parse(rest[at:], -1); at < len(rest) && !r.whole(q) {
		if _, answer := r.mistake(rest[at:], q); answer != slipYes {
			return slipNo
		}
	}
	r.lones++
	return slipYes
}
