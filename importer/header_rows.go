package importer

import (
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// wins reports whether joined labels say more than the header row on its own:
// a field that it does not name, or the network of a link. The other row must
// hold nothing but labels.
func wins(joined, own, other []string) bool {
	if _, data := rateHeader(other); data > 0 || filled(other) < 2 {
		return false
	}
	for i, label := range joined {
		alone := record.Field("")
		if i < len(own) {
			alone, _ = columnFor(own[i])
		}
		if field, _ := columnFor(label); field != "" && field != alone && (alone == "" || alone == record.FieldLinks) {
			return true
		}
	}
	return false
}

// completes reports whether the row below a header is its second half: it
// holds nothing but labels, at least half of them known or there more than
// once, and all of them under labels that span several columns. A row of data
// has a cell under a column with a header of its own.
func completes(upper, below []string) bool {
	if _, data := rateHeader(below); data > 0 || filled(below) < 2 {
		return false
	}
	times := map[string]int{}
	for _, low := range below {
		times[headerKey(low)]++
	}
	labels := 0
	for i, low := range below {
		if file.Blank(low) {
			continue
		}
		if !spans(upper, i) && !spans(upper, i+1) {
			return false
		}
		if field, _ := columnFor(low); field != "" || times[headerKey(low)] > 1 {
			labels++
		}
	}
	return labels*2 >= filled(below)
}

// spans reports whether the label left of column i goes on over it, as that of
// a merged cell does: there is nothing in its place, or the same again.
func spans(upper []string, i int) bool {
	if i == 0 || i > len(upper) || file.Blank(upper[i-1]) {
		return false
	}
	return i == len(upper) || file.Blank(upper[i]) || headerKey(upper[i]) == headerKey(upper[i-1])
}

// joinLabels writes the upper of two header rows before the lower one. An
// upper label spans the blank cells to its right, as merged cells do.
func joinLabels(upper, lower []string) []string {
	out := make([]string, max(len(upper), len(lower)))
	times := map[string]int{}
	for _, low := range lower {
		times[headerKey(low)]++
	}
	carried := ""
	for i := range out {
		up, low := "", ""
		if i < len(upper) {
			up = strings.TrimSpace(upper[i])
		}
		if i < len(lower) {
			low = strings.TrimSpace(lower[i])
		}
		if up != "" {
			carried = up
		} else if low != "" {
			up = carried
		}
		out[i] = joinLabel(up, low, times[headerKey(low)] > 1)
	}
	return out
}

// joinLabel joins two labels of a column where that says more: "Handle" below
// "Instagram" does, "Email" below "Contact" does not, unless there is another
// one below "Manager".
func joinLabel(up, low string, twice bool) string {
	joined := strings.TrimSpace(up + " " + low)
	field, _ := columnFor(low)
	both, _ := columnFor(joined)
	_, network := columnFor(up)
	switch {
	case field == "":
		return joined
	case field == record.FieldLinks || field == record.FieldName:
		if both != "" && both != field || twice {
			return joined
		}
	case both != "" && twice, both == field && network != "":
		return joined
	}
	return low
}
