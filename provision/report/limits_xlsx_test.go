package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/xlsxtest"
)

// Every limit of a workbook meets something that is one over it: the report is
// written all the same, nothing is missing, and the workbooks open.
func TestOneOverTheLimitsOfAWorkbook(t *testing.T) {
	for name, c := range map[string]struct {
		options Options
		change  func(*provision.Summary, []provision.Line)
	}{
		"a row of the summary higher than 409 points": {change: func(s *provision.Summary, _ []provision.Line) {
			for i := range maxHeight/15 + 1 {
				s.Lists[0].Notes = append(s.Lists[0].Notes, fmt.Sprintf("column %d means nothing", i))
			}
		}},
		"cells of 32,768 characters": {change: func(_ *provision.Summary, lines []provision.Line) {
			long := strings.Repeat("x", excelize.TotalCellChars+1)
			for i := range lines {
				lines[i].Name, lines[i].Error, lines[i].ExternalID = long, long, long
				for n := range lines[i].Cells {
					lines[i].Cells[n] = long
				}
				for n := range lines[i].Problems {
					lines[i].Problems[n].Message = long
				}
				if lines[i].Link != nil {
					lines[i].Link.Name = long
				}
				lines[i].Attributes = append(lines[i].Attributes, record.Attribute{Column: "Tier", Value: long})
			}
		}},
		"a sheet whose name has 32 characters": {change: func(s *provision.Summary, lines []provision.Line) {
			s.Lists[1].Sheet = strings.Repeat("n", excelize.MaxSheetNameLength+1)
			for i := range lines {
				if lines[i].Sheet != "" {
					lines[i].Sheet = s.Lists[1].Sheet
				}
			}
		}},
		"sheets with names that the format does not take": {change: func(s *provision.Summary, lines []provision.Line) {
			named := 0
			for i := range lines {
				if lines[i].Sheet != "" && lines[i].Outcome == provision.Rejected {
					lines[i].Sheet = misnamed[named%len(misnamed)].text
					named++
				}
			}
			if named == 0 {
				panic("no row of the sample is rejected from a sheet")
			}
		}},
		"a row more than a sheet takes": {options: Options{sheet: 2}, change: func(*provision.Summary, []provision.Line) {}},
		"16,385 columns": {change: func(s *provision.Summary, lines []provision.Line) {
			for i := range s.Lists {
				for n := len(s.Lists[i].Columns); n <= excelize.MaxColumns; n++ {
					s.Lists[i].Columns = append(s.Lists[i].Columns, fmt.Sprintf("column %d", n))
				}
				s.Lists[i].Free = s.Lists[i].Columns[len(rosterColumns):]
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s, lines := sampleSummary(), sampleLines()
			c.change(&s, lines)
			dir := filepath.Join(t.TempDir(), "run")
			s, err := Write(t.Context(), dir, seq(lines), s, c.options)
			if err != nil || len(s.Undrawn) > 0 {
				t.Fatalf("%v, undrawn %+v", err, s.Undrawn)
			}
			books, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
			if err != nil || len(books) == 0 {
				t.Fatalf("%d workbooks, %v", len(books), err)
			}
			for _, path := range books {
				checkLimits(t, path)
			}
		})
	}
}

// misnamed are names that other programs give sheets, and what the format has instead.
var misnamed = []struct{ text, want string }{
	{"2026/27 [new]: a*b?\\", "2026-27 -new-- a-b--"},
	{"'Ana's list'", "Ana's list"},
	{strings.Repeat("😀", 20), strings.Repeat("😀", 15)},
	{strings.Repeat("n", 29) + " ' s", strings.Repeat("n", 29)},
	{"a\tb\uffff", "a b"},
	{"history", "history-"},
	{" ' ", "Rejected"},
	{"Kampagne", "Kampagne"},
}

func TestASheetIsCalledAsTheFormatTakesIt(t *testing.T) {
	for _, c := range misnamed {
		if got := sheetName(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	long := strings.Repeat("😀", 16)
	var names []string
	for _, text := range []string{"SHEET1", "sheet1", long, long, "A/B", "a-b"} {
		names = append(names, freeName(names, text))
	}
	want := []string{"SHEET1", "sheet1 2", strings.Repeat("😀", 15), strings.Repeat("😀", 14) + " 2", "A-B", "a-b 2"}
	if !slices.Equal(names, want) {
		t.Errorf("the sheets are called %q, want %q", names, want)
	}
}

// checkLimits opens a workbook and reads every cell.
func checkLimits(t *testing.T, path string) {
	t.Helper()
	xlsxtest.Check(t, path)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatalf("%s, sheet %s: %v", filepath.Base(path), sheet, err)
		}
		for i, row := range rows {
			if height, _ := f.GetRowHeight(sheet, i+1); height > maxHeight {
				t.Errorf("%s, sheet %s, row %d is %v points high", filepath.Base(path), sheet, i+1, height)
			}
			if len(row) > excelize.MaxColumns {
				t.Errorf("%s, sheet %s, row %d has %d columns", filepath.Base(path), sheet, i+1, len(row))
			}
			for _, cell := range row {
				if len(cell) > excelize.TotalCellChars {
					t.Errorf("%s, sheet %s, row %d has a cell of %d characters", filepath.Base(path), sheet, i+1, len(cell))
				}
			}
		}
	}
}

// Styles are made once, not by the row, and the rows of a sheet stay within
// what the format takes: those limits are out of reach.
func TestLimitsThatAreOutOfReach(t *testing.T) {
	if sheetRows >= excelize.TotalRows {
		t.Errorf("a sheet takes %d rows, the format %d", sheetRows, excelize.TotalRows)
	}
	var counts []int
	for _, n := range []int{10, 1_000} {
		s, lines := bulk(n)
		dir := filepath.Join(t.TempDir(), "run")
		if _, err := Write(t.Context(), dir, lines, s, Options{}); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenFile(filepath.Join(dir, WorkbookFile))
		if err != nil {
			t.Fatal(err)
		}
		counts = append(counts, f.Styles.CellXfs.Count)
		f.Close()
	}
	if counts[0] != counts[1] || counts[0] > excelize.MaxCellStyles/1000 {
		t.Errorf("10 rows need %d styles, 1,000 rows %d", counts[0], counts[1])
	}
}

// A sheet leads to 65,530 places; what is beyond them is text.
func TestOneLinkMoreThanASheetMayHave(t *testing.T) {
	l, err := newLinkParts(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	for i := range maxLinks {
		if !l.add(fmt.Sprintf("D%d", i+2), []byte("https://claim.example.com/")) {
			t.Fatalf("link %d found no room", i+1)
		}
	}
	if l.add("D65532", []byte("https://claim.example.com/")) || maxLinks > 65_530 {
		t.Errorf("a sheet takes more than %d links", maxLinks)
	}
	if l.rows() != maxLinks {
		t.Errorf("%d links are kept", l.rows())
	}
}

// What is one over 5,000 held rows is not drawn, and says what to do.
func TestMoreHeldPeopleThanAWorkbookIsGoodFor(t *testing.T) {
	held := func() (provision.HeldReview, error) {
		return provision.HeldReview{People: []provision.HeldPerson{{Rows: make([]provision.HeldRow, maxDecided+1)}}}, nil
	}
	dir := filepath.Join(t.TempDir(), "run")
	s, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{Rendering: provision.Rendering{Held: held}})
	if err != nil || len(s.Undrawn) != 1 || s.Undrawn[0].Reason != reason.NotDrawn || !strings.Contains(s.Undrawn[0].Error, "5,001 rows are held") {
		t.Errorf("%v, undrawn %+v", err, s.Undrawn)
	}
	if _, err := os.Stat(filepath.Join(dir, ReviewFile)); err == nil {
		t.Error("review.xlsx is there")
	}
}
