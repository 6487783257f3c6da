package importer

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// openXLSX checks the workbook and finds the sheet to read.
func (l *List) openXLSX() error {
	if l.o.Encoding != "" || l.o.Delimiter != "" {
		l.note(Note{Code: "option_ignored", Message: "a workbook has its own encoding and no delimiter; --encoding and --delimiter mean nothing for it"})
	}
	dir, err := l.tempDir()
	if err != nil {
		return err
	}
	l.book, err = openWorkbook(l.file, l.size, dir, l.o.Limits)
	if err != nil {
		return err
	}
	for _, s := range l.book.pkg.sheets {
		l.info.Sheets = append(l.info.Sheets, SheetInfo{Name: s.name, Hidden: s.hidden})
	}
	l.info.Certain = true
	switch l.o.Sheet {
	case "":
		if err = l.firstSheet(); err == nil && fedBack(l.tables[0].header.labels) {
			err = l.everySheet()
		}
	case "*":
		err = l.everySheet()
	default:
		err = l.namedSheet(l.o.Sheet)
	}
	if err != nil {
		return err
	}
	return l.noteSheets()
}

// sheetTable makes the table of a sheet.
func (l *List) sheetTable(ref sheetRef) (table, error) {
	open := func(ctx context.Context) (source, error) { return l.book.openSheet(ctx, ref) }
	before := len(l.tables)
	if err := l.findTable(ref.name, open); err != nil {
		return table{}, placed(err, "", ref.name)
	}
	t := l.tables[before]
	l.tables = l.tables[:before]
	return t, nil
}

// firstSheet takes the first visible sheet with a header that names people;
// failing that, the first with any header; failing that, the first with rows.
func (l *List) firstSheet() error {
	var fallback *table
	for _, ref := range l.book.pkg.sheets {
		if ref.hidden {
			continue
		}
		t, err := l.sheetTable(ref)
		if isEmpty(err) {
			continue
		}
		if err != nil {
			return err
		}
		if l.namesPeople(t.header) {
			l.tables = []table{t}
			return nil
		}
		if fallback == nil || (fallback.header.line == 0 && t.header.line > 0) {
			fallback = &t
		}
	}
	if fallback == nil {
		return &FileError{Class: Empty, Msg: "has no visible sheet with rows", Hint: hiddenHint(l.book.pkg.sheets)}
	}
	l.tables = []table{*fallback}
	return nil
}

func isEmpty(err error) bool {
	var fe *FileError
	return errors.As(err, &fe) && fe.Class == Empty
}

func hiddenHint(sheets []sheetRef) string {
	for _, s := range sheets {
		if s.hidden {
			return fmt.Sprintf("the sheet %q is hidden; --sheet reads it", s.name)
		}
	}
	return "check that the export finished"
}

// namesPeople reports whether a header has a column that can tell who a
// person is, by its words or by --map.
func (l *List) namesPeople(h header) bool {
	for i, label := range labelled(h, XLSX) {
		raw := strings.TrimSpace(h.labels[i])
		if to, told := mapped(l.o.Map, label, raw); told && to != "" {
			return true
		}
		switch f, network := columnFor(raw); {
		case network != "", f == "email", f == "external id", f == "links", f == "blog":
			return true
		}
	}
	return false
}

// namedSheet takes the sheet asked for, hidden or not.
func (l *List) namedSheet(name string) error {
	var names []string
	for _, ref := range l.book.pkg.sheets {
		if strings.EqualFold(strings.TrimSpace(ref.name), strings.TrimSpace(name)) {
			t, err := l.sheetTable(ref)
			l.tables = []table{t}
			return err
		}
		names = append(names, fmt.Sprintf("%q", ref.name))
	}
	return &FileError{Class: BadMapping, Msg: fmt.Sprintf("has no sheet %q", name), Hint: "its sheets are: " + strings.Join(names, ", ")}
}

// everySheet takes all visible sheets whose header is that of the first.
func (l *List) everySheet() error {
	if err := l.firstSheet(); err != nil {
		return err
	}
	first := l.tables[0]
	for _, ref := range l.book.pkg.sheets {
		if ref.hidden || ref.name == first.sheet {
			continue
		}
		t, err := l.sheetTable(ref)
		if isEmpty(err) {
			continue
		}
		if err != nil {
			return err
		}
		if sameHeader(first.header, t.header) {
			l.tables = append(l.tables, t)
		}
	}
	return nil
}

func sameHeader(a, b header) bool {
	if a.line == 0 || b.line == 0 || len(a.labels) != len(b.labels) {
		return false
	}
	for i := range a.labels {
		if headerKey(a.labels[i]) != headerKey(b.labels[i]) {
			return false
		}
	}
	return true
}

// noteSheets says which sheets were not read.
func (l *List) noteSheets() error {
	read := map[string]bool{}
	for _, t := range l.tables {
		read[t.sheet] = true
		for _, ref := range l.book.pkg.sheets {
			if ref.name == t.sheet {
				sum, err := l.book.summary(ref)
				if err != nil {
					return err
				}
				l.info.RowsHint += sum.filledRows
			}
		}
	}
	var left []string
	for i := range l.info.Sheets {
		s := &l.info.Sheets[i]
		s.Read = read[s.Name]
		if !s.Read {
			name := fmt.Sprintf("%q", s.Name)
			if s.Hidden {
				name += " (hidden)"
			}
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		l.note(Note{Code: "sheets_not_read", Count: len(left), Message: "other sheets were not read: " + strings.Join(left, ", ") + "; --sheet names one"})
	}
	return nil
}
