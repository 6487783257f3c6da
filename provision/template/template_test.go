package template

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/importer"
	"muster/importer/file"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/xlsxtest"
)

func organization(t *testing.T) provision.Organization {
	t.Helper()
	f, err := os.Open("../../fixtures/organization.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	org, err := directory.ReadOrganization(f)
	if err != nil {
		t.Fatal(err)
	}
	return org
}

// filled makes a template and puts people into it, by header.
func filled(t *testing.T, kind record.Kind, people ...map[string]string) (path string, cells [][]string) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, kind, organization(t)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil || len(rows) != exampleRow+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, person := range people {
		for header, text := range person {
			n := slices.Index(rows[headerRow-1], header)
			if n < 0 {
				t.Fatalf("no column %q in %q", header, rows[headerRow-1])
			}
			if err := f.SetCellStr(sheet, at(n+1, exampleRow+2+i), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if cells, err = f.GetRows(sheet); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "filled.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path, cells
}

func read(t *testing.T, path string) (importer.Info, []record.Record) {
	t.Helper()
	l, err := importer.Open(path, importer.Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var records []record.Record
	for row, err := range l.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, l.Parse(row))
	}
	return l.Info(), records
}

func TestFilledTemplateIsReadWithoutFlags(t *testing.T) {
	people := []map[string]string{
		{"Email": "ann@example.org", "First name": "Ann", "Last name": "Lee", "External ID": "00042", "Language": "German"},
		{"Email": "bob@example.org", "First name": "Bob", "Last name": "Ray", "Brand": "Northwind Outdoor, kitchen"},
	}
	for kind, sheet := range sheetNames {
		path, cells := filled(t, kind, people...)
		asCSV := filepath.Join(t.TempDir(), "filled.csv")
		var text bytes.Buffer
		if err := csv.NewWriter(&text).WriteAll(cells); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(asCSV, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{path, asCSV} {
			info, records := read(t, path)
			if info.Template != kind || info.HeaderLine != headerRow {
				t.Errorf("%s: template %q, header in line %d", sheet, info.Template, info.HeaderLine)
			}
			if len(info.Unknown) > 0 || slices.ContainsFunc(info.Notes, func(n file.Note) bool { return n.Code == "sheets_not_read" }) {
				t.Errorf("%s: complains of what it has itself: %+v, %+v", sheet, info.Unknown, info.Notes)
			}
			if len(records) != 2 {
				t.Fatalf("%s: %d people", sheet, len(records))
			}
			for i, r := range records {
				if r.Kind != kind || r.Email.Address != people[i]["Email"] || r.FirstName != people[i]["First name"] || r.ExternalID != people[i]["External ID"] || len(r.Problems) > 0 {
					t.Errorf("%s: %+v", sheet, r)
				}
			}
			if want := []string{"Northwind Outdoor", "kitchen"}; !slices.Equal(records[1].Brands, want) {
				t.Errorf("%s: brands %q", sheet, records[1].Brands)
			}
			if !slices.ContainsFunc(info.Notes, func(n file.Note) bool { return n.Code == "example_rows" && n.Count == 2 && n.Line == exampleRow }) {
				t.Errorf("%s: nothing is said of the examples: %v", sheet, info.Notes)
			}
		}
	}
}

// An example is an example only as long as nothing of it was changed.
func TestChangedExamplesAreNotSkipped(t *testing.T) {
	path, _ := filled(t, record.Creator)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr("Creators", "B4", "Ann"); err != nil { // the address was forgotten
		t.Fatal(err)
	}
	if err := f.SetCellStr("Creators", "A5", "bob@example.org"); err != nil { // the names were forgotten
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	_, records := read(t, path)
	if len(records) != 2 || records[0].Usable() || !strings.Contains(records[0].Problems[0].Message, "example of the template") || !records[1].Usable() {
		t.Errorf("got %+v", records)
	}
}

func TestDropDownsOfferTheOrganization(t *testing.T) {
	path, _ := filled(t, record.Client)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var got []string
	lists, err := f.GetDataValidations("Clients")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lists {
		got = append(got, l.Sqref+" "+l.Formula1)
	}
	want := []string{"E4:E10000 Values!$A$2:$A$3", "F4:F10000 Values!$B$2:$B$4", "G4:G10000 Values!$C$2:$C$4", "H4:H10000 Values!$D$2:$D$4", "I4:I10000 Values!$E$2:$E$4", "J4:J10000 Values!$F$2:$F$5"}
	if !slices.Equal(got, want) {
		t.Errorf("drop-downs %q", got)
	}
	rows, err := f.GetRows("Values")
	if err != nil || !slices.Equal(rows[1], []string{"Northwind Outdoor", "Spring Trails", "discovery", "member", "creator", "active"}) {
		t.Errorf("values %q, %v", rows, err)
	}
	comments, err := f.GetComments("Clients")
	if err != nil || len(comments) != len(fieldsOf(record.Client, organization(t))) {
		t.Errorf("%d comments, %v", len(comments), err)
	}
}

func TestTemplateWithoutOrganization(t *testing.T) {
	for kind := range sheetNames {
		if err := Write(&bytes.Buffer{}, kind, provision.Organization{}); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if err := Write(&bytes.Buffer{}, "robot", provision.Organization{}); err == nil {
		t.Error("a template for robots")
	}
}

// Templates are ones that Excel opens as they are, whatever brands are called.
func TestTemplatesAreAsExcelTakesThem(t *testing.T) {
	unruly := organization(t)
	for i := range unruly.Brands {
		unruly.Brands[i].Name = "=1+1 _x0041_ \"<&>, " + strings.Repeat("😀", 100)
	}
	for kind := range sheetNames {
		for _, org := range []provision.Organization{organization(t), unruly, {}} {
			path := filepath.Join(t.TempDir(), string(kind)+".xlsx")
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(Write(f, kind, org), f.Close()); err != nil {
				t.Fatal(err)
			}
			xlsxtest.Check(t, path)
		}
	}
}
