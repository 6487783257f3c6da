package importer

import (
	"bytes"
	"fmt"
	"strings"

	"muster/importer/csvfile"
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
	text, err := l.detectText()
	if err != nil {
		return err
	}
	head, whole, err := l.readHead(text)
	if err != nil {
		return err
	}
	if l.o.Delimiter == "" && isAddressList(head, len(l.o.Map) > 0) {
		return l.openAddresses(text)
	}
	layout, err := csvfile.Sniff(head, whole, l.o.Delimiter, signs)
	if err != nil {
		return err
	}
	l.info.Delimiter = layout.Delimiter()
	if l.o.Delimiter == "" && layout.BreaksSepLine(head) {
		l.note(file.Note{
			Code:    "sep_line_ignored",
			Line:    1,
			Message: "the first line says that another delimiter is used; it is not",
		})
	}
	return l.openLayout(text, layout)
}

// signs are by what the cells of a list of people are known.
var signs = csvfile.Signs{
	Header:  func(cell string) bool { field, _ := columnFor(cell); return field != "" },
	Address: looksLikeAddress,
}

// detectText finds the encoding of a CSV file and notes what was assumed.
func (l *List) detectText() (csvfile.Text, error) {
	t, err := csvfile.Detect(l.file, l.size, l.o.Encoding)
	if err != nil {
		return t, err
	}
	l.info.Encoding = t.Encoding
	l.info.Certain = t.Certain
	l.info.RowsHint = t.Lines
	asked := l.o.Encoding
	if t.Encoding == "utf-8" && t.Marked() && asked != "" && !strings.Contains(strings.ToLower(asked), "utf") {
		l.note(file.Note{
			Code: "option_ignored",
			Message: fmt.Sprintf("the file begins with the mark of UTF-8 and is UTF-8 throughout; "+
				"--encoding %s was not used", asked),
		})
	}
	if !t.Certain {
		l.note(file.Note{
			Code:    "encoding_assumed",
			Message: fmt.Sprintf("the encoding was taken for %s; --encoding settles it", t.Encoding),
		})
	}
	if t.NULs > 0 {
		l.note(file.Note{
			Code:    "nul_bytes",
			Count:   t.NULs,
			Message: "bytes of zero were left out; they are no text, so something may be damaged where they stood",
		})
	}
	if t.CutShort {
		return t, &file.Error{
			Class: file.Truncated,
			Msg:   "ends in the middle of a character",
			Hint:  "the export or download was cut short; make it again",
		}
	}
	return t, nil
}

// readHead reads the first decoded bytes of a CSV file; it refuses one without
// text.
func (l *List) readHead(t csvfile.Text) (head []byte, whole bool, err error) {
	decoded, _ := t.Reader(l.file, l.size)
	head, whole, err = csvfile.ReadHead(decoded)
	switch {
	case err != nil:
		return nil, false, &file.Error{Class: file.Unreadable, Msg: "cannot be read", Err: err}
	case len(bytes.Trim(head, " \t\r\n,;|\"\u00a0")) == 0 && whole:
		return nil, false, &file.Error{
			Class: file.Empty,
			Msg:   "the file has no text in it",
			Hint:  "check that the export finished",
		}
	case isBinary(head[:min(len(head), 16<<10)]):
		return nil, false, &file.Error{
			Class: file.NotSpreadsheet,
			Msg:   "is no text, and no kind of workbook that is known",
			Hint:  "export the table as CSV or XLSX",
		}
	}
	return head, whole, nil
}

// openLayout finds the header of a CSV file whose layout is known.
func (l *List) openLayout(t csvfile.Text, layout csvfile.Layout) error {
	open := func() (file.Source, error) { return csvfile.NewSource(t, layout, l.file, l.size, l.o.Limits), nil }
	rows, err := l.findTable("", open)
	if err != nil {
		return err
	}
	h := &l.table.header
	if len(h.labels)+1 == layout.Usual && shiftedByOne(*h, rows) {
		h.labels = append([]string{""}, h.labels...)
		l.note(file.Note{
			Code:    "row_names",
			Line:    h.line,
			Message: "the first column has no header (R writes row names so); the headers were moved one to the right",
		})
	}
	for len(h.labels) < layout.Usual { // columns without a header, as a row of them has it
		h.labels = append(h.labels, "")
	}
	layout.Usual = len(h.labels)
	layout.HeaderLine = h.line
	return nil
}
