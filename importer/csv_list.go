package importer

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"muster/importer/file"
)

// openCSV finds encoding, dialect and header of a CSV file.
func (l *List) openCSV() error {
	if l.size > l.o.Limits.CSVBytes {
		return file.TooManyBytes(l.o.Limits.CSVBytes)
	}
	if l.o.Sheet != "" && l.o.Sheet != "*" {
		return &file.Error{Class: file.BadMapping, Msg: "is a CSV file and has no sheets", Hint: "leave --sheet out"}
	}
	t, err := detectText(l.file, l.size, l.o.Encoding)
	if err != nil {
		return err
	}
	l.info.Encoding, l.info.Certain, l.info.RowsHint = t.name, t.certain, t.lines
	if t.name == "utf-8" && t.skip > 0 && l.o.Encoding != "" && !strings.Contains(strings.ToLower(l.o.Encoding), "utf") {
		l.note(file.Note{Code: "option_ignored", Message: fmt.Sprintf("the file begins with the mark of UTF-8 and is UTF-8 throughout; --encoding %s was not used", l.o.Encoding)})
	}
	if !t.certain {
		l.note(file.Note{Code: "encoding_assumed", Message: fmt.Sprintf("the encoding was taken for %s; --encoding settles it", t.name)})
	}
	if t.dropNUL {
		l.note(file.Note{Code: "nul_bytes", Count: t.nuls, Message: "bytes of zero were left out; they are no text, so something may be damaged where they stood"})
	}
	if t.cutShort {
		return &file.Error{Class: file.Truncated, Msg: "ends in the middle of a character", Hint: "the export or download was cut short; make it again"}
	}
	decoded, _ := t.reader(l.file, l.size)
	head, whole, err := readHead(decoded)
	if err != nil {
		return &file.Error{Class: file.Unreadable, Msg: "cannot be read", Err: err}
	}
	if len(bytes.Trim(head, " \t\r\n,;|\"\u00a0")) == 0 && whole {
		return &file.Error{Class: file.Empty, Msg: "the file has no text in it", Hint: "check that the export finished"}
	}
	if noText(head[:min(len(head), 16<<10)]) {
		return &file.Error{Class: file.NotSpreadsheet, Msg: "is no text, and no kind of workbook that is known", Hint: "export the table as CSV or XLSX"}
	}
	if l.o.Delimiter == "" && isAddressList(head, len(l.o.Map) > 0) {
		return l.openAddresses(t)
	}
	s, err := sniff(head, whole, l.o.Delimiter)
	if err != nil {
		return err
	}
	l.info.Delimiter = delimiterName(s.delim)
	if s.sepLine && l.o.Delimiter == "" && hasSepLine(head) != s.delim {
		l.note(file.Note{Code: "sep_line_ignored", Line: 1, Message: "the first line says that another delimiter is used; it is not"})
	}
	return l.openDialect(t, s)
}

// openDialect finds the header of a CSV file whose dialect is known.
func (l *List) openDialect(t text, s sniffed) error {
	usual, headerLine := s.usual, 0
	open := func() (file.Source, error) {
		in, lines := t.reader(l.file, l.size)
		r := newCSVReader(in, s.dialect, usual, l.o.Limits)
		return &csvSource{r: r, lines: lines, skipSep: s.sepLine, rows: l.o.Limits.CSVRows, headerLine: headerLine}, nil
	}
	rows, err := l.findTable("", open)
	if err != nil {
		return err
	}
	h := &l.table.header
	if len(h.labels)+1 == usual && shiftedByOne(*h, rows) {
		h.labels = append([]string{""}, h.labels...)
		l.note(file.Note{Code: "row_names", Line: h.line, Message: "the first column has no header (R writes row names so); the headers were moved one to the right"})
	}
	for len(h.labels) < usual { // columns without a header, as a row of them has it
		h.labels = append(h.labels, "")
	}
	usual, headerLine = len(h.labels), h.line
	return nil
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
	l.table = table{sheet: sheet, header: h, kind: templateKind(rows[:h.above]), people: l.namesPeople(h, rows), rowless: h.first >= len(rows), open: open}
	return rows, nil
}

// shiftedByOne reports whether every header stands one column too far to the
// left: no address under Email, addresses to the right of it.
func shiftedByOne(h header, rows []headRow) bool {
	for i, label := range h.labels {
		if field, _ := columnFor(label); field == "email" && h.line > 0 && h.first < len(rows) {
			data := rows[h.first:]
			return contentOf(data, i) != "email" && contentOf(data, i+1) == "email"
		}
	}
	return false
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
		rows = append(rows, headRow{line: line, cells: cells})
	}
	return rows, nil
}

// csvSource is a csvReader as a source.
type csvSource struct {
	r       *csvReader
	lines   *lineDecoder // of a file in two encodings
	skipSep bool
	rows    int // rows still allowed

	headerLine int // what stands above may be of any width

	n       int // records below the header
	last    int // width of the last of them
	lastAt  int
	ragged  int // records before it that are not as wide as usual
	short   int // of those, the narrower ones
	firstAt int // line of the first
}

func (s *csvSource) Next() ([]string, error) {
	rec, err := s.r.next()
	if err == nil && s.skipSep {
		s.skipSep = false
		rec, err = s.r.next()
	}
	if err != nil {
		return nil, err
	}
	if s.rows--; s.rows < 0 {
		return nil, &file.Error{Class: file.TooLarge, Line: s.r.line, Msg: "the list has more rows than allowed", Hint: "split it, or raise the limit with --max-rows"}
	}
	if len(rec) == 2 && file.Blank(rec[1]) {
		return rec, nil
	}
	if s.n > 0 && s.last != s.r.usual {
		s.ragged++
		if s.last < s.r.usual {
			s.short++
		}
		if s.firstAt == 0 {
			s.firstAt = s.lastAt
		}
	}
	if s.last = len(rec) - 1; s.last != s.r.usual {
		s.lastAt, _ = strconv.Atoi(rec[0])
		if s.lastAt <= s.headerLine {
			return rec, nil
		}
	}
	s.n++
	return rec, nil
}

func (s *csvSource) Beside() *file.Beside { return nil }
func (s *csvSource) Close() error         { return nil }

// done looks at how the file ended. A last line that is cut off in the middle
// of a list whose other lines are all complete is a file that lost its end.
func (s *csvSource) Done() ([]file.Note, error) {
	if s.r.openEnd && s.n > 2 && s.last < s.r.usual && s.short == 0 {
		return nil, &file.Error{Class: file.Truncated, Line: s.lastAt, Msg: fmt.Sprintf("the file ends in the middle of a row: %d cells instead of %d and no line end", s.last, s.r.usual),
			Hint: "the export or download was cut short; make it again. If the row is complete, put a line end behind it"}
	}
	notes := s.lines.notes()
	if s.n > 1 && s.r.endsOpen() {
		line, _ := strconv.Atoi(s.r.fields[0])
		notes = append(notes, file.Note{Code: "open_end", Line: line, Message: "the last line ends behind a delimiter, without a line end: if its last cell should not be blank, the file was cut short"})
	}
	for _, line := range s.r.repaired {
		notes = append(notes, file.Note{Code: "stray_quote", Line: line, Message: "a quote that opens a cell here by mistake was left out"})
		if len(notes) == 20 {
			break
		}
	}
	if s.n > 0 && s.last != s.r.usual {
		s.ragged++
		if s.firstAt == 0 {
			s.firstAt = s.lastAt
		}
	}
	if s.ragged > 0 {
		notes = append(notes, file.Note{Code: "ragged_rows", Line: s.firstAt, Count: s.ragged, Message: "rows have more or fewer cells than the others"})
	}
	return notes, nil
}

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
		if kind == "name" && named {
			kind = ""
		}
		named = named || kind == "name"
		h.labels[i] = kind
	}
	return h
}

// contentOf guesses the field of a column from its cells: "email", "links",
// "name", or "".
func contentOf(rows []headRow, col int) string {
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
		case strings.HasPrefix(low, "http"), strings.HasPrefix(low, "www."), strings.HasPrefix(c, "@"), strings.Contains(low, ".com/"):
			links++
		case strings.Contains(c, " ") && !looksLikeData(c) && len(c) < 60:
			names++
		}
	}
	switch {
	case n == 0:
		return ""
	case addresses*5 >= n*4:
		return "email"
	case links*5 >= n*4:
		return "links"
	case names*5 >= n*3:
		return "name"
	}
	return ""
}
