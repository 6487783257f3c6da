package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"muster/importer/file"
	"muster/importer/record"
	"muster/importer/xlsxfile"
)

// openXLSX checks the workbook, finds the sheet to read, and opens lists for
// the others that are to be read with it.
func (l *List) openXLSX() (others []*List, err error) {
	if l.o.Encoding != "" || l.o.Delimiter != "" {
		l.note(file.Note{
			Code:    "option_ignored",
			Message: "a workbook has its own encoding and no delimiter; --encoding and --delimiter mean nothing for it",
		})
	}
	dir, err := l.tempDir()
	if err != nil {
		return nil, err
	}
	if l.book, err = xlsxfile.Open(l.file, l.size, dir, l.o.Limits); err != nil {
		return nil, err
	}
	if others, err = l.chooseSheets(); err != nil {
		return others, err
	}
	all := append([]*List{l}, others...)
	if err := l.noteSheets(all); err != nil {
		return others, err
	}
	shareMap(all)
	for _, list := range all {
		if err := list.understand(); err != nil {
			return others, file.Placed(err, "", list.table.sheet)
		}
	}
	return others, nil
}

// chooseSheets finds the sheet of the list by --sheet, and opens lists for
// those that are read with it: all that name people where all are asked for,
// all rejected rows where such are fed back.
func (l *List) chooseSheets() (others []*List, err error) {
	if l.o.Sheet != "" && l.o.Sheet != "*" {
		return nil, l.namedSheet(l.o.Sheet)
	}
	if err := l.firstSheet(); err != nil {
		return nil, err
	}
	switch {
	case l.o.Sheet == "*":
		return l.otherSheets(func(t table) bool { return t.people })
	case fedBack(l.table.header.labels):
		return l.otherSheets(func(t table) bool { return fedBack(t.header.labels) })
	}
	return nil, nil
}

// takeSheet makes a sheet the table of the list.
func (l *List) takeSheet(sheet xlsxfile.Sheet) error {
	open := func() (file.Source, error) { return l.book.Rows(sheet) }
	_, err := l.findTable(sheet.Name, open)
	return file.Placed(err, "", sheet.Name)
}

// firstSheet takes the first visible sheet whose header names people and has
// rows below it; failing that, the first with such a header; failing that, the
// first with any header; failing that, the first with rows.
func (l *List) firstSheet() error {
	var best *table
	for _, sheet := range l.book.Sheets() {
		if sheet.Hidden {
			continue
		}
		err := l.takeSheet(sheet)
		if isEmpty(err) {
			continue
		}
		if err != nil || l.table.people && !l.table.rowless {
			return err
		}
		if t := l.table; best == nil || t.rank() > best.rank() {
			best = &t
		}
	}
	if best == nil {
		return &file.Error{Class: file.Empty, Msg: "has no visible sheet with rows", Hint: hiddenHint(l.book.Sheets())}
	}
	l.table = *best
	return nil
}

// rank says how much a table looks like a list of people.
func (t table) rank() int {
	switch {
	case t.people:
		return 2
	case t.header.line > 0:
		return 1
	}
	return 0
}

// sibling is a list of another sheet of the workbook, with nothing read yet.
func (l *List) sibling() *List {
	l.lists++
	s := newList(l.path, l.o, l.lenient, l.holding)
	s.info.Format = XLSX
	s.info.Certain = true
	return s
}

// otherSheets opens a list for every other visible sheet that is wanted and
// has rows below its header.
func (l *List) otherSheets(wanted func(table) bool) (others []*List, err error) {
	for _, sheet := range l.book.Sheets() {
		if sheet.Hidden || sheet.Name == l.table.sheet || l.isOwnSheet(sheet.Name) {
			continue
		}
		s := l.sibling()
		switch err := s.takeSheet(sheet); {
		case isEmpty(err), err == nil && (!wanted(s.table) || s.table.rowless):
			_ = s.Close()
		case err != nil:
			return append(others, s), err
		default:
			others = append(others, s)
		}
	}
	return others, nil
}

// shareMap leaves each list of a workbook the part of --map that names columns
// of its own, and to the first also what names a column of none.
func shareMap(lists []*List) {
	if len(lists) == 1 {
		return
	}
	all := lists[0].o.Map
	known := map[string]bool{}
	for i := len(lists) - 1; i >= 0; i-- {
		own := map[string]string{}
		for key, to := range all {
			if lists[i].table.has(key) || i == 0 && !known[key] {
				own[key], known[key] = to, true
			}
		}
		lists[i].o.Map = own
	}
}

// has reports whether a table has a column that --map calls so.
func (t table) has(key string) bool {
	for i, label := range labelled(t.header, XLSX) {
		if _, hit := mapped(map[string]string{key: ""}, label, strings.TrimSpace(t.header.labels[i])); hit {
			return true
		}
	}
	return false
}

func isEmpty(err error) bool {
	var fe *file.Error
	return errors.As(err, &fe) && fe.Class == file.Empty
}

func hiddenHint(sheets []xlsxfile.Sheet) string {
	for _, s := range sheets {
		if s.Hidden {
			return fmt.Sprintf("the sheet %q is hidden; --sheet reads it", s.Name)
		}
	}
	return "check that the export finished"
}

// namesPeople reports whether a header has a column that can tell who a
// person is, by its words or by --map. One of profiles counts only where
// anything below it can be one: sheets of numbers have such headers, too.
func (l *List) namesPeople(h header, rows []headRow) bool {
	for i, label := range labelled(h, XLSX) {
		raw := strings.TrimSpace(h.labels[i])
		if to, told := mapped(l.o.Map, label, raw); told && to != "" {
			return true
		}
		switch f, network := columnFor(raw); {
		case f == record.FieldEmail, f == record.FieldExternalID:
			return true
		case network != "", f == record.FieldLinks, f == record.FieldBlog:
			below := rows[min(h.first, len(rows)):]
			if len(below) == 0 || slices.ContainsFunc(below, func(r headRow) bool { return hasWords(r.cells, i) }) {
				return true
			}
		}
	}
	return false
}

// hasWords reports whether there is a letter in a cell.
func hasWords(cells []string, i int) bool {
	return i < len(cells) && strings.ContainsFunc(cells[i], unicode.IsLetter)
}

// namedSheet takes the sheet asked for, hidden or not.
func (l *List) namedSheet(name string) error {
	var names []string
	for _, sheet := range l.book.Sheets() {
		if strings.EqualFold(strings.TrimSpace(sheet.Name), strings.TrimSpace(name)) {
			return l.takeSheet(sheet)
		}
		names = append(names, fmt.Sprintf("%q", sheet.Name))
	}
	return &file.Error{
		Class: file.BadMapping,
		Msg:   fmt.Sprintf("has no sheet %q", name),
		Hint:  "its sheets are: " + strings.Join(names, ", "),
	}
}
