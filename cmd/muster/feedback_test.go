package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/cmd/muster/exit"
)

// muster1 runs a command in this process.
func muster1(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	if code := runProgram(t.Context(), args, strings.NewReader(""), &out, &messages); code != want {
		t.Fatalf("muster %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, &out, &messages)
	}
	return out.String() + messages.String()
}

// keptOurs matches the words of an import that takes our columns for the list's.
var keptOurs = regexp.MustCompile(`kept with the person.*\(muster\)`)

// Rejected rows of two sheets are corrected in their workbook and fed back.
func TestRejectedWorkbookFedBack(t *testing.T) {
	t.Chdir(t.TempDir())
	f := excelize.NewFile()
	for i, sheet := range []string{"Sheet1", "Spain"} {
		if i > 0 {
			_, _ = f.NewSheet(sheet)
		}
		for n, row := range [][]any{{"Creators"}, {"Name", "Email", "Creator ID", "Since"}, {"Ann " + sheet, "ann@", "0001234567890123456" + sheet, 46000}, {"Bob " + sheet, "bob." + sheet + "@example.com", "7" + sheet}} {
			cell, _ := excelize.CoordinatesToCellName(1, n+1)
			if err := f.SetSheetRow(sheet, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs("list.xlsx"); err != nil {
		t.Fatal(err)
	}
	said := muster1(t, exit.Partial, "import", "list.xlsx", "--sheet", "*", "--yes", "--out", "first")
	if !strings.Contains(said, "they are in rejected.xlsx") {
		t.Errorf("said %s", said)
	}
	if _, err := os.Stat(filepath.Join("first", "rejected.csv")); err == nil {
		t.Error("there is a rejected.csv too")
	}
	correct(t, filepath.Join("first", "rejected.xlsx"), "Sheet1", "Spain")
	said = muster1(t, exit.OK, "import", "corrected.xlsx", "--yes", "--out", "second")
	rows, err := os.ReadFile(filepath.Join("second", "rows.jsonl"))
	if err != nil || bytes.Count(rows, []byte(`"outcome":"created"`)) != 2 || keptOurs.MatchString(said) {
		t.Errorf("%v: %s\n%s", err, rows, said)
	}
	muster1(t, exit.OK, "import", "corrected.xlsx", "--yes", "--out", "third") // nothing new
}

// correct fills in an address on the first row of each sheet.
func correct(t *testing.T, path string, sheets ...string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range sheets {
		comments, err := f.GetComments(sheet)
		if err != nil || len(comments) != 1 || comments[0].Cell != "D2" {
			t.Errorf("comments %v, %v", comments, err)
		}
		if id, _ := f.GetCellValue(sheet, "E2"); id != "0001234567890123456"+sheet {
			t.Errorf("the id became %q", id)
		}
		if err := f.SetCellStr(sheet, "D2", "ann."+sheet+"@example.com"); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs("corrected.xlsx"); err != nil {
		t.Fatal(err)
	}
}
