package xlsxfile

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"muster/importer/file"
	"muster/importer/record"
)

// source hands out the rows of a sheet: the values from excelize, what
// they are from the trace of the scan.
type source struct {
	w      *Workbook
	ref    Sheet
	sum    *sheetSummary
	pieces *pieceReader
	ahead  *ahead // nil for the first piece: whoever looks for a header needs no more
	piece  *piece
	at     int // rows of the piece that were handed out
	trace  traceReader
	extra  *file.Beside
	rec    []string
	merged []openMerge // cells from above that reach into the rows under way
}

// openMerge is a merged cell whose first row was read.
type openMerge struct {
	mergedDown
	text string
}

// Rows opens a sheet to read its rows. Only those with a value, or a formula
// without a result, are handed out. The error is a *file.Error for a sheet that
// is damaged.
func (w *Workbook) Rows(ref Sheet) (file.Source, error) {
	sum, err := w.summary(ref)
	if err != nil {
		return nil, err
	}
	if w.reader == nil {
		if w.reader, err = w.openReader(); err != nil {
			return nil, file.Placed(err, "", ref.Name)
		}
	}
	pieces, err := openPieces(sum.pieces)
	if err != nil {
		return nil, err
	}
	return &source{w: w, ref: ref, sum: sum, pieces: pieces, piece: &piece{}}, nil
}

// Close ends the reading; no goroutine is left.
func (s *source) Close() error {
	if s.ahead != nil {
		s.ahead.close()
	}
	return s.pieces.close()
}

func (s *source) Done() ([]file.Note, error) { return s.sum.notes(s.ref.Name), nil }

func (s *source) Beside() *file.Beside { return s.extra }

// Next steps to the next row with a value or an unfinished formula.
func (s *source) Next() ([]string, error) {
	if s.at == s.piece.rows {
		if err := s.step(); err != nil {
			return nil, err
		}
	}
	row, err := s.trace.next()
	if err != nil {
		return nil, err
	}
	if s.at == len(s.piece.values) {
		return nil, s.differs(row.num, s.piece.fault, "")
	}
	values := s.piece.values[s.at]
	s.at++
	return s.record(row, values)
}

// step steps to the next piece. The first is read here, those behind it ahead
// of their time.
func (s *source) step() (err error) {
	if s.piece.fault != "" {
		return s.differs(s.trace.row.num, s.piece.fault, "")
	}
	switch {
	case s.ahead != nil:
		s.piece, err = s.ahead.next()
	case s.piece.rows > 0:
		s.ahead = readAhead(s.pieces, s.w.reader.read, min(runtime.GOMAXPROCS(0), places))
		s.piece, err = s.ahead.next()
	default:
		if s.piece, err = s.pieces.next(); err == nil {
			s.w.reader.read(s.piece)
		}
	}
	s.at = 0
	if err != nil {
		s.piece = &piece{}
		return err
	}
	s.trace.begin(s.piece.trace)
	return nil
}

func (s *source) differs(line int, what, col string) error {
	return &file.Error{
		Class:  file.Corrupt,
		Sheet:  s.ref.Name,
		Line:   line,
		Column: col,
		Msg:    "the sheet is damaged: it " + what,
		Hint:   letItRepair,
	}
}

// record compares the values with the scan and writes them as people read
// them.
func (s *source) record(row *sheetRow, values []string) ([]string, error) {
	s.extra = s.sum.linksOf(row.num)
	s.rec = append(s.rec[:0], strconv.Itoa(row.num))
	seen := 0
	for i := range row.cells {
		c := &row.cells[i]
		value := ""
		if c.col < len(values) {
			value = values[c.col]
		}
		if value != "" {
			seen++
		}
		if (value != "") != c.filled {
			return nil, s.differs(row.num, "has a cell whose value cannot be read", file.ColumnLetter(c.col+1))
		}
		if !c.filled && !c.noSum {
			continue
		}
		s.put(c, value)
	}
	for i := range values {
		if values[i] != "" {
			seen--
		}
	}
	if seen != 0 {
		return nil, s.differs(row.num, "has values in cells that are not there", "")
	}
	if s.extra != nil {
		for col := range s.extra.Links {
			for len(s.rec) <= col+1 {
				s.rec = append(s.rec, "")
			}
		}
	}
	s.spread(row.num)
	return s.rec, nil
}

// spread puts beside the record what cells say that are merged from above over it, and
// remembers those that begin in it.
func (s *source) spread(row int) {
	s.merged = slices.DeleteFunc(s.merged, func(m openMerge) bool { return m.last < row })
	for _, m := range s.merged {
		if s.extra == nil {
			s.extra = &file.Beside{}
		}
		if s.extra.Above == nil {
			s.extra.Above = map[int]string{}
		}
		s.extra.Above[m.col] = m.text
	}
	for _, m := range s.sum.down[row] {
		if m.col+1 < len(s.rec) && s.rec[m.col+1] != "" {
			s.merged = append(s.merged, openMerge{m, s.rec[m.col+1]})
		}
	}
}

// put writes a cell of the record, and its mark beside it.
func (s *source) put(c *sheetCell, value string) {
	for len(s.rec) <= c.col {
		s.rec = append(s.rec, "")
	}
	text, mark := s.w.show(c, value)
	s.rec = append(s.rec, text)
	if mark == 0 {
		return
	}
	if s.extra == nil {
		s.extra = &file.Beside{}
	}
	if s.extra.Marks == nil {
		s.extra.Marks = map[int]record.Mark{}
	}
	s.extra.Marks[c.col] = mark
}

// showsStyle reports whether a style changes how a number is read.
func (w *Workbook) showsStyle(style int) bool {
	return style >= 0 && style < len(w.styles) && w.styles[style] != styleKind{}
}

// show writes a stored value as a person reads it, and marks what is odd.
func (w *Workbook) show(c *sheetCell, v string) (string, record.Mark) {
	switch {
	case c.noSum:
		return "", record.NoResult
	case c.kind == boolCell:
		if v == "1" {
			return "TRUE", 0
		}
		if v == "0" {
			return "FALSE", 0
		}
		return v, 0
	case c.kind == errorCell:
		return v, record.ErrorCell
	case c.kind == dateCell:
		return isoDate(v), record.DateCell
	case c.kind != numberCell:
		return v, 0
	}
	var style styleKind
	if w.showsStyle(c.style) {
		style = w.styles[c.style]
	}
	if style.date || style.clock {
		if text, ok := w.date(v, style); ok {
			return text, record.DateCell
		}
	}
	text := plainNumber(v)
	if n := style.zeros - len(text); n > 0 && text != "" && text[0] != '-' && strings.IndexByte(text, '.') < 0 {
		text = strings.Repeat("0", n) + text
	}
	if c.long {
		return text, record.LongNumber
	}
	return text, 0
}

// date writes a serial number as ISO 8601.
func (w *Workbook) date(v string, k styleKind) (string, bool) {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f < 0 || f >= 2_958_466 {
		return "", false
	}
	t, err := excelize.ExcelDateToTime(f, w.pkg.date1904)
	if err != nil {
		return "", false
	}
	t = t.Round(time.Second)
	if f < 1 && k.clock && !k.date {
		return t.Format("15:04:05"), true
	}
	return dateText(t), true
}

func dateText(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02T15:04:05")
}

// isoDate writes a date that is stored as text like one stored as a number.
func isoDate(v string) string {
	for _, layout := range [...]string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05"} {
		t, err := time.Parse(layout, v)
		if err != nil {
			continue
		}
		return dateText(t.Round(time.Second))
	}
	return v
}
