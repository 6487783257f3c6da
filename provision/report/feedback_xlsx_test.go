package report

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"muster/importer"
)

// workbook makes a workbook with the sheets given.
func workbook(t *testing.T, make func(f *excelize.File, row func(sheet string, n int, cells ...any))) string {
	t.Helper()
	f := excelize.NewFile()
	make(f, func(sheet string, n int, cells ...any) {
		if i, _ := f.GetSheetIndex(sheet); i < 0 {
			if _, err := f.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
		}
		at, _ := excelize.CoordinatesToCellName(1, n)
		if err := f.SetSheetRow(sheet, at, &cells); err != nil {
			t.Fatal(err)
		}
	})
	path := filepath.Join(t.TempDir(), "list.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRejectedWorkbookCanBeFedBack(t *testing.T) {
	for name, make := range map[string]func(f *excelize.File, row func(sheet string, n int, cells ...any)){
		"long ids, zeros, dates, booleans, formulas": func(f *excelize.File, row func(string, int, ...any)) {
			row("Sheet1", 1, "Name", "Email", "Creator ID", "Since", "Vegan", "Note", "=1+1")
			row("Sheet1", 2, "Ann", "ann@", "00012345678901234567", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC), true, "'=1+1", "@x")
			row("Sheet1", 3, "Bob", "bob@", 1234567890123, 0.5, false, "''=1+1", "-")
			row("Sheet1", 4, "Cem", "cem@", 123456789012345678, "_x0041_", "TRUE", "a\nb", " x ")
		},
		"an id that became a date is not passed on as one": func(f *excelize.File, row func(string, int, ...any)) {
			row("Sheet1", 1, "Name", "Email", "Creator ID", "Instagram")
			row("Sheet1", 2, "Ann", "ann@", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
		},
		"links behind a text": func(f *excelize.File, row func(string, int, ...any)) {
			row("Sheet1", 1, "Name", "Email", "Instagram", "Website", "Photo")
			row("Sheet1", 2, "Ann", "write to Ann", "see profile", "home", "face")
			for cell, target := range map[string]string{"B2": "mailto:ann@example.com", "C2": "https://www.instagram.com/ann.lee/", "D2": "https://ann.example.com/", "E2": "https://ann.example.com/face.png", "A2": "https://www.example.com/"} {
				_ = f.SetCellHyperLink("Sheet1", cell, target, "External")
			}
		},
		"titles, duplicate and blank headers, cells beyond the header": func(f *excelize.File, row func(string, int, ...any)) {
			row("Sheet1", 1, "Creators")
			row("Sheet1", 3, "Name", "Email", "Note", "Note", nil, "City")
			row("Sheet1", 4, "Ann", "ann@", "a", "b", "c", "Rome")
			row("Sheet1", 5, "Bob", "bob@", "a", "b", nil, "Oslo", nil, "beyond")
		},
		"several sheets with the same header": func(f *excelize.File, row func(string, int, ...any)) {
			row("Sheet1", 1, "Instructions")
			for _, sheet := range []string{"Germany & Austria", "Spain"} {
				row(sheet, 1, "Name", "Email")
				row(sheet, 2, "Ann "+sheet, "ann@")
				row(sheet, 3, "Bob "+sheet, "bob@")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := importer.Options{}
			if strings.HasPrefix(name, "several sheets") {
				o.Sheet = "*"
			}
			checkFedBack(t, workbook(t, make), o)
		})
	}
}

// Rejected rows of several sheets are all read, also without --sheet.
func TestRejectedSheetsAreAllRead(t *testing.T) {
	path := workbook(t, func(f *excelize.File, row func(string, int, ...any)) {
		for _, sheet := range []string{"Sheet1", "B", "C"} {
			row(sheet, 1, "Name", "Email")
			row(sheet, 2, "Ann "+sheet, "ann@")
		}
	})
	first := readList(t, path, importer.Options{Sheet: "*"})
	rejects := rejectAll(t, first)
	again := readList(t, rejects, importer.Options{})
	if len(again.records) != 3 {
		t.Errorf("%d rows", len(again.records))
	}
	if got, want := openBook(t, rejects).GetSheetList(), []string{"Sheet1", "B", "C"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q", got)
	}
}
