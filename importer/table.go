package importer

import (
	"io"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// table is the grid of cells of a list, with its header.
type table struct {
	sheet   string
	header  header
	kind    record.Kind // what the title of a template says, or ""
	people  bool        // the header names people
	rowless bool        // nothing stands below the header
	open    func() (file.Source, error)
}

// findTable reads the first rows of the list's table and finds its header.
// Those rows are returned.
func (l *List) findTable(sheet string, open func() (file.Source, error)) ([]headRow, error) {
	open = l.masking(open)
	rows, err := readHeadRows(open, headSample)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &file.Error{Class: file.Empty, Msg: "has no rows", Hint: "check that the export finished"}
	}
	h, ok := findHeader(rows)
	if !ok {
		h = inferHeader(rows)
	}
	l.table = table{
		sheet:   sheet,
		header:  h,
		kind:    templateKind(rows[:h.above]),
		people:  l.namesPeople(h, rows),
		rowless: h.first >= len(rows),
		open:    open,
	}
	return rows, nil
}

// showLinks puts the address of a link in the place of a text that says but where it
// leads: "Instagram".
func showLinks(r headRow) {
	for i, target := range r.links {
		if i < len(r.cells) && isLinkCaption(r.cells[i]) {
			r.cells[i] = target
		}
	}
}

// headSample is how many rows are kept to look for a header.
const headSample = 60

// readSample reads the rows below the header by which columns are judged. Of
// long cells it keeps the beginning.
func readSample(t table) ([]headRow, error) {
	rows, err := readHeadRows(t.open, sampleRows)
	if err != nil || t.header.line == 0 {
		return rows, err
	}
	rows = rows[min(t.header.first, len(rows)):]
	cells := 0
	for n, r := range rows {
		showLinks(r)
		if cells += len(r.cells); cells > sampleCells && n > 0 {
			return rows[:n], nil
		}
		for i, c := range r.cells {
			if len(c) > sampleText {
				r.cells[i] = strings.Clone(c[:sampleText])
			}
		}
	}
	return rows, nil
}

// readHeadRows reads the first rows that are not blank, as many as asked for.
func readHeadRows(open func() (file.Source, error), most int) ([]headRow, error) {
	src, err := open()
	if err != nil {
		return nil, err
	}
	defer src.Close()
	var rows []headRow
	for len(rows) < most {
		rec, err := src.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if file.BlankRecord(rec[1:]) {
			continue
		}
		line, _ := strconv.Atoi(rec[0])
		cells := make([]string, len(rec)-1)
		for i, c := range rec[1:] {
			cells[i] = Unguard(c)
		}
		row := headRow{line: line, cells: cells}
		if b := src.Beside(); b != nil {
			row.links = b.Links
		}
		rows = append(rows, row)
	}
	return rows, nil
}
