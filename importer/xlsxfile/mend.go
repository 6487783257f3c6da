package xlsxfile

import (
	"bytes"

	"muster/importer/file"
)

// appendRow writes a row for excelize in the plainest form that it reads: cells
// in order, each with its value and what says how to read that. It takes half
// the time for it, and no style that is empty and no cell out of order leads it
// astray. held hands out what stands in the file.
func appendRow(to []byte, row *sheetRow, held func(span) []byte) []byte {
	to = append(to, "<row>"...)
	next := 0
	for i := range row.cells {
		c := &row.cells[i]
		body := held(c.body)
		if len(body) == 0 {
			continue
		}
		to = append(to, "<c"...)
		if c.col != next {
			to = append(to, ` r="`...)
			to = append(to, file.ColumnLetter(c.col+1)...)
			to = append(to, `1"`...)
		}
		next = c.col + 1
		to = appendCell(to, c.kind, body)
	}
	return append(to, "</row>"...)
}

// appendCell writes a cell behind what says where it is. A text that stands
// alone becomes the value of a formula, which excelize hands out as it is;
// all else stays byte for byte.
func appendCell(to []byte, kind byte, body []byte) []byte {
	text, plain := plainText(kind, body)
	switch {
	case !plain:
		to = append(to, ` t="`...)
		to = append(to, kindName(kind)...)
		to = append(to, `">`...)
		to = append(to, body...)
		return append(to, `</c>`...)
	case kind == sharedCell:
		to = append(to, ` t="s"><v>`...)
	default:
		to = append(to, ` t="str"><v>`...)
	}
	to = append(to, text...)
	return append(to, `</v></c>`...)
}

// plainText is the text of a cell that holds its value and nothing else. Those
// of inline strings may have escapes that other texts have not.
func plainText(kind byte, body []byte) ([]byte, bool) {
	text, ok := between(body, "<v>", "</v>")
	if !ok && kind == inlineCell {
		if text, ok = between(body, "<is><t>", "</t></is>"); !ok {
			text, ok = between(body, `<is><t xml:space="preserve">`, "</t></is>")
		}
		ok = ok && !bytes.Contains(text, []byte("_x")) && !bytes.Contains(text, []byte("&#"))
	}
	return text, ok && bytes.IndexByte(text, '<') < 0
}

func between(b []byte, before, behind string) ([]byte, bool) {
	if len(b) < len(before)+len(behind) || string(b[:len(before)]) != before || string(b[len(b)-len(behind):]) != behind {
		return nil, false
	}
	return b[len(before) : len(b)-len(behind)], true
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
