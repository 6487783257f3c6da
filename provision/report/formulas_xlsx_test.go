package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// hostile are cells that a spreadsheet program would compute, in ASCII and in the
// full-width forms that some take for the same. Computed they say 4242.
var hostile = []string{"=4241+1", "+4241+1", "-1+4243", "@SUM(4241,1)", "\t=4241+1", "\r=4241+1", "＝4241+1", "＋4241+1", `=HYPERLINK("http://example.org","4242")`}

// What a list says stays text also where another program opens the report, the
// tables as well as the workbooks.
func TestNoFormulaThroughLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("NOT TESTED WITH LIBREOFFICE: no soffice")
	}
	lines := sampleLines()
	for i := range lines {
		bad := hostile[i%len(hostile)]
		lines[i].Name = bad
		for n := range lines[i].Cells {
			lines[i].Cells[n] = bad
		}
		for n := range lines[i].Attributes {
			lines[i].Attributes[n].Value = bad
		}
	}
	dir := filepath.Join(t.TempDir(), "report")
	if _, err := Write(t.Context(), dir, seq(lines), sampleSummary(), Options{}); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for name, cells := range throughOffice(t, office, dir, ReportFile, RejectedFile, RejectedBook, WorkbookFile) {
		for _, cell := range cells {
			if strings.Contains(cell, "4241") || strings.Contains(cell, "4243") {
				seen++
			}
			if cell == "4242" || strings.HasPrefix(cell, "Err:") || strings.HasPrefix(cell, "#") {
				t.Errorf("%s: a cell was computed: %q", name, cell)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d such cells were seen", seen)
	}
}

// throughOffice opens files as a spreadsheet program does, saves them as workbooks,
// and returns what their cells show; it fails where one of them is a formula.
func throughOffice(t *testing.T, office, dir string, names ...string) map[string][]string {
	t.Helper()
	in, out := t.TempDir(), t.TempDir()
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		alone := filepath.Join(in, strings.Replace(name, ".", "-", 1)+filepath.Ext(name)) // report-csv.csv: names stay apart
		if err := os.WriteFile(alone, content, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, alone)
	}
	if text, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED WITH LIBREOFFICE: %v: %s", err, text)
	}
	all := map[string][]string{}
	for _, name := range names {
		all[name] = cellsOf(t, filepath.Join(out, strings.Replace(name, ".", "-", 1)+".xlsx"))
	}
	return all
}

// cellsOf are what the cells of a workbook show, none of which is to be a formula.
func cellsOf(t *testing.T, path string) []string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var all []string
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				name, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, err := book.GetCellFormula(sheet, name); err != nil || formula != "" {
					t.Errorf("%s: %s of %s is the formula %q (%v)", filepath.Base(path), name, sheet, formula, err)
				}
			}
		}
		all = slices.Concat(all, slices.Concat(rows...))
	}
	return all
}
