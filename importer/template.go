package importer

import (
	"strings"

	"muster/importer/record"
)

// templateTitles stand above the header of a template and say what its rows
// are. They are recognised exactly, in whatever format the sheet is saved.
var templateTitles = map[string]record.Kind{
	"Creators (muster template)": record.Creator,
	"Staff (muster template)":    record.Staff,
	"Clients (muster template)":  record.Client,
}

// TemplateTitle is the text above the header of the template for a kind.
func TemplateTitle(kind record.Kind) string {
	for title, k := range templateTitles {
		if k == kind {
			return title
		}
	}
	return ""
}

// The sheets of a template beside the one to fill in, and its free columns.
const (
	TemplateHelp    = "How to fill it in"
	TemplateValues  = "Values"
	TemplateNotes   = "Notes"
	TemplateCompany = "Company"
)

// isOwnColumn reports whether a column is a free one of a template, or of its
// rejected rows, which have no title.
func (l *List) isOwnColumn(label string) bool {
	free := label == TemplateNotes || label == TemplateCompany
	return free && (l.table.kind != "" || fedBack(l.table.header.labels))
}

// isOwnSheet reports whether a sheet is one that we put beside the list.
func (l *List) isOwnSheet(name string) bool {
	return l.table.kind != "" && (name == TemplateHelp || name == TemplateValues)
}

// Example is a person who is on every template, to show how it is filled in.
type Example struct{ First, Last, Email string }

// Examples are those people. A row that holds one of them, by both names and
// the address, is left out wherever it stands; with the address alone it is
// refused, since somebody forgot to put their own.
var Examples = []Example{
	{"Mira", "Mustername", "mira.mustername@example.com"},
	{"Jonas", "Mustername", "jonas.mustername@example.com"},
}

func isExampleAddress(address string) bool {
	for _, e := range Examples {
		if address == e.Email {
			return true
		}
	}
	return false
}

// templateKind finds the title of a template among the rows above a header.
func templateKind(above []headRow) record.Kind {
	for _, row := range above {
		for _, c := range row.cells {
			if kind := templateTitles[strings.TrimSpace(c)]; kind != "" {
				return kind
			}
		}
	}
	return ""
}

// exampleColumns are where an example is recognised: the columns of the first
// name, the last name and the address, or nil where the list lacks one.
func exampleColumns(cols []column) []int {
	at := map[record.Field]int{}
	for i, c := range cols {
		if _, known := at[c.field]; !known {
			at[c.field] = i
		}
	}
	var out []int
	for _, field := range []record.Field{record.FieldFirstName, record.FieldLastName, record.FieldEmail} {
		i, known := at[field]
		if !known {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// isExample reports whether a record is one of the examples.
func isExample(cells []string, at []int) bool {
	if len(at) != 3 || at[2] >= len(cells) || !strings.HasSuffix(cells[at[2]], "@example.com") {
		return false
	}
	cell := func(i int) string {
		if at[i] < len(cells) {
			return strings.TrimSpace(cells[at[i]])
		}
		return ""
	}
	for _, e := range Examples {
		if cell(0) == e.First && cell(1) == e.Last && cell(2) == e.Email {
			return true
		}
	}
	return false
}
