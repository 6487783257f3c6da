package importer

import (
	"fmt"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// unmapped explains a list none of whose columns says who the people are.
func (l *List) unmapped(h header, rows []headRow) error {
	e := &file.Error{
		Class: file.NoHeader,
		Sheet: l.info.Sheet,
		Line:  h.line,
		Msg:   "no column is known to hold an email address, an external id or a profile",
	}
	if h.line == 0 {
		e.Msg = "no row looks like a header, and no column holds email addresses or profile links"
		e.Hint = "add a row with headers like Name, Email, Instagram above the list"
		return e
	}
	likely, field := "COLUMN", record.FieldEmail
	for i, c := range l.cols {
		values := sampleOf(rows, i)
		if holdAddresses(values) {
			likely, field = c.label, record.FieldEmail
			break
		}
		if kind := contentOf(rows, i); likely == "COLUMN" && kind == record.FieldLinks {
			likely, field = c.label, kind
		}
	}
	e.Hint = fmt.Sprintf("say which column it is, like --map '%s=%s'; the columns are: %s",
		likely, field, strings.Join(l.labels(), ", "))
	return e
}

func (l *List) noteHeader(h header) {
	if h.line == 0 {
		l.note(file.Note{
			Code:    "columns_named",
			Message: "the list has no header row; its columns were named by what stands in them",
		})
	}
	if l.info.Template != "" {
		l.note(file.Note{
			Code:  "template",
			Sheet: l.info.Sheet,
			Message: fmt.Sprintf("this is a template for people of the kind %s; "+
				"rows that say nothing else are taken for that", l.info.Template),
		})
	} else if h.above > 0 {
		l.note(file.Note{
			Code:    "rows_above_header",
			Sheet:   l.info.Sheet,
			Line:    h.line,
			Count:   h.above,
			Message: fmt.Sprintf("rows above the header in line %d were left out", h.line),
		})
	}
	if h.joined {
		l.note(file.Note{
			Code:    "two_header_rows",
			Sheet:   l.info.Sheet,
			Line:    h.line,
			Message: "the header has two rows, which were joined",
		})
	}
	if h.line > 0 && fedBack(h.labels) {
		l.note(file.Note{
			Code:    "rejects_fed_back",
			Line:    h.line,
			Column:  ErrorColumn,
			Message: fmt.Sprintf("these are rejected rows, fed back; what stands under %q is left out", ErrorColumn),
		})
	}
}
