package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"muster/importer/file"
)

// headRow is one of the first rows of a list, while its header is looked for.
type headRow struct {
	line  int
	cells []string
	links map[int]string // column → where its hyperlink leads
}

// header is where a list says what its columns mean.
type header struct {
	line   int      // line of the (last) header row, 0 = the list has none
	first  int      // index in the head of the first data row
	labels []string // one a column, "" where the header is blank
	joined bool     // the labels come from two rows
	above  int      // rows above the header that are not blank: titles and the like
}

// maxHeadRows is how many rows that are not blank are searched for a header.
const maxHeadRows = 25

// findHeader finds the header among the first rows of a list. ok is false
// when no row looks like one; the list then begins with its first row.
//
//  1. The row with the most known headers wins, if few of its cells look
//     like data. 2. Else the first row all of whose cells look like labels,
//     if there is data below. 3. A row above or below that makes more
//     headers known when joined with it belongs to the header. 4. The header
//     of a file of rejected rows is known by the column of errors.
func findHeader(rows []headRow) (h header, ok bool) {
	best, bestScore := -1, 0
	for i, row := range rows[:min(len(rows), maxHeadRows)] {
		if fedBack(row.cells) {
			return header{line: row.line, first: i + 1, labels: row.cells, above: i}, true
		}
		if score := headerScore(rows, i); score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		best = labelsOverData(rows)
	}
	if best < 0 {
		return header{}, false
	}
	h = header{line: rows[best].line, first: best + 1, labels: rows[best].cells, above: best}
	if best > 0 {
		if up := joinLabels(rows[best-1].cells, h.labels); wins(up, h.labels, rows[best-1].cells) {
			h.labels = up
			h.joined = true
			h.above = best - 1
			return h, true
		}
	}
	if best+1 < len(rows) {
		below := rows[best+1].cells
		if _, data := rateHeader(below); data == 0 {
			if down := joinLabels(h.labels, below); wins(down, h.labels, below) || completes(h.labels, below) {
				h.labels = down
				h.joined = true
				h.line = rows[best+1].line
				h.first = best + 2
			}
		}
	}
	return h, true
}

// headerScore rates a row as a header; 0 is none.
func headerScore(rows []headRow, i int) int {
	known, data := rateHeader(rows[i].cells)
	numbers := 0 // years and the like stand in headers too, beside words that are known
	if known > 1 {
		numbers = numbersIn(rows[i].cells)
	}
	if known == 0 || (data-numbers)*3 > known || known == 1 && !plausibleAlone(rows, i) {
		return 0
	}
	return 2*known - 3*data + 2*numbers
}

// filled counts the cells that are not blank.
func filled(cells []string) (n int) {
	for _, c := range cells {
		if !file.Blank(c) {
			n++
		}
	}
	return n
}

// rateHeader counts the cells of a row that are known headers and those that
// look like data.
func rateHeader(cells []string) (known, data int) {
	seen := map[string]bool{}
	for _, c := range cells {
		if file.Blank(c) {
			continue
		}
		if looksLikeData(c) {
			data++
			continue
		}
		if utf8.RuneCountInString(c) > 64 {
			continue
		}
		key := headerKey(c)
		if field, _ := columnFor(c); field != "" && !seen[key] {
			known++
			seen[key] = true
		} else if isDropped(c) {
			known++
		}
	}
	return known, data
}

// numbersIn counts the cells that hold but a number or a date.
func numbersIn(cells []string) (n int) {
	for _, c := range cells {
		if isFigure(c) {
			n++
		}
	}
	return n
}

// plausibleAlone guards a row with a single known word: it must be a row of
// labels, not a title above the table or a person called like a field.
func plausibleAlone(rows []headRow, i int) bool {
	n := filled(rows[i].cells)
	for j := i + 1; j < len(rows) && j <= i+5; j++ {
		if m := filled(rows[j].cells); m > n && n == 1 {
			return false
		}
	}
	return true
}

// labelsOverData finds the first row that holds nothing but labels, all
// different, one over nearly every column.
func labelsOverData(rows []headRow) int {
	width := 0
	for _, row := range rows {
		width = max(width, filled(row.cells))
	}
	for i, row := range rows {
		if n := filled(row.cells); n < 2 && width > 1 || n*2 < width {
			continue
		}
		if _, data := rateHeader(row.cells); data > 0 || i+1 == len(rows) || !distinct(row.cells) {
			return -1
		}
		return i
	}
	return -1
}

// distinct reports whether no two cells that are filled are equal.
func distinct(cells []string) bool {
	seen := map[string]bool{}
	for _, c := range cells {
		key := strings.TrimSpace(c)
		if key != "" && seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

// columnPlace names a column for people: a letter in a sheet, a number in CSV.
func columnPlace(f Format, n int) string {
	if f == XLSX {
		return file.ColumnLetter(n)
	}
	return strconv.Itoa(n)
}
