package importer

import (
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// inferHeader names the columns of a list without header by what stands in
// them.
func inferHeader(rows []headRow) header {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.cells))
	}
	h := header{labels: make([]string, width)}
	named := false
	for i := range h.labels {
		kind := contentOf(rows, i)
		if kind == record.FieldName && named {
			kind = ""
		}
		named = named || kind == record.FieldName
		h.labels[i] = string(kind)
	}
	return h
}

// contentOf guesses the field of a column from its cells: the email, links, the
// name, or "".
func contentOf(rows []headRow, col int) record.Field {
	var n, addresses, links, names int
	for _, r := range rows {
		if col >= len(r.cells) || file.Blank(r.cells[col]) {
			continue
		}
		n++
		c := strings.TrimSpace(r.cells[col])
		switch low := strings.ToLower(c); {
		case looksLikeAddress(c):
			addresses++
		case beginsWith(low, "http", "www.", "@"), strings.Contains(low, ".com/"):
			links++
		case strings.Contains(c, " ") && !looksLikeData(c) && len(c) < 60:
			names++
		}
	}
	switch {
	case n == 0:
		return ""
	case addresses*5 >= n*4:
		return record.FieldEmail
	case links*5 >= n*4:
		return record.FieldLinks
	case names*5 >= n*3:
		return record.FieldName
	}
	return ""
}

// shiftedByOne reports whether every header stands one column too far to the
// left: no address under Email, addresses to the right of it.
func shiftedByOne(h header, rows []headRow) bool {
	for i, label := range h.labels {
		if field, _ := columnFor(label); field == record.FieldEmail && h.line > 0 && h.first < len(rows) {
			data := rows[h.first:]
			return contentOf(data, i) != record.FieldEmail && contentOf(data, i+1) == record.FieldEmail
		}
	}
	return false
}
