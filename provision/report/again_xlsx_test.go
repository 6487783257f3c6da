package report

import (
	"path/filepath"
	"strings"
	"testing"
)

// The workbook is drawn beside the others; where one of them turns out to be missing,
// it says so, and is what it would be otherwise.
func TestWorkbookSaysWhatIsMissing(t *testing.T) {
	whole, _ := writeSample(t)
	rows := func(dir string) string { // but for the first sheet
		_, rest, _ := strings.Cut(workbookText(t, filepath.Join(dir, WorkbookFile)), "== Invites")
		return rest
	}
	for _, f := range []fault{{LinksBook, "line"}, {LinksBook, "finish"}, {LinksBook, "commit"}, {ReportFile, "panic"}, {WebpageFile, "finish"}} {
		t.Run(f.String(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "run")
			if f.step == "commit" {
				obstruct(t, dir, f.file)
			}
			if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), f.options()); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, WorkbookFile)
			if text := workbookText(t, path); strings.Count(text, f.file+" could not be drawn") != 1 {
				t.Errorf("the workbook does not say that %s is missing:\n%s", f.file, text)
			}
			if rows(dir) != rows(whole) || rows(dir) == "" {
				t.Error("the rows are others")
			}
			const links = "xl/worksheets/_rels/sheet2"
			if got, want := partsOf(t, path, links), partsOf(t, filepath.Join(whole, WorkbookFile), links); len(got) != 1 || got[links+".xml.rels"] != want[links+".xml.rels"] {
				t.Errorf("hyperlinks %q, want %q", got, want)
			}
		})
	}
}
