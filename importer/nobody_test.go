package importer

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Rows that head a section or explain the list are left out; whatever could be
// a person stays, and is rejected where it must be.
func TestRowsOfNobody(t *testing.T) {
	for _, c := range []struct {
		name, header, row string
		left              bool
	}{
		{"a section between dashes", "Name;E-Mail;Insta", "— Micro-Influencer —;;", true},
		{"one with lines before it", "Name;E-Mail;Insta", "### Micro;;", true},
		{"one in brackets", "Name;E-Mail;Insta", "[Micro];;", true},
		{"one with a count", "Name;E-Mail;Insta;Reichweite", "— Micro —;;;12", true},
		{"a line", "Name;E-Mail;Insta", "-----;;", true},
		{"one that ends in a colon", "Name;E-Mail;Insta", "Talents aus Berlin:;;", true},
		{"a tier", "Name;E-Mail;Insta", "Micro Influencer;;", true},
		{"a network", "Name;E-Mail;Insta", "TikTok;;", true},
		{"a footnote", "Name;E-Mail;Insta", "* Reichweiten ohne Gewähr;;", true},
		{"a remark", "Name;E-Mail;Insta", "Stand: 12. März;;", true},
		{"a sentence", "Name;E-Mail;Insta", "Bitte alle fehlenden Adressen bis Freitag nachtragen und melden;;", true},
		{"a group in a first column of its own", "Gruppe;Name;E-Mail", "Berlin;;", true},
		{"a name alone", "Name;E-Mail;Insta", "Anna Berg;;", false},
		{"one word alone", "Name;E-Mail;Insta", "Madonna;;", false},
		{"a long name", "Name;E-Mail;Insta", "María del Carmen Fernández de la Vega Sanz;;", false},
		{"a name with a number before it", "Nr;Name;E-Mail", "7;— Micro —;", false},
		{"a name with a note", "Name;E-Mail;Notiz", "— Anna —;;kommt später", false},
		{"a framed name with a profile", "Name;E-Mail;Insta", "— Anna —;;@anna.ok", false},
		{"a framed name with an id", "Name;E-Mail;Creator ID", "— Anna —;;C-1", false},
		{"an address in the sentence", "Name;E-Mail;Insta", "bitte alle fehlenden an anna@example.com melden und dann warten;;", false},
		{"a handle as a name", "Name;E-Mail;Insta", "_anna_;;", false},
		{"a note alone", "Name;E-Mail;Notiz", ";;ruft zurück, sobald sie wieder im Lande ist", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := c.header + "\nCem Fall;cem@example.com;\n" + c.row + "\nBea Moor;bea@example.com;\n"
			if strings.HasPrefix(c.header, "Nr") || strings.HasPrefix(c.header, "Gruppe") {
				list = c.header + "\n1;Cem Fall;cem@example.com\n" + c.row + "\n2;Bea Moor;bea@example.com\n"
			}
			info, records, err := read(t, write(t, "list.csv", list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, n := range info.Notes {
				if n.Code == "rows_of_nobody" {
					said = n.Message
				}
			}
			if left := len(records) == 2; left != c.left || left != strings.Contains(said, "line 3 ") {
				t.Errorf("%d records, said %q", len(records), said)
			}
		})
	}
}

// A row to which something belongs beside its cells is somebody's.
func TestRowsOfNobodyWithLinks(t *testing.T) {
	path := book(t, [][]any{{"Name", "Email"}, {"Cem Fall", "cem@example.com"}, {"— Anna —"}, {"— Micro —"}}, func(f *excelize.File) {
		if err := f.SetCellHyperLink("Sheet1", "A3", "mailto:anna@example.com", "External"); err != nil {
			t.Fatal(err)
		}
	})
	info, records, err := read(t, path, Options{})
	if err != nil || len(records) != 2 || records[1].Line != 3 {
		t.Errorf("%v %v %v", records, info.Notes, err)
	}
}

func TestManyRowsOfNobodyAreSaidByLine(t *testing.T) {
	list := "Name,Email\n" + strings.Repeat("— Micro —,\nAnn Lee,ann@example.com\n", 300)
	info, records, err := read(t, write(t, "list.csv", list), Options{})
	if err != nil || len(records) != 300 {
		t.Fatal(len(records), err)
	}
	for _, n := range info.Notes {
		if n.Code == "rows_of_nobody" && (n.Count != 300 || n.Line != 2 || !strings.HasPrefix(n.Message, `rows that head a section or explain the list, and name nobody, were left out: line 2 "— Micro —", line 4 "— Micro —"`) || !strings.HasSuffix(n.Message, "398, 400 and 100 more")) {
			t.Errorf("%+v", n)
		}
	}
}
