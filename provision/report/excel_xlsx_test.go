package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/locale"
	"muster/provision/words"
	"muster/provision/xlsxtest"
)

// unruly are texts of lists that stand in workbooks, and names of columns.
var unruly = []string{
	"_x0041_ _x000D_", "=4241+1", "a\r\nb\x0b\x00\x1f", "\uffff\ufffe", "\xff\xc3", " \u00a0blank\u2028 ", `<&>"'`,
	strings.Repeat("😀", maxCell/2), strings.Repeat("😀", maxCell), strings.Repeat("é", maxCell), "'", "1900-01-01", "#N/A",
}

// unrulyLines are the sample with such texts wherever a list may have them.
func unrulyLines() []provision.Line {
	lines := sampleLines()
	for i := range lines {
		bad := unruly[i%len(unruly)]
		lines[i].Name, lines[i].ExternalID = bad, bad
		for n := range lines[i].Cells {
			lines[i].Cells[n] = unruly[(i+n)%len(unruly)]
		}
		for n := range lines[i].Problems {
			lines[i].Problems[n].Message += bad
		}
		lines[i].Attributes = append(lines[i].Attributes, record.Attribute{Column: bad, Value: bad})
		lines[i].Profiles = []identity.Profile{
			{Network: "website", Kind: "url", Value: "a", Display: bad, URL: `https://example.com/a[b]{c}|"<d>^` + "`\\ e"},
			{Network: "blog", Kind: "url", Value: "b", Display: bad, URL: "https://example.com/" + strings.Repeat("[", maxURL/2)},
		}
	}
	return lines
}

// Every workbook of a report is one that Excel opens as it is, in every language and
// whatever a list says.
func TestReportsAreAsExcelTakesThem(t *testing.T) {
	for _, l := range locale.Languages() {
		for name, lines := range map[string][]provision.Line{"sample": sampleLines(), "unruly": unrulyLines(), "empty": nil} {
			dir := filepath.Join(t.TempDir(), "report")
			o := Options{Rendering: provision.Rendering{Language: string(l)}}
			s := sampleSummary()
			if lines == nil {
				s.Rows, s.Outcomes, s.Lists = 0, nil, nil
			}
			s, err := Write(t.Context(), dir, seq(lines), s, o)
			if err != nil || len(s.Undrawn) > 0 {
				t.Fatalf("%s in %s: %v, undrawn %+v", name, l, err, s.Undrawn)
			}
			books, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
			if err != nil || len(books) == 0 {
				t.Fatalf("%s in %s: %d workbooks, %v", name, l, len(books), err)
			}
			for _, book := range books {
				xlsxtest.Check(t, book)
			}
		}
	}
	xlsxtest.Check(t, drawnPlan(t, "plan.xlsx"))
}

// So is every review.
func TestReviewsAreAsExcelTakesThem(t *testing.T) {
	for _, in := range words.Languages() {
		held := sampleReview()
		for i := range held.People {
			for n := range held.People[i].Rows {
				row := &held.People[i].Rows[n]
				bad := unruly[(i+n)%len(unruly)]
				row.Profiles = nil
				for range 2_000 { // beside one another more than a cell takes
					row.Profiles = append(row.Profiles, identity.Profile{Network: "instagram", Kind: "handle", Value: "bea.two",
						Display: strings.Repeat("b", 30), URL: "https://www.instagram.com/bea.two/"})
				}
				for _, column := range unruly {
					row.Attributes = append(row.Attributes, record.Attribute{Column: column, Value: bad})
				}
			}
			for n := range held.People[i].Candidates {
				c := &held.People[i].Candidates[n]
				for range 2_000 {
					c.Profiles = append(c.Profiles, dedupe.AccountProfile{Profile: identity.Profile{Network: "instagram", Kind: "handle", Value: "cy", Display: strings.Repeat("c", 30)}})
				}
			}
		}
		path := filepath.Join(t.TempDir(), "review.xlsx")
		if err := WriteReview(path, in, held); err != nil {
			t.Fatal(err)
		}
		xlsxtest.Check(t, path)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}
