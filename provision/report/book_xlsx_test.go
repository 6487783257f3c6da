package report

import (
	"archive/zip"
	"fmt"
	"io"
	"path/filepath"
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
	want := []string{"Summary", "Invites", "Claimed", "Updated", "Review", "Rejected", "Rejected 2", "Unchanged", "Other"}
	if got := openBook(t, path).GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %q", got)
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

func TestWorkbookHoldsNoFormulaAndNoHyperlink(t *testing.T) {
	dir, _ := writeSample(t)
	path := filepath.Join(dir, WorkbookFile)
	parts, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer parts.Close()
	sheets := 0
	for _, part := range parts.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		sheets++
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range []string{"<f>", "<f ", "<hyperlink"} {
			if strings.Contains(string(text), tag) {
				t.Errorf("%s has %s", part.Name, tag)
			}
		}
		if !strings.Contains(string(text), "<pane ") && !strings.HasSuffix(part.Name, "sheet1.xml") {
			t.Errorf("%s has no frozen header", part.Name)
		}
	}
	if sheets != 9 {
		t.Errorf("%d sheets", sheets)
	}
	f := openBook(t, path)
	if got, _ := f.GetCellValue(invitesSheet, "B3"); got != `=HYPERLINK("https://example.org","Ann")` {
		t.Errorf("the cell that wanted to be a formula reads %q", got)
	}
}

func TestSheetThatIsFullGoesOnInAnother(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{sheet: 3}); err != nil {
		t.Fatal(err)
	}
	f := openBook(t, filepath.Join(dir, WorkbookFile))
	want := []string{"Summary", "Invites", "Invites 2", "Invites 3", "Claimed", "Updated", "Review", "Review 2", "Rejected", "Rejected 2", "Unchanged", "Other", "Other 2", "Other 3"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %q", got)
	}
	for name, want := range map[string][]string{
		"Invites": {"Line", "2", "3"}, "Invites 2": {"Line", "4", "5"}, "Invites 3": {"Line", "6", "7"}, "Other 3": {"Line", "16"},
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
