package xlsxfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
)

// sheetCell is what the XML of a sheet says of one cell, without its text.
type sheetCell struct {
	col    int // from 0
	kind   byte
	style  int
	filled bool // excelize must find a value here
	noSum  bool // a formula without a stored result
	long   bool // a number of more than 15 digits
	body   span // what stands between its tags
	text   int  // number of its shared string, -1 = none
}

// span is a stretch of the bytes of a part.
type span struct{ from, to int64 }

// Kinds of cells: number, shared string, inline string, formula string,
// boolean, error, ISO date.
const (
	numberCell = 'n'
	sharedCell = 's'
	inlineCell = 'i'
	stringCell = 't'
	boolCell   = 'b'
	errorCell  = 'e'
	dateCell   = 'd'
)

// sheetRow is one row element.
type sheetRow struct {
	num    int // from 1
	hidden bool
	cells  []sheetCell
	filled int // cells with a value

	disordered bool // its cells stood out of order
	unstyled   bool // it or a cell of it has an empty style
}

// Limits of the format.
const (
	maxSheetRows = 1_048_576
	maxSheetCols = 16_384
	maxText      = 8 << 20
	maxElements  = 1 << 19 // of one cell: more than Excel can write for a cell full of letters, each of its own style
	maxRow       = 64      // of one row: as many times the longest cell
	maxHead      = 1 << 20 // of what stands before the first row
)

// sheetScan walks through the rows of a sheet's XML.
type sheetScan struct {
	x       *xmlScan
	shared  *sharedScan // which shared strings have text; nil: there are none
	maxCols int
	maxCell int // bytes of text that a cell may hold
	row     sheetRow
	head    []byte // what stands before the first row, if it is no longer than maxHead
	inData  bool
	number  []byte // of a shared string, while it is read

	// formula, if set, is called with every formula that begins with HYPERLINK.
	formula func(row, col int, text string)
	// tail, if set, is called with every tag outside the rows.
	tail func(x *xmlScan)
}

func newSheetScan(r io.Reader, shared *sharedScan, l file.Limits) *sheetScan {
	s := &sheetScan{
		x:       newXMLScan(r, maxText),
		shared:  shared,
		maxCols: min(l.Columns, maxSheetCols),
		maxCell: l.CellBytes,
	}
	s.x.maxKept = maxRow * max(l.CellBytes, 1<<20)
	s.x.keep(0)
	return s
}

// nextRow steps to the next row element, whose bytes are kept until the next
// step; io.EOF after the last, when the rest of the part has been seen to be
// whole.
func (s *sheetScan) nextRow() (*sheetRow, error) {
	if s.row.num > 0 {
		s.x.keep(-1)
	}
	for s.x.next() {
		if s.x.kept == 0 && s.x.offset() > maxHead {
			s.x.keep(-1)
		}
		if s.x.kind == xmlText {
			continue
		}
		open := s.x.kind == xmlOpen
		switch name := string(s.x.name); {
		case name == "sheetData":
			s.inData = open
		case s.inData && name == "row" && open:
			if s.x.kept == 0 {
				s.head = bytes.Clone(undeclared(s.x.bytes(span{0, s.x.from})))
			}
			s.x.keep(s.x.from)
			return &s.row, s.readRow()
		case s.inData && open:
			return nil, s.broken("", fmt.Errorf("holds a <%s> where a row belongs", name))
		case !s.inData && s.tail != nil:
			s.tail(s.x)
		}
	}
	if s.x.err == io.EOF {
		return nil, io.EOF
	}
	return nil, s.broken("", s.x.err)
}

// undeclared is the beginning of a part without the mark of byte order and the
// declaration of XML, which are about the bytes of the file.
func undeclared(head []byte) []byte {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if _, rest, ok := bytes.Cut(head, []byte("?>")); ok && bytes.HasPrefix(head, []byte("<?xml")) {
		return rest
	}
	return head
}

// readRow reads the cells of the row whose tag has just been read.
func (s *sheetScan) readRow() error {
	num := s.row.num + 1
	if v, ok := s.x.attr("r"); ok {
		n, err := strconv.Atoi(string(v))
		if err != nil || n < num {
			return s.broken("", fmt.Errorf("has its rows out of order (%q after row %d)", v, s.row.num))
		}
		num = n
	}
	if num > maxSheetRows {
		return &file.Error{
			Class: file.TooLarge,
			Line:  num,
			Msg:   fmt.Sprintf("has more than %d rows", maxSheetRows),
			Hint:  "split the list",
		}
	}
	hidden, _ := s.x.attr("hidden")
	style, styled := s.x.attr("s")
	s.row = sheetRow{
		num:      num,
		hidden:   isTrue(hidden),
		cells:    s.row.cells[:0],
		unstyled: styled && len(style) == 0,
	}
	for s.x.next() {
		switch {
		case s.x.kind == xmlText:
		case s.x.kind == xmlOpen && string(s.x.name) == "c":
			if err := s.readCell(); err != nil {
				return err
			}
		case s.x.kind == xmlClose && string(s.x.name) == "row":
			return s.putInOrder()
		}
	}
	return s.broken("", s.x.err)
}

// putInOrder sorts the cells of a row that stood out of order. Two cells in one
// place are an error: either could be the one that is meant.
func (s *sheetScan) putInOrder() error {
	if !s.row.disordered {
		return nil
	}
	slices.SortFunc(s.row.cells, func(a, b sheetCell) int { return a.col - b.col })
	for i := range s.row.cells[1:] {
		if col := s.row.cells[i].col; col == s.row.cells[i+1].col {
			return s.broken(file.ColumnLetter(col+1), errors.New("has two cells in one place"))
		}
	}
	return nil
}

// readCell reads one cell.
func (s *sheetScan) readCell() error {
	c := sheetCell{kind: numberCell, body: span{from: s.x.offset()}, text: -1}
	if n := len(s.row.cells); n > 0 {
		c.col = s.row.cells[n-1].col + 1
	}
	if err := s.readCellTag(&c); err != nil {
		return err
	}
	if err := s.readContent(&c); err != nil {
		return err
	}
	s.row.cells = append(s.row.cells, c)
	if c.filled {
		s.row.filled++
	}
	return nil
}

// readCellTag reads the attributes of a cell: where it is, how it is shown,
// of what kind it is.
func (s *sheetScan) readCellTag(c *sheetCell) error {
	for b := s.x.attrs; ; {
		key, v, rest, ok := nextAttr(b)
		if !ok {
			break
		}
		b = rest
		if len(key) != 1 {
			continue
		}
		switch key[0] {
		case 'r':
			col, row := cellRef(v)
			if row != s.row.num || col < 0 {
				return s.broken(string(v), fmt.Errorf("has a cell %q out of order", v))
			}
			s.row.disordered = s.row.disordered || col < c.col
			c.col = col
		case 's':
			c.style = smallInt(v)
			s.row.unstyled = s.row.unstyled || len(v) == 0
		case 't':
			if c.kind = cellKind(v); c.kind == 0 {
				return s.broken(file.ColumnLetter(c.col+1), fmt.Errorf("has a cell of the unknown type %q", v))
			}
		}
	}
	if c.col >= s.maxCols {
		return &file.Error{
			Class: file.TooLarge,
			Line:  s.row.num,
			Msg:   fmt.Sprintf("has more than %d columns", s.maxCols),
			Hint:  "delete the columns that are not needed, or raise the limit with --max-columns",
		}
	}
	return nil
}

// smallInt reads a number without sign; anything else is -1.
func smallInt(b []byte) (n int) {
	if len(b) == 0 || len(b) > 9 {
		return -1
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func cellKind(v []byte) byte {
	switch string(v) {
	case "s":
		return sharedCell
	case "n":
		return numberCell
	case "inlineStr":
		return inlineCell
	case "str":
		return stringCell
	case "b":
		return boolCell
	case "e":
		return errorCell
	case "d":
		return dateCell
	}
	return 0
}

// readContent reads what stands between <c> and </c>.
func (s *sheetScan) readContent(c *sheetCell) error {
	depth := s.x.depth
	var in byte // v, f, t = text of an inline string
	formula := false
	value := false
	phonetic := false
	size, elements := 0, 0
	s.number = s.number[:0]
	for s.x.next() {
		switch s.x.kind {
		case xmlOpen:
			if elements++; elements > maxElements {
				return s.tooLong(c)
			}
			switch string(s.x.name) {
			case "v":
				in = 'v'
				s.number = s.number[:0]
			case "f":
				in, formula = 'f', true
			case "t":
				in = 't'
			case "rPh":
				phonetic = true
			}
		case xmlClose:
			if s.x.depth < depth {
				c.noSum = formula && !value
				c.body.to = max(s.x.from, c.body.from)
				return s.readShared(c)
			}
			in = 0
			phonetic = phonetic && string(s.x.name) != "rPh"
		case xmlText:
			if size += len(s.x.text); size > s.maxCell {
				return s.tooLong(c)
			}
			switch in {
			case 'v':
				s.readValue(c, s.x.text)
				value = true
			case 't':
				c.filled = c.filled || (c.kind == inlineCell && !phonetic && len(s.x.text) > 0)
			case 'f':
				s.readFormula(c, s.x.text)
			}
		}
	}
	return s.broken(file.ColumnLetter(c.col+1), s.x.err)
}

func (s *sheetScan) tooLong(c *sheetCell) error {
	return file.CellTooLong(s.row.num, file.ColumnLetter(c.col+1), s.maxCell)
}

// readValue checks a stored value.
func (s *sheetScan) readValue(c *sheetCell, v []byte) {
	if c.kind == sharedCell {
		s.number = append(s.number, v...)
		return
	}
	c.filled = c.filled || len(v) > 0
	c.long = c.kind == numberCell && longNumber(v)
}

// readShared finds the shared string of a cell that has been read.
func (s *sheetScan) readShared(c *sheetCell) error {
	if c.kind != sharedCell || len(s.number) == 0 {
		return nil
	}
	c.text = smallInt(bytes.TrimSpace(s.number))
	if s.shared == nil || c.text < 0 || c.text >= s.shared.n {
		return s.broken(file.ColumnLetter(c.col+1),
			fmt.Errorf("has a cell whose text %q is not in the workbook's list of texts", s.number))
	}
	c.filled = s.shared.filled(c.text)
	return nil
}

// longNumber reports whether a number has lost digits: spreadsheet programs
// keep 15 and write the number with an exponent, or with zeros for the rest.
// Programs that write all digits have kept them.
func longNumber(v []byte) bool {
	if bytes.IndexByte(v, 'E') < 0 && bytes.IndexByte(v, 'e') < 0 {
		whole, _, _ := bytes.Cut(bytes.TrimPrefix(v, []byte{'-'}), []byte{'.'})
		return len(whole) > 15 && len(bytes.Trim(whole[15:], "0")) == 0
	}
	f, err := strconv.ParseFloat(string(v), 64)
	return err == nil && (f >= 1e15 || f <= -1e15)
}

func (s *sheetScan) readFormula(c *sheetCell, text []byte) {
	if s.formula == nil || len(text) < 11 {
		return
	}
	f := strings.TrimSpace(unescape(text))
	if len(f) > 10 && strings.EqualFold(f[:10], "HYPERLINK(") {
		s.formula(s.row.num, c.col, f)
	}
}

// broken is the error for XML that is cut off or not as it must be.
func (s *sheetScan) broken(col string, err error) error {
	return brokenPart(err, s.row.num, col)
}

// brokenPart makes the error of a part's scanner one for people.
func brokenPart(err error, line int, col string) error {
	var told *file.Error
	if errors.As(err, &told) { // by the archive: where its bytes are wrong nobody knows
		return told
	}
	e := &file.Error{
		Line:   line,
		Column: col,
		Class:  file.Corrupt,
		Err:    err,
		Msg:    "the sheet is damaged: it " + err.Error(),
		Hint:   letItRepair,
	}
	switch err {
	case errXMLEnds, io.ErrUnexpectedEOF:
		e.Class = file.Truncated
		e.Msg = "the sheet breaks off here"
	case errXMLText:
		e.Class = file.Bomb
		e.Msg = "the workbook holds a text that is far too long"
		e.Hint = "a list of people has no such texts"
	case errXMLRow:
		e.Class = file.TooLarge
		e.Msg = "a row is far too long"
		e.Hint = "a list of people has no such rows; shorten its cells, or raise the limit with --max-cell-size"
	case errXMLDoctype:
		e.Class = file.Corrupt
		e.Msg = "the workbook holds a document type declaration, which no spreadsheet program writes"
		e.Hint = "make the file again with a spreadsheet program"
	case errXMLCharset:
		e.Class = file.Unsupported
		e.Msg = "the workbook is not stored in UTF-8"
		e.Hint = "open it in a spreadsheet program and save it again"
	}
	return e
}

// cellRef reads "C7" as column 2 (from 0) and row 7; a bad one is -1, -1.
func cellRef(b []byte) (col, row int) {
	i := 0
	for i < len(b) && ((b[i] >= 'A' && b[i] <= 'Z') || b[i] == '$') {
		if b[i] != '$' {
			col = col*26 + int(b[i]-'A') + 1
		}
		i++
	}
	if i == 0 || i > 4 || i == len(b) || len(b)-i > 8 {
		return -1, -1
	}
	for ; i < len(b); i++ {
		if b[i] < '0' || b[i] > '9' {
			return -1, -1
		}
		row = row*10 + int(b[i]-'0')
	}
	return col - 1, row
}

func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" }
