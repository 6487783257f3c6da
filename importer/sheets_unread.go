package importer

import (
	"context"
	"fmt"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
	"muster/importer/xlsxfile"
)

// maxUnread is how many rows of a sheet that is not read are looked at. Of a
// longer one the number of rows is that of its filled lines.
const maxUnread = 5_000

// noteSheets says which sheets the lists of the workbook read and which not.
func (l *List) noteSheets(lists []*List) error {
	read := map[string]bool{}
	for _, list := range lists {
		read[list.table.sheet] = true
		for _, sheet := range l.book.Sheets() {
			if sheet.Name != list.table.sheet {
				continue
			}
			filled, err := l.book.FilledRows(sheet)
			if err != nil {
				return err
			}
			list.info.RowsHint = filled
		}
	}
	var left []string
	for _, sheet := range l.book.Sheets() {
		for _, list := range lists {
			info := SheetInfo{Name: sheet.Name, Hidden: sheet.Hidden, Read: read[sheet.Name]}
			list.info.Sheets = append(list.info.Sheets, info)
		}
		if read[sheet.Name] || l.isOwnSheet(sheet.Name) {
			continue
		}
		name := fmt.Sprintf("%q", sheet.Name)
		if sheet.Hidden {
			name += " (hidden)"
		} else if rows := l.countUnread(sheet); rows > 0 {
			l.info.Unread = append(l.info.Unread, record.UnreadSheet{Name: sheet.Name, Rows: rows})
			name += " (" + counted(rows, "row") + ")"
		}
		left = append(left, name)
	}
	if len(left) > 0 {
		l.note(file.Note{
			Code:  "sheets_not_read",
			Count: len(left),
			Message: "other sheets were not read: " + strings.Join(left, ", ") +
				"; --sheet names one, --sheet '*' all that hold people",
		})
	}
	return nil
}

// counted is a number of things in words.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// countUnread counts the rows of a sheet that is not read although nobody said so,
// if it holds people.
func (l *List) countUnread(sheet xlsxfile.Sheet) (rows int) {
	if l.o.Sheet != "" {
		return 0
	}
	s := l.sibling()
	s.lenient = true
	defer s.Close()
	defer l.book.Forget(sheet.Name)
	err := s.takeSheet(sheet)
	if isEmpty(err) || err == nil && !s.table.people {
		return 0
	}
	if err == nil {
		s.o.Map = nil
		if err = s.understand(); err == nil {
			rows, err = s.countPeople(sheet)
		}
	}
	if err != nil {
		l.note(file.Note{
			Code:  "sheet_damaged",
			Sheet: sheet.Name,
			Message: fmt.Sprintf("the sheet %q, which was not read, is damaged: %v",
				sheet.Name, file.Placed(err, l.path, sheet.Name)),
		})
		return 0
	}
	return rows
}

// countPeople counts the rows of a sheet, if any of them names somebody. A
// number alone does not: price lists have those.
func (l *List) countPeople(sheet xlsxfile.Sheet) (rows int, err error) {
	people := false
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			return 0, err
		}
		rows++
		if r := l.Parse(row); !people {
			people = r.Email.Address != "" || len(r.Profiles) > 0
		}
		if rows == maxUnread {
			filled, err := l.book.FilledRows(sheet)
			if err != nil {
				return 0, err
			}
			rows = max(rows, filled-l.table.header.above-1)
			break
		}
	}
	if !people {
		return 0, nil
	}
	return rows, nil
}
