package xlsxfile

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"muster/importer/file"
)

// addXML writes a row for excelize in the plainest form that it reads: cells in
// order, each with its value and what says how to read that. It takes half the
// time for it, and no style that is empty and no cell out of order leads it
// astray. held hands out what stands in the file.
func (p *piece) addXML(row *sheetRow, held func(span) []byte) {
	p.xml = append(p.xml, "<row>"...)
	next := 0
	for i := range row.cells {
		c := &row.cells[i]
		body := held(c.body)
		if len(body) == 0 {
			continue
		}
		p.xml = append(p.xml, "<c"...)
		if c.col != next {
			p.xml = append(p.xml, ` r="`...)
			p.xml = append(p.xml, file.ColumnLetter(c.col+1)...)
			p.xml = append(p.xml, `1"`...)
		}
		next = c.col + 1
		if c.kind == sharedCell && c.text >= 0 {
			p.addJoin(c.text)
		} else {
			p.xml = appendCell(p.xml, c.kind, body)
		}
	}
	p.xml = append(p.xml, "</row>"...)
}

// addJoin leaves the rest of a cell to joined: a shared string may be long, and
// there may be many cells that refer to it.
func (p *piece) addJoin(text int) {
	p.joins = binary.AppendUvarint(p.joins, uint64(len(p.xml)-p.joined))
	p.joins = binary.AppendUvarint(p.joins, uint64(text))
	p.joined = len(p.xml)
}

// withTexts is the piece for excelize: its cells with their shared strings.
func (p *piece) withTexts(shared *sharedScan) []byte {
	if len(p.joins) == 0 {
		return p.xml
	}
	rest := p.xml
	to := make([]byte, 0, 2*len(p.xml)+8*len(p.joins))
	for joins := p.joins; len(joins) > 0; {
		gap, n := binary.Uvarint(joins)
		text, m := binary.Uvarint(joins[n:])
		joins = joins[n+m:]
		to = append(to, rest[:gap]...)
		rest = rest[gap:]
		if plain, number, ok := shared.text(int(text)); ok {
			to = append(to, ` t="str"><v>`...)
			to = append(to, plain...)
		} else {
			to = append(to, ` t="s"><v>`...)
			to = strconv.AppendInt(to, int64(number), 10)
		}
		to = append(to, `</v></c>`...)
	}
	return append(to, rest...)
}

// appendCell writes a cell behind what says where it is. A text that stands
// alone becomes the value of a formula, which excelize hands out as it is;
// all else stays byte for byte.
func appendCell(to []byte, kind byte, body []byte) []byte {
	if text, plain := plainText(kind, body); plain {
		to = append(to, ` t="str"><v>`...)
		to = append(to, text...)
		return append(to, `</v></c>`...)
	}
	to = append(to, ` t="`...)
	to = append(to, kindName(kind)...)
	to = append(to, `">`...)
	to = append(to, body...)
	return append(to, `</c>`...)
}

// plainText is the text of a cell that holds its value and nothing else.
func plainText(kind byte, body []byte) ([]byte, bool) {
	if text, ok := between(body, "<v>", "</v>"); ok {
		return text, bytes.IndexByte(text, '<') < 0
	}
	if text, ok := between(body, "<is>", "</is>"); ok && kind == inlineCell {
		return plainString(text)
	}
	return nil, false
}

// kindName is a kind as the format calls it.
func kindName(kind byte) string {
	switch kind {
	case inlineCell:
		return "inlineStr"
	case stringCell:
		return "str"
	}
	return string(kind)
}
