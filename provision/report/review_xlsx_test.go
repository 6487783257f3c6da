package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"muster/dedupe"
	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

func sampleReview() provision.HeldReview {
	row := func(n int, name, email string, options ...string) provision.HeldRow {
		return provision.HeldRow{Options: options, Choices: choicesSaid(options), Record: record.Record{Row: n, Name: name, Email: identity.Email{Address: email, Value: email},
			Place: record.Place{File: "list.csv", Line: n + 1}, Profiles: []identity.Profile{{Network: "instagram", Kind: "handle", Value: "ana.one", Display: "ana.one", URL: "https://www.instagram.com/ana.one/"}}}}
	}
	key := identity.Key{Space: "instagram", Value: "ana.one"}
	tied := row(9, "Cy Dane", "talent@example.com", "create", "create as contact", "same as row 5", "skip")
	tied.Way = []dedupe.Tie{{Row: 9, Other: 5, Key: identity.Key{Space: "email", Value: "talent@example.com"}}}
	return provision.HeldReview{Source: "0199b2c4-0000-7000-8000-000000000001", Binding: provision.Binding{Organization: "default", Brand: "outdoor"}, People: []provision.HeldPerson{
		{Number: 1, Reason: reason.LooksLike, Digest: strings.Repeat("a", 64), Rows: []provision.HeldRow{row(3, "=Ana Lima", "ana@example.com", "claim A", "create", "same person, new email", "skip")},
			Candidates: []provision.HeldCandidate{
				{Letter: "A", Status: dedupe.Created, Ours: true, Memberships: []dedupe.Membership{{Brand: "outdoor", Kind: record.Staff}},
					Profiles:  []dedupe.AccountProfile{{Profile: identity.Profile{Network: "instagram", Display: "ana.one"}}, {Profile: identity.Profile{Network: "tiktok", Display: "ana.talks"}, Connected: true}},
					Candidate: dedupe.Candidate{Account: "0199b2c4-0000-7000-8000-00000000000a", Name: "Ana Souza", Email: "old@example.com", Evidence: []dedupe.Evidence{{Key: key, Row: 3, Strength: dedupe.Weak}}}},
				{Letter: "B", Candidate: dedupe.Candidate{Account: "0199b2c4-0000-7000-8000-00000000000b", Masked: true, Name: "Secret Name", Email: "secret@example.com", Evidence: []dedupe.Evidence{{Key: key, Row: 3, Strength: dedupe.Hint}}}}}},
		{Number: 2, Reason: reason.SharedAddress, Before: "rita@example.com on 2026-11-01: create", Digest: strings.Repeat("b", 64), Rows: []provision.HeldRow{
			row(5, "Ben Okafor", "talent@example.com", "create", "create as contact", "same as row 9", "skip"), tied}},
	}}
}

// choicesSaid are decisions as a program says them.
func choicesSaid(options []string) []dedupe.Resolution {
	var all []dedupe.Resolution
	for _, option := range options {
		r := dedupe.Resolution{Choice: dedupe.Choice(option)}
		if letter, claims := strings.CutPrefix(option, "claim "); claims {
			r = dedupe.Resolution{Choice: dedupe.ChooseClaim, Account: "0199b2c4-0000-7000-8000-00000000000" + strings.ToLower(letter)}
		}
		if row, same := strings.CutPrefix(option, "same as row "); same {
			r.Choice = dedupe.ChooseSame
			r.Row, _ = strconv.Atoi(row)
		}
		all = append(all, r)
	}
	return all
}

func writtenReview(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := WriteReview(path, words.In{}, sampleReview()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := WriteReview(path, words.In{}, sampleReview()); err == nil {
		t.Error("a review with decisions was written over")
	}
	return path
}

func wantAnswers(path string, decisions ...string) review.Answers {
	a := review.Answer{Digest: strings.Repeat("a", 64), Person: 1, Row: 3, Name: "=Ana Lima", Email: "ana@example.com", Cell: "Review!A2"}
	b := review.Answer{Digest: strings.Repeat("b", 64), Person: 2, Row: 5, Name: "Ben Okafor", Email: "talent@example.com", Cell: "Review!A3"}
	c := review.Answer{Digest: strings.Repeat("b", 64), Person: 2, Row: 9, Name: "Cy Dane", Email: "talent@example.com", Cell: "Review!A4"}
	a.Decision, b.Decision, c.Decision = decisions[0], decisions[1], decisions[2]
	return review.Answers{Path: path, Source: "0199b2c4-0000-7000-8000-000000000001", In: words.In{Language: "en"}, All: []review.Answer{a, b, c}}
}

// edit changes cells of the sheet to decide on.
func edit(t *testing.T, path string, cells map[string]string, more ...func(*excelize.File) error) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, text := range cells {
		if err := f.SetCellStr(decideSheet, cell, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range more {
		if err := change(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// A review is read as programs save it, and as people treat it.
func TestAReviewWorkbookThatWentThroughManyHands(t *testing.T) {
	copied := func(f *excelize.File) error {
		to, err := f.NewSheet("Review (2)")
		if err != nil {
			return err
		}
		from, err := f.GetSheetIndex(decideSheet)
		return errors.Join(err, f.CopySheet(from, to))
	}
	decided := map[string]string{"A2": "It is A", "A3": "create", "A4": "Leave out"}
	for name, c := range map[string]struct {
		before map[string]string
		change func(*excelize.File) error
		cell   string // of the first decision
	}{
		"numbers as some programs write them": {decided, func(f *excelize.File) error {
			var err error
			for _, cell := range []string{"Q2", "Q3", "Q4", "R2", "R3", "R4"} {
				number, get := f.GetCellValue(decideSheet, cell)
				err = errors.Join(err, get, f.SetCellStr(decideSheet, cell, number+".0"))
			}
			return err
		}, "Review!A2"},
		"titles in other letters": {decided, func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(decideSheet, "A1", " decision\u00a0"), f.SetCellStr(decideSheet, "Q1", "ROW"))
		}, "Review!A2"},
		"decisions on a copy of the sheet": {decided, func(f *excelize.File) error {
			err := copied(f)
			for cell := range decided {
				err = errors.Join(err, f.SetCellStr(decideSheet, cell, ""))
			}
			return err
		}, "Review (2)!A2"},
		"the same on a copy of the sheet": {decided, copied, "Review!A2"},
		"a sheet of somebody's own": {decided, func(f *excelize.File) error {
			_, err := f.NewSheet("Wide")
			return errors.Join(err, f.SetCellStr("Wide", "XFD5", "x"))
		}, "Review!A2"},
	} {
		path := writtenReview(t, "review.xlsx")
		edit(t, path, c.before)
		edit(t, path, nil, c.change)
		got, err := ReadReview(path)
		if err != nil || len(got.Faults) > 0 {
			t.Errorf("%s: %v, %+v", name, err, got.Faults)
			continue
		}
		said := map[int]string{}
		for _, a := range got.All {
			if a.Decision != "" {
				said[a.Row] += a.Decision
			}
			if a.Decision == "It is A" && a.Cell != c.cell {
				t.Errorf("%s: the decision stands in %s", name, a.Cell)
			}
		}
		if diff := cmp.Diff(map[int]string{3: "It is A", 5: "create", 9: "Leave out"}, said); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Cells below each other with the same choices are named in one.
func TestChoicesOfCellsBelowEachOther(t *testing.T) {
	for _, c := range []struct {
		rows []int
		want string
	}{{[]int{2}, "A2"}, {[]int{2, 3, 4, 7, 9, 10}, "A2:A4 A7 A9:A10"}} {
		if got := ranges(c.rows); got != c.want {
			t.Errorf("%v: %q", c.rows, got)
		}
	}
	held := sampleReview()
	for range 3 {
		held.People = append(held.People, held.People[0])
	}
	path := filepath.Join(t.TempDir(), "review.xlsx")
	if err := WriteReview(path, words.In{}, held); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lists, err := f.GetDataValidations(decideSheet)
	if err != nil || len(lists) != 3 || lists[0].Sqref != "A2 A5:A7" {
		t.Errorf("%v, %+v", err, lists)
	}
}

// A line of another review is told as one, with where it stands.
func TestALineOfAnotherReview(t *testing.T) {
	path := writtenReview(t, "review.xlsx")
	edit(t, path, map[string]string{"A2": "It is A", "A4": "Leave out", "S4": "0199b2c4-0000-7000-8000-00000000dead"})
	got, err := ReadReview(path)
	want := []review.CellFault{{
		Cell: "Review!A4",
		Msg:  "the line is of another review, that of 0000dead: the lines above are of 00000001",
		Hint: "take the line out of this file, and decide in the review that it is of",
	}}
	if diff := cmp.Diff(want, got.Faults); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// What is no workbook is called what it is, with what to do.
func TestAReviewThatIsNoWorkbook(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"review.csv":  {"Decision,Name,Email\nLeave out,Ana,ana@example.com\n", "is no workbook"},
		"review.html": {"<html><table><tr><td>Decision</table></html>", "is no workbook"},
		"review.xls":  {"\x09\x08\x10\x00" + strings.Repeat("\x00", 100), "is an old Excel workbook (.xls)"},
		"review.fods": {`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`, "is a flat OpenDocument file"},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadReview(path)
		var is *file.Error
		if !errors.As(err, &is) || is.Path != path || is.Msg != c.want || is.Hint != "open it in a spreadsheet program, and save it as .xlsx" {
			t.Errorf("%s: %+v", name, err)
		}
	}
}

// namesToo compares what things are called as well.
var namesToo = cmp.AllowUnexported(provision.Names{})

func TestReviewWorkbookComesBack(t *testing.T) {
	path := writtenReview(t, "review.xlsx")
	got, err := ReadReview(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantAnswers(path, "", "", ""), got, namesToo); diff != "" {
		t.Errorf("untouched (-want +got):\n%s", diff)
	}
	edit(t, path, map[string]string{"A2": "same person, new email", "A3": " create ", "A4": "same as row 5"})
	want := wantAnswers(path, "same person, new email", "create", "same as row 5")
	if got, err = ReadReview(path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, namesToo); diff != "" {
		t.Errorf("decided (-want +got):\n%s", diff)
	}
	// Columns moved and the sheet renamed: titles find them again.
	edit(t, path, nil, func(f *excelize.File) error { return f.InsertCols(decideSheet, "A", 2) }, func(f *excelize.File) error { return f.SetSheetName(decideSheet, "Mine") })
	if got, err = ReadReview(path); err != nil || len(got.All) != 3 || got.All[2].Decision != "same as row 5" || got.All[2].Cell != "Mine!C4" {
		t.Errorf("moved: %+v %v", got, err)
	}
}

// Another program saved it: nothing is lost, neither decisions nor choices.
func TestReviewWorkbookThroughLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("NOT TESTED WITH LIBREOFFICE: no soffice")
	}
	path := writtenReview(t, "review.xlsx")
	edit(t, path, map[string]string{"A2": "claim A", "A4": "create as contact"})
	out := t.TempDir()
	cmd := exec.Command(office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", out, path)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED WITH LIBREOFFICE: %v: %s", err, text)
	}
	saved := filepath.Join(out, "review.xlsx")
	got, err := ReadReview(saved)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantAnswers(saved, "claim A", "", "create as contact"), got, namesToo); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	f, err := excelize.OpenFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if v, err := f.GetDataValidations(decideSheet); err != nil || len(v) == 0 || !strings.Contains(v[0].Formula1, choicesSheet) {
		t.Errorf("the drop-downs are gone: %v %v", v, err)
	}
}

func TestReviewWorkbookIsForPeople(t *testing.T) {
	f, err := excelize.OpenFile(writtenReview(t, "review.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if first := f.GetSheetList()[0]; first != howToSheet {
		t.Errorf("first sheet: %s", first)
	}
	if intro, err := f.GetCellValue(howToSheet, "B2"); err != nil || !strings.HasPrefix(intro, "3 rows of the list are held: ") {
		t.Errorf("it begins with %q, %v", intro, err)
	}
	if shown, _ := f.GetSheetVisible(choicesSheet); shown {
		t.Error("the choices are shown")
	}
	panes, err := f.GetPanes(decideSheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes: %+v %v", panes, err)
	}
	rows, err := f.GetRows(decideSheet)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(rows[1], "|")
	if strings.Contains(text, "ecret") || !strings.Contains(text, "(not shown: not yours to see)") || !strings.Contains(text, "Ana Souza\nold@example.com") {
		t.Errorf("the row: %s", text)
	}
	if !strings.Contains(text, "Instagram ana.one|") || !strings.Contains(text, "old@example.com\ncreated, staff in outdoor|Instagram ana.one\nTikTok ana.talks (connected)|") {
		t.Errorf("the row and the account are not in the same words: %s", text)
	}
	if !strings.Contains(strings.Join(rows[2], "|"), "Decided before: rita@example.com") {
		t.Errorf("the row: %s", rows[2])
	}
	if !strings.Contains(strings.Join(rows[3], "|"), "Line 6 and line 10 share the email talent@example.com") {
		t.Errorf("the row: %s", rows[3])
	}
	unseen := []string{"External id", "Sheet", "Row", "Person", "Run", "Digest"} // the first two say nothing on any row
	for i, title := range rows[0] {
		letter, _ := excelize.ColumnNumberToName(i + 1)
		if shown, _ := f.GetColVisible(decideSheet, letter); shown == slices.Contains(unseen, title) {
			t.Errorf("column %s: visible %v", title, shown)
		}
	}
	validations, err := f.GetDataValidations(decideSheet)
	if err != nil || len(validations) != 3 {
		t.Errorf("%d drop-downs, %v", len(validations), err)
	}
	if formula, _ := f.GetCellFormula(decideSheet, "C2"); formula != "" {
		t.Errorf("a name became the formula %s", formula)
	}
}

// What a reviewer compares with is in front of them: the row's free columns, and
// in bold what the account has otherwise. Profiles open.
func TestReviewWorkbookShowsWhatDiffersAndOpensProfiles(t *testing.T) {
	r := sampleReview()
	r.People[0].Rows[0].Attributes = []record.Attribute{{Column: "Tier", Value: "Gold"}, {Column: "Remark", Value: "=1+1"}}
	path := filepath.Join(t.TempDir(), "review.xlsx")
	if err := WriteReview(path, words.In{}, r); err != nil {
		t.Fatal(err)
	}
	f := openBook(t, path)
	rows, err := f.GetRows(decideSheet)
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]string{"Tier": "Gold", "Remark (in the list)": "=1+1", "Remark": ""} {
		if i := slices.Index(rows[0], title); i < 0 || rows[1][i] != want {
			t.Errorf("column %q: %q", title, rows[1])
		}
	}
	runs, err := f.GetCellRichText(decideSheet, "G2")
	if err != nil || len(runs) != 3 || !runs[0].Font.Bold || !runs[1].Font.Bold || runs[2].Font.Bold {
		t.Errorf("name and address of the account differ, and how it stands does not: %+v %v", runs, err)
	}
	if ok, target, _ := f.GetCellHyperLink(decideSheet, "E2"); !ok || target != "https://www.instagram.com/ana.one/" {
		t.Errorf("the profile leads to %q", target)
	}
	if formula, _ := f.GetCellFormula(decideSheet, "M2"); formula != "" {
		t.Errorf("a free column became the formula %s", formula)
	}
}

func TestReviewJSONComesBack(t *testing.T) {
	path := writtenReview(t, "review.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "ecret") {
		t.Error("a masked account is shown")
	}
	for _, want := range []string{`"kinds": [`, `"staff"`, `"connected": [`, `"tiktok ana.talks"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
	decided := strings.Replace(string(text), `"decision": ""`, `"decision": "skip"`, 1)
	if err := os.WriteFile(path, []byte(decided), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadReview(path)
	if err != nil || len(got.All) != 3 || got.All[0].Decision != "skip" || got.All[0].Cell != "people[0].rows[0].decision" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestBrokenReviews(t *testing.T) {
	path := writtenReview(t, "review.xlsx")
	edit(t, path, map[string]string{"Q2": "", "A2": "skip", "Q3": "none"})
	got, err := ReadReview(path)
	if err != nil || len(got.All) != 1 || len(got.Faults) != 1 || got.Faults[0].Cell != "Review!A2" {
		t.Errorf("numbers taken out: %+v %v", got, err)
	}
	edit(t, path, nil, func(f *excelize.File) error { return f.RemoveCol(decideSheet, "Q") })
	if _, err := ReadReview(path); err == nil || !strings.Contains(err.Error(), "column Row") {
		t.Errorf("a column taken out: %v", err)
	}
	for name, text := range map[string]string{"a.json": `{"type":"else"}`, "b.json": `[`} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadReview(path); err == nil || !strings.Contains(err.Error(), "is no review of muster") {
			t.Errorf("%s: %v", name, err)
		}
	}
	path = writtenReview(t, "review.xlsx")
	edit(t, path, map[string]string{"XFD5": "x"})
	if _, err := ReadReview(path); err == nil || !strings.Contains(err.Error(), "row 5 has 16,384 columns") {
		t.Errorf("a cell at the right end: %v", err)
	}
	bomb := filepath.Join(t.TempDir(), "bomb.xlsx")
	inflated(t, bomb, reviewUnpacked+1)
	if _, err := ReadReview(bomb); err == nil || !strings.Contains(err.Error(), "unzip size exceeds") {
		t.Errorf("more than a quarter of a gigabyte in %d bytes: %v", size(t, bomb), err)
	}
	if _, err := ReadReview("absent.xlsx"); err == nil {
		t.Error("an absent file was read")
	}
}

// inflated writes a small workbook whose only sheet unpacks to so many bytes, nearly all blank.
func inflated(t *testing.T, path string, n int) {
	t.Helper()
	edited := writtenReview(t, "review.xlsx")
	old, err := zip.OpenReader(edited)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, part := range old.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := z.Copy(part); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, err := z.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		blank := bytes.Repeat([]byte(" "), 1<<20)
		for ; n > 0; n -= len(blank) {
			if _, err := w.Write(blank); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// What is needed to decide is printed, and can be read: a second candidate stands
// on a page to the right, beside the row that it may be.
func TestReviewPrintsAllCandidates(t *testing.T) {
	f, err := excelize.OpenFile(writtenReview(t, "review.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	printed := map[string]string{}
	for _, name := range f.GetDefinedName() {
		if name.Scope == decideSheet {
			printed[name.Name] = name.RefersTo
		}
	}
	want := map[string]string{
		"_xlnm.Print_Area":      "'Review'!$A$1:$L$4", // L is "What leads to B"
		"_xlnm.Print_Titles":    "'Review'!$A:$C,'Review'!$1:$1",
		"_xlnm._FilterDatabase": "'Review'!$A$1:$T$4",
	}
	if diff := cmp.Diff(want, printed); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	layout, err := f.GetPageLayout(decideSheet)
	if err != nil {
		t.Fatal(err)
	}
	if size := 11 * float64(*layout.AdjustTo) / 100; size < 7 || *layout.PageOrder != "overThenDown" {
		t.Errorf("printed at %.1f points, %s", size, *layout.PageOrder)
	}
	sheet := partsOf(t, f.Path, "xl/worksheets/sheet2.xml")["xl/worksheets/sheet2.xml"]
	if !strings.Contains(sheet, `<colBreaks count="1" manualBreakCount="1"><brk id="9"`) {
		t.Error("the second page does not begin with the second candidate")
	}
	if strings.Contains(sheet, "fitToPage") {
		t.Error("the sheet is fitted to pages, which breaks it anywhere")
	}
}
