package report

import (
	"archive/zip"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

func openBook(t testing.TB, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// workbookText is every sheet of a workbook as text.
func workbookText(t testing.TB, path string) string {
	t.Helper()
	f := openBook(t, path)
	var out strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "== %s\n", name)
		for _, row := range rows {
			fmt.Fprintf(&out, "%s\n", strings.ReplaceAll(strings.Join(row, " | "), "\n", `\n`))
		}
	}
	return out.String()
}

func TestWorkbook(t *testing.T) {
	dir, _ := writeSample(t)
	path := filepath.Join(dir, WorkbookFile)
	golden(t, "report.xlsx.txt", workbookText(t, path))
	want := []string{"Summary", "Invites", "Differences", "Claimed", "Updated", "Review", "Rejected", "Rejected 2", "Unchanged", "Other"}
	if got := openBook(t, path).GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %q", got)
	}
}

// The picture stands in one column, between which and the next a page may end.
func TestPictureIsPrintedWhole(t *testing.T) {
	dir, _ := writeSample(t)
	parts, err := zip.OpenReader(filepath.Join(dir, WorkbookFile))
	if err != nil {
		t.Fatal(err)
	}
	defer parts.Close()
	f, err := parts.Open("xl/drawings/drawing1.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	ends := regexp.MustCompile(`<xdr:col>(\d+)</xdr:col>`).FindAllStringSubmatch(string(text), -1)
	if len(ends) != 2 || ends[0][1] != ends[1][1] || ends[0][1] != fmt.Sprint(len(summaryColumns)-1) {
		t.Errorf("it stands from and to the columns %q", ends)
	}
}

// The rows of a workbook go back as one: its sheet, its columns, text cells,
// what is wrong behind them and beside the cell.
func TestRejectedWorkbook(t *testing.T) {
	dir, _ := writeSample(t)
	path := filepath.Join(dir, RejectedBook)
	f := openBook(t, path)
	comments, err := f.GetComments("Talents")
	if err != nil {
		t.Fatal(err)
	}
	text := workbookText(t, path)
	for _, c := range comments {
		text += c.Cell + ": " + c.Text + "\n"
	}
	golden(t, "rejected.xlsx.txt", text)
	for _, cell := range []string{"A2", "D2"} {
		if kind, err := f.GetCellType("Talents", cell); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%s is of type %v, %v", cell, kind, err)
		}
	}
}

// partsOf are the parts of a workbook whose names begin so.
func partsOf(t *testing.T, path, prefix string) map[string]string {
	t.Helper()
	parts, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer parts.Close()
	texts := map[string]string{}
	for _, part := range parts.File {
		if !strings.HasPrefix(part.Name, prefix) {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[part.Name] = string(text)
	}
	return texts
}

func TestWorkbookHoldsNoFormula(t *testing.T) {
	dir, _ := writeSample(t)
	path := filepath.Join(dir, WorkbookFile)
	sheets := partsOf(t, path, "xl/worksheets/sheet")
	if len(sheets) != 10 {
		t.Errorf("%d sheets", len(sheets))
	}
	for name, text := range sheets {
		for _, tag := range []string{"<f>", "<f "} {
			if strings.Contains(text, tag) {
				t.Errorf("%s has %s", name, tag)
			}
		}
		if !strings.Contains(text, "<pane ") && !strings.HasSuffix(name, "sheet1.xml") {
			t.Errorf("%s has no frozen header", name)
		}
	}
	f := openBook(t, path)
	if got, _ := f.GetCellValue(invitesSheet, "B3"); got != `=HYPERLINK("https://example.org","Ann")` {
		t.Errorf("the cell that wanted to be a formula reads %q", got)
	}
}

func TestCellsLeadToProfilesAndToSheetsAndNowhereElse(t *testing.T) {
	dir, _ := writeSample(t)
	path := filepath.Join(dir, WorkbookFile)
	f := openBook(t, path)
	for cell, want := range map[string]string{"Invites!I2": "https://www.instagram.com/jose", "Updated!I2": "https://www.instagram.com/cem", "Summary!D7": "'Invites'!A1"} {
		sheet, at, _ := strings.Cut(cell, "!")
		if ok, target, err := f.GetCellHyperLink(sheet, at); !ok || target != want || err != nil {
			t.Errorf("%s leads to %q, %v, %v; want %q", cell, target, ok, err, want)
		}
	}
	for name, text := range partsOf(t, path, "xl/worksheets/_rels/") {
		for _, target := range regexp.MustCompile(`Target="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(target[1], "https://www.instagram.com/") && !strings.HasPrefix(target[1], "/xl/") && !strings.HasPrefix(target[1], "../") {
				t.Errorf("%s leads to %s", name, target[1])
			}
		}
	}
}

func TestNoCellLeadsToWhatIsNoPage(t *testing.T) {
	for url, want := range map[string]string{
		"https://a.example/":  "https://a.example/",
		"http://a.example/":   "http://a.example/",
		"javascript:alert(1)": "", "file:///etc/passwd": "", "": "",
		"https://a.example/" + strings.Repeat("x", maxURL): "",
	} {
		if got := leadsTo(url); got != want {
			t.Errorf("%.40q leads to %.40q", url, got)
		}
	}
}

// Cells beyond what a sheet takes of hyperlinks are text.
func TestHyperlinksEndWhereTheFormatDoes(t *testing.T) {
	const n = maxLinks + 1
	s, line := sampleSummary(), sampleLines()[1]
	s.Rows, s.Outcomes, s.Lists = n, nil, s.Lists[:1]
	lines := func(yield func(provision.Line, error) bool) {
		for i := range n {
			line.Row, line.Line = i+1, i+2
			if !yield(line, nil) {
				return
			}
		}
	}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, lines, s, Options{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, WorkbookFile)
	sheet := partsOf(t, path, "xl/worksheets/sheet2.xml")["xl/worksheets/sheet2.xml"]
	if got := strings.Count(sheet, "<hyperlink "); got != maxLinks {
		t.Errorf("%d hyperlinks in a sheet, which takes %d", got, maxLinks)
	}
	if got := strings.Count(sheet, ">@ann<"); got != n {
		t.Errorf("%d of %d profiles are shown", got, n)
	}
	rels := partsOf(t, path, "xl/worksheets/_rels/sheet2")["xl/worksheets/_rels/sheet2.xml.rels"]
	if got := strings.Count(rels, "<Relationship "); got != maxLinks {
		t.Errorf("%d targets", got)
	}
}

func TestColumnsThatAreEmptyOnEveryRowAreLeftOut(t *testing.T) {
	dir, _ := writeSample(t)
	rows, err := openBook(t, filepath.Join(dir, WorkbookFile)).GetRows(claimedSheet)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Line", "Name", "Email", "Why", "What to do", "Invite link", "Notes", "Account", "File"}; !slices.Equal(rows[0], want) {
		t.Errorf("columns %q", rows[0])
	}
}

func TestSheetsPrintNoSmallerThanSevenPoints(t *testing.T) {
	dir, _ := writeSample(t)
	f := openBook(t, filepath.Join(dir, WorkbookFile))
	areas := 0
	for _, name := range f.GetDefinedName() {
		if name.Name != "_xlnm.Print_Area" {
			continue
		}
		areas++
		_, last, _ := strings.Cut(name.RefersTo, ":$")
		letter, _, _ := strings.Cut(last, "$")
		n, err := excelize.ColumnNameToNumber(letter)
		if err != nil {
			t.Fatal(name.RefersTo)
		}
		points := 0.0
		for i := range n {
			column, _ := excelize.ColumnNumberToName(i + 1)
			width, _ := f.GetColWidth(name.Scope, column)
			points += (7*width + 5) * 72 / 96
		}
		if size := 11 * min(1, 784/points); size < 7 {
			t.Errorf("%s prints at %.1f points", name.Scope, size)
		}
	}
	if areas != 9 {
		t.Errorf("%d sheets say what of them is printed", areas)
	}
}

func TestSheetThatIsFullGoesOnInAnother(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{sheet: 3}); err != nil {
		t.Fatal(err)
	}
	f := openBook(t, filepath.Join(dir, WorkbookFile))
	want := []string{"Summary", "Invites", "Invites 2", "Invites 3", "Invites 4", "Differences", "Claimed", "Updated", "Review", "Review 2", "Rejected", "Rejected 2", "Unchanged", "Other", "Other 2", "Other 3"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %q", got)
	}
	for name, want := range map[string][]string{
		"Invites": {"Line", "2", "3"}, "Invites 2": {"Line", "5"}, "Invites 3": {"Line", "6"}, "Invites 4": {"Line", "4", "7"}, "Other 3": {"Line", "16"},
	} {
		columns, err := f.GetCols(name)
		if err != nil || !slices.Equal(columns[0], want) {
			t.Errorf("%s: lines %q, %v; want %q", name, columns[0], err, want)
		}
	}
}

func TestCutKeepsWithinWhatACellTakes(t *testing.T) {
	for _, text := range []string{strings.Repeat("a", 40_000), strings.Repeat("é", 40_000), strings.Repeat("😀", 20_000)} {
		got := cut(text)
		units := 0
		for _, r := range got {
			units += len(utf16.Encode([]rune{r}))
		}
		if units > maxCell || !strings.HasSuffix(got, "(cut: see the list)") {
			t.Errorf("%d units, ends %q", units, got[len(got)-30:])
		}
	}
	if got := cut("short"); got != "short" {
		t.Errorf("got %q", got)
	}
}

func TestWorkbookKeepsEveryTextAsItIs(t *testing.T) {
	texts := []string{
		" blank at both ends ", "a\nb\n\nc", "tab\there", "<b>&amp;</b> \"'", "_x000D_ and _x41_", "José 😀 \u202ertl", "]]>", "<f>1+1</f>",
		"+1", "-1", "@x", "=1", "'=1", "1e5", "007", "TRUE", "\ufeffmark", strings.Repeat("long ", 2000),
	}
	s, lines := sampleSummary(), sampleLines()[:1]
	s.Rows, s.Outcomes = len(texts), nil
	lines = slices.Repeat(lines, len(texts))
	for i, text := range texts {
		lines[i].Row, lines[i].Line = i+1, i+2
		lines[i].Link = linkTo(provision.LinkIssued, text, "ann@example.com", true)
	}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, seq(lines), s, Options{}); err != nil {
		t.Fatal(err)
	}
	f := openBook(t, filepath.Join(dir, WorkbookFile))
	for i, want := range texts {
		cell := fmt.Sprintf("B%d", i+2)
		if got, err := f.GetCellValue(invitesSheet, cell); err != nil || got != want {
			t.Errorf("%s reads %q, %v; want %q", cell, got, err, want)
		}
	}
}

// What a list says in columns of its own makes no row high: on paper they are not.
func TestRowsAreNoHigherForColumnsOfTheList(t *testing.T) {
	lines := sampleLines()
	lines[0].Attributes[0].Value = strings.Repeat("as long as a letter\n", 30)
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, seq(lines), sampleSummary(), Options{}); err != nil {
		t.Fatal(err)
	}
	f := openBook(t, filepath.Join(dir, WorkbookFile))
	if height, err := f.GetRowHeight(invitesSheet, 2); height != 15 || err != nil {
		t.Errorf("the row is %v points high, %v", height, err)
	}
}

// Of very many rows the first are printed, and the pages say so.
func TestNobodyPrintsABookOfThousandsOfPages(t *testing.T) {
	for rows, want := range map[int][2]string{
		maxPrinted:     {"$2001", "&L&8&A&R&8Page &P of &N"},
		maxPrinted + 1: {"$2001", "&L&8&A, the first 2,000 of 2,001 rows&R&8Page &P of &N"},
	} {
		b := &book{file: excelize.NewFile(), words: &wording{}}
		if err := b.printedColumns("Sheet1", []column{{title: "Line", width: 7}}, rows+1); err != nil {
			t.Fatal(err)
		}
		area := b.file.GetDefinedName()[0].RefersTo
		foot, err := b.file.GetHeaderFooter("Sheet1")
		if err != nil || !strings.HasSuffix(area, want[0]) || foot.OddFooter != want[1] {
			t.Errorf("of %d rows %s are printed, with %q, %v", rows, area, foot.OddFooter, err)
		}
		if err := b.file.Close(); err != nil {
			t.Error(err)
		}
	}
}
