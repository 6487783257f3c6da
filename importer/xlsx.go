package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook is a checked package and the sheets of it that are open.
//
// excelize drops checksum, size and XML errors, knows parts only under their
// usual names, and loads what it does not need. So it never sees the file
// itself: a sheet is scanned first, then handed over in a package of our own
// that holds this sheet, the shared strings and nothing else, and while its
// rows come in they are compared cell by cell with what the scan found.
type workbook struct {
	pkg    *opcPackage
	temp   string
	limits Limits
	shared *sharedScan
	styles []styleKind
	books  map[string]*excelize.File // by part of the sheet
	scans  map[string]*sheetSummary
}

// onlySheet is the name of the sheet in our own packages.
const onlySheet = "Sheet1"

// openWorkbook checks the package and scans its shared strings.
func openWorkbook(r io.ReaderAt, size int64, temp string, l Limits) (*workbook, error) {
	pkg, err := openPackage(r, size, l)
	if err != nil {
		return nil, err
	}
	w := &workbook{pkg: pkg, temp: temp, limits: l, books: map[string]*excelize.File{}, scans: map[string]*sheetSummary{}}
	if _, ok := pkg.parts[partKey(pkg.shared)]; ok {
		part, err := pkg.part(pkg.shared)
		if err != nil {
			return nil, err
		}
		w.shared, err = scanShared(part)
		if cerr := part.Close(); err == nil && cerr != nil {
			err = zipError(cerr)
		}
		if err != nil {
			return nil, err
		}
	}
	w.styles, err = pkg.readStyles()
	return w, err
}

func (w *workbook) close() error {
	var first error
	for _, b := range w.books {
		if err := b.Close(); err != nil && first == nil {
			first = err
		}
	}
	w.books = nil
	return first
}

// summary scans a sheet once and remembers what stands outside its cells.
func (w *workbook) summary(ref sheetRef) (*sheetSummary, error) {
	if s := w.scans[ref.part]; s != nil {
		return s, nil
	}
	s, err := w.summarize(ref)
	if err != nil {
		return nil, placed(err, "", ref.name)
	}
	w.scans[ref.part] = s
	return s, nil
}

// book opens a sheet that was scanned with excelize.
func (w *workbook) book(ref sheetRef) (f *excelize.File, err error) {
	if f := w.books[ref.part]; f != nil {
		return f, nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = &FileError{Class: Corrupt, Sheet: ref.name, Msg: fmt.Sprintf("cannot be read: %v", p), Hint: "open it in a spreadsheet program and save it again"}
		}
	}()
	name, err := w.extract(ref)
	if err != nil {
		return nil, err
	}
	defer os.Remove(name)
	f, err = excelize.OpenFile(name, excelize.Options{RawCellValue: true, UnzipSizeLimit: w.limits.UnpackedBytes + 1<<20, TmpDir: w.temp})
	if err != nil {
		return nil, &FileError{Class: Corrupt, Sheet: ref.name, Msg: "cannot be read", Err: err, Hint: "open it in a spreadsheet program and save it again"}
	}
	w.books[ref.part] = f
	return f, nil
}

// ownParts are the parts of our own package beside the sheet and the strings.
var ownParts = [][2]string{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + onlySheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
}

// extract writes our own package: the sheet and the strings as they lie in
// the file, still compressed.
func (w *workbook) extract(ref sheetRef) (name string, err error) {
	out, err := os.CreateTemp(w.temp, "sheet-*.xlsx")
	if err != nil {
		return "", &FileError{Class: Unreadable, Msg: "no private file can be made", Err: err}
	}
	defer func() {
		if cerr := out.Close(); err == nil && cerr != nil {
			err = cerr
		}
	}()
	z := zip.NewWriter(out)
	for _, p := range ownParts {
		part, err := z.Create(p[0])
		if err != nil {
			return "", err
		}
		if _, err := io.WriteString(part, p[1]); err != nil {
			return "", err
		}
	}
	if err := w.copyPart(z, ref.part, "xl/worksheets/sheet1.xml"); err != nil {
		return "", err
	}
	if w.shared != nil {
		if err := w.copyPart(z, w.pkg.shared, "xl/sharedStrings.xml"); err != nil {
			return "", err
		}
	}
	return filepath.Clean(out.Name()), z.Close()
}

func (w *workbook) copyPart(z *zip.Writer, from, to string) error {
	f := w.pkg.parts[partKey(from)]
	h := zip.FileHeader{Name: to, Method: f.Method, CRC32: f.CRC32, CompressedSize64: f.CompressedSize64, UncompressedSize64: f.UncompressedSize64}
	part, err := z.CreateRaw(&h)
	if err != nil {
		return err
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return zipError(err)
	}
	_, err = io.Copy(part, raw)
	return err
}

// xlsxSource hands out the rows of a sheet: the values from excelize, what
// they are from the trace of the scan.
type xlsxSource struct {
	w     *workbook
	ref   sheetRef
	sum   *sheetSummary
	rows  *excelize.Rows
	at    int // row excelize stands at
	trace *traceReader
	extra *beside
	rec   []string
}

func (w *workbook) openSheet(ctx context.Context, ref sheetRef) (source, error) {
	sum, err := w.summary(ref)
	if err != nil {
		return nil, err
	}
	book, err := w.book(ref)
	if err != nil {
		return nil, err
	}
	rows, err := book.Rows(onlySheet)
	if err != nil {
		return nil, &FileError{Class: Corrupt, Sheet: ref.name, Msg: "cannot be read", Err: err, Hint: "open it in a spreadsheet program and save it again"}
	}
	trace, err := openTrace(sum.trace)
	if err != nil {
		_ = rows.Close()
		return nil, err
	}
	return &xlsxSource{w: w, ref: ref, sum: sum, rows: rows, trace: trace}, nil
}

func (s *xlsxSource) close() error {
	_ = s.trace.close()
	return s.rows.Close()
}

func (s *xlsxSource) done(int) ([]Note, error) { return s.sum.notes(s.ref.name), nil }

func (s *xlsxSource) beside() *beside { return s.extra }

// next steps to the next row with a value or an unfinished formula.
func (s *xlsxSource) next() ([]string, error) {
	row, err := s.trace.next()
	if err != nil {
		return nil, err
	}
	values, err := s.values(row.num)
	if err != nil {
		return nil, err
	}
	return s.record(row, values)
}

// values has excelize step to a row and read it.
func (s *xlsxSource) values(num int) (values []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = s.differs(num, fmt.Sprintf("cannot be read: %v", p), "")
		}
	}()
	for s.at < num {
		if !s.rows.Next() {
			return nil, s.differs(num, "breaks off here", "")
		}
		s.at++
	}
	values, err = s.rows.Columns()
	if err == nil {
		err = s.rows.Error()
	}
	if err != nil {
		return nil, s.differs(num, "cannot be read: "+err.Error(), "")
	}
	return values, nil
}

func (s *xlsxSource) differs(line int, what, col string) error {
	return &FileError{Class: Corrupt, Sheet: s.ref.name, Line: line, Column: col, Msg: "the sheet is damaged: it " + what,
		Hint: "open the file in a spreadsheet program, let it repair it, and save it again"}
}

// record compares the values with the scan and writes them as people read
// them.
func (s *xlsxSource) record(row *sheetRow, values []string) ([]string, error) {
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
			return nil, s.differs(row.num, "has a cell whose value cannot be read", columnLetter(c.col+1))
		}
		if !c.filled && !c.noSum {
			continue
		}
		for len(s.rec) <= c.col {
			s.rec = append(s.rec, "")
		}
		text, mark := s.w.show(c, value)
		s.rec = append(s.rec, text)
		if mark != 0 {
			if s.extra == nil {
				s.extra = &beside{}
			}
			if s.extra.marks == nil {
				s.extra.marks = map[int]Mark{}
			}
			s.extra.marks[c.col] = mark
		}
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
		for col := range s.extra.links {
			for len(s.rec) <= col+1 {
				s.rec = append(s.rec, "")
			}
		}
	}
	return s.rec, nil
}

// showsStyle reports whether a style changes how a number is read.
func (w *workbook) showsStyle(style int) bool {
	return style >= 0 && style < len(w.styles) && w.styles[style] != styleKind{}
}

// show writes a stored value as a person reads it, and marks what is odd.
func (w *workbook) show(c *sheetCell, v string) (string, Mark) {
	switch {
	case c.noSum:
		return "", NoResult
	case c.kind == boolCell:
		if v == "1" {
			return "TRUE", 0
		}
		if v == "0" {
			return "FALSE", 0
		}
		return v, 0
	case c.kind == errorCell:
		return v, ErrorCell
	case c.kind == dateCell:
		return v, DateCell
	case c.kind != numberCell:
		return v, 0
	}
	var style styleKind
	if w.showsStyle(c.style) {
		style = w.styles[c.style]
	}
	if style.date || style.clock {
		if text, ok := w.date(v, style); ok {
			return text, DateCell
		}
	}
	text := plainNumber(v)
	if n := style.zeros - len(text); n > 0 && len(text) > 0 && text[0] != '-' && !bytes.ContainsRune([]byte(text), '.') {
		text = string(bytes.Repeat([]byte{'0'}, n)) + text
	}
	if c.long {
		return text, LongNumber
	}
	return text, 0
}

// date writes a serial number as ISO 8601.
func (w *workbook) date(v string, k styleKind) (string, bool) {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f < 0 || f >= 2_958_466 {
		return "", false
	}
	t, err := excelize.ExcelDateToTime(f, w.pkg.date1904)
	if err != nil {
		return "", false
	}
	t = t.Round(time.Second)
	midnight := t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
	switch {
	case f < 1 && k.clock && !k.date:
		return t.Format("15:04:05"), true
	case midnight:
		return t.Format("2006-01-02"), true
	}
	return t.Format("2006-01-02T15:04:05"), true
}
