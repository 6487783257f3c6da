package xlsxfile

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"muster/importer/file"
)

// sheetSummary is what the first scan of a sheet found.
type sheetSummary struct {
	rows, filledRows int
	hiddenRows       int
	hiddenCols       int
	merged           int
	down             map[int][]mergedDown // first row → cells merged over rows below it
	downs            int
	noSum            int    // formulas without a stored result
	noSumAt          string // the first of them
	noSumLine        int
	links            map[int]map[int]string // row → column from 0 → target
	linked           int                    // cells that were linked
	lostLink         string                 // the first hyperlink whose target is lost
	wideLinks        int                    // hyperlinks over more cells than people write links into
	disordered       int                    // rows whose cells stood out of order
	disorderedAt     int                    // the first of them
	unstyled         int                    // rows with an empty style
	says             int64                  // bytes of the rows as text, with a sign between each two cells
	pieces           string                 // file with the rows
}

// mergedDown is a cell that is merged over rows below its own.
type mergedDown struct{ col, last int }

// maxLinks bounds the hyperlinks of a sheet, of which Excel itself allows 65,530,
// and the cells merged downwards that are read as such.
const maxLinks = 500_000

// summarize reads a sheet from its first byte to its last, and cuts it into
// pieces.
func (w *Workbook) summarize(ref Sheet) (*sheetSummary, error) {
	rels, err := w.pkg.relsOf(ref.part)
	if err != nil {
		return nil, err
	}
	part, err := w.pkg.part(ref.part)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	s := &sheetSummary{links: map[int]map[int]string{}}
	scan := newSheetScan(part, w.shared, w.limits)
	scan.formula = func(row, col int, text string) {
		if target := hyperlinkTarget(text); target != "" {
			s.link(row, col, target)
		}
	}
	scan.tail = func(x *xmlScan) { s.outside(x, rels) }
	pieces, err := newPieces(w.temp)
	if err != nil {
		return nil, err
	}
	for {
		row, err := scan.nextRow()
		if fault := s.checkLinks(); err == nil || err == io.EOF && fault != nil {
			err = fault
		}
		if err == io.EOF {
			s.pieces, err = pieces.close()
			return s, err
		}
		if err != nil {
			_, _ = pieces.close()
			return nil, err
		}
		if s.count(row) {
			pieces.add(row, scan, w.showsStyle)
		}
		if s.says += w.says(row); s.says > w.limits.UnpackedBytes {
			_, _ = pieces.close()
			return nil, &file.Error{
				Class: file.Bomb,
				Sheet: ref.Name,
				Line:  row.num,
				Msg:   "has rows of more than " + file.SizeWords(w.limits.UnpackedBytes) + ", as it repeats long texts or has cells far to the right",
				Hint:  "split the list; or, if you know where it comes from, raise the limit with --max-unpacked-size",
			}
		}
	}
}

// says is how many bytes a row comes to as text: a long one stands in the
// workbook once, however many cells refer to it, and empty cells not at all.
func (w *Workbook) says(row *sheetRow) int64 {
	var bytes int64
	last := -1
	for i := range row.cells {
		c := &row.cells[i]
		if !c.filled {
			continue
		}
		last = max(last, c.col)
		if c.kind == sharedCell && c.text >= 0 {
			bytes += w.shared.length(c.text)
		} else {
			bytes += c.body.to - c.body.from
		}
	}
	return bytes + int64(last+1)
}

// checkLinks says what is wrong with the hyperlinks so far.
func (s *sheetSummary) checkLinks() error {
	switch {
	case s.linked > maxLinks:
		return &file.Error{
			Class: file.TooLarge,
			Msg:   fmt.Sprintf("has more than %d hyperlinks", maxLinks),
			Hint:  "split the list",
		}
	case s.lostLink != "":
		return dangling("the hyperlink of " + s.lostLink)
	}
	return nil
}

// count takes in a row; it reports whether there is anything to read in it.
func (s *sheetSummary) count(row *sheetRow) bool {
	s.rows++
	if row.disordered {
		if s.disordered++; s.disordered == 1 {
			s.disorderedAt = row.num
		}
	}
	if row.unstyled {
		s.unstyled++
	}
	anything := row.filled > 0
	if row.filled > 0 {
		s.filledRows++
		if row.hidden {
			s.hiddenRows++
		}
	}
	for _, c := range row.cells {
		if c.noSum {
			if s.noSum == 0 {
				s.noSumAt = file.ColumnLetter(c.col + 1)
				s.noSumLine = row.num
			}
			s.noSum++
			anything = true
		}
	}
	return anything
}

// outside takes in a tag beside the rows.
func (s *sheetSummary) outside(x *xmlScan, rels map[string]relationship) {
	if x.kind != xmlOpen {
		return
	}
	switch string(x.name) {
	case "col":
		if v, ok := x.attr("hidden"); ok && isTrue(v) {
			s.hiddenCols++
		}
	case "mergeCell":
		s.merged++
		ref, _ := x.attr("ref")
		s.mergeDown(ref)
	case "hyperlink":
		s.hyperlink(x, rels)
	}
}

// mergeDown takes in a merged cell that spans several rows.
func (s *sheetSummary) mergeDown(ref []byte) {
	from, to, _ := bytes.Cut(ref, []byte{':'})
	col, first := cellRef(from)
	_, last := cellRef(to)
	if col < 0 || last <= first || s.downs >= maxLinks {
		return
	}
	if s.down == nil {
		s.down = map[int][]mergedDown{}
	}
	s.downs++
	s.down[first] = append(s.down[first], mergedDown{col, last})
}

// hyperlink takes in a link out of the workbook; those within it have no id.
func (s *sheetSummary) hyperlink(x *xmlScan, rels map[string]relationship) {
	ref, _ := x.attr("ref")
	id, out := x.attr("id")
	if !out || len(id) == 0 {
		return
	}
	rel, known := rels[string(id)]
	if !known && s.lostLink == "" {
		s.lostLink = string(ref)
	}
	if rel.Target == "" {
		return
	}
	if place, ok := x.attr("location"); ok && len(place) > 0 { // what stood behind the # of the address
		rel.Target += "#" + unescape(place)
	}
	s.linkRange(ref, rel.Target)
}

// linkRange links every cell of a reference like B2 or B2:B9.
func (s *sheetSummary) linkRange(ref []byte, target string) {
	from, to, _ := bytes.Cut(ref, []byte{':'})
	c1, r1 := cellRef(from)
	c2, r2 := c1, r1
	if len(to) > 0 {
		c2, r2 = cellRef(to)
	}
	if c1 < 0 || c2 < c1 || r2 < r1 || s.linked > maxLinks { // too many are an error of checkLinks
		return
	}
	if (c2-c1+1)*(r2-r1+1) > 10_000 {
		s.wideLinks++
		return
	}
	for r := r1; r <= r2; r++ {
		for c := c1; c <= c2; c++ {
			s.link(r, c, target)
		}
	}
}

func (s *sheetSummary) link(row, col int, target string) {
	if s.linked++; s.linked > maxLinks {
		return
	}
	if s.links[row] == nil {
		s.links[row] = map[int]string{}
	}
	s.links[row][col] = target
}

func (s *sheetSummary) linksOf(row int) *file.Beside {
	if links := s.links[row]; links != nil {
		return &file.Beside{Links: links}
	}
	return nil
}

// notes tells what a person should know of the sheet.
func (s *sheetSummary) notes(sheet string) []file.Note {
	var notes []file.Note
	add := func(code string, line, count int, col, message string) {
		if count > 0 {
			notes = append(notes, file.Note{
				Code:    code,
				Sheet:   sheet,
				Line:    line,
				Column:  col,
				Count:   count,
				Message: message,
			})
		}
	}
	add("hidden_rows", 0, s.hiddenRows, "", "hidden rows were read like the others")
	add("hidden_columns", 0, s.hiddenCols, "", "hidden columns were read like the others")
	if s.downs == 0 {
		add("merged_cells", 0, s.merged, "", "merged cells count for their first cell only")
	} else {
		add("merged_cells", 0, s.merged, "", "merged cells count for their first cell only; "+
			"but a brand, a campaign or what is kept as it is counts for every row that its cell spans")
	}
	add("cells_out_of_order", s.disorderedAt, s.disordered, "",
		"the cells of some rows stood out of order and were put where they belong")
	add("empty_styles", 0, s.unstyled, "", "cells with an empty style were read as if they had none")
	add("links_left_out", 0, s.wideLinks, "", "hyperlinks over more than 10,000 cells were left out")
	add("formulas_without_result", s.noSumLine, s.noSum, s.noSumAt,
		"formulas have no stored result; open the file in a spreadsheet program and save it again")
	return notes
}

// hyperlinkTarget reads the first argument of HYPERLINK("…"), if it is a text.
func hyperlinkTarget(formula string) string {
	arg := strings.TrimSpace(formula[len("HYPERLINK("):])
	if !strings.HasPrefix(arg, `"`) {
		return ""
	}
	var b strings.Builder
	for i := 1; i < len(arg); i++ {
		if arg[i] != '"' {
			b.WriteByte(arg[i])
			continue
		}
		if i+1 < len(arg) && arg[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		rest := strings.TrimSpace(arg[i+1:])
		if rest == "" || rest[0] == ',' || rest[0] == ';' || rest[0] == ')' {
			return b.String()
		}
		return ""
	}
	return ""
}
