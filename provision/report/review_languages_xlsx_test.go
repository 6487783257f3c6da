package report

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"muster/provision/locale"
	"muster/provision/words"
)

// In every language the workbook is for people of that language, and comes back.
func TestAReviewInEachLanguageComesBack(t *testing.T) {
	english := sheetTexts(t, reviewIn(t, words.In{}))
	for _, in := range words.Languages() {
		path := reviewIn(t, in)
		f := openBook(t, path)
		if want := []string{in.Say(howToSheet), in.Say(decideSheet), in.Say(choicesSheet)}; !slices.Equal(f.GetSheetList(), want) {
			t.Errorf("%s: sheets %q, want %q", in.Language, f.GetSheetList(), want)
		}
		choices, err := f.GetRows(in.Say(choicesSheet))
		if err != nil || len(choices) != 3 {
			t.Fatalf("%s: choices %q, %v", in.Language, choices, err)
		}
		want := wantAnswers(path, choices[0][0], choices[1][0], choices[2][2])
		want.In = in
		for i := range want.All {
			want.All[i].Cell = fmt.Sprintf("%s!A%d", in.Say(decideSheet), i+2)
			if err := f.SetCellStr(in.Say(decideSheet), fmt.Sprintf("A%d", i+2), want.All[i].Decision); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		got, err := ReadReview(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, namesToo); diff != "" {
			t.Errorf("%s: decided (-want +got):\n%s", in.Language, diff)
		}
		if in.Language != locale.English {
			noEnglishIn(t, in.Language, english, sheetTexts(t, reviewIn(t, in)), 40)
		}
	}
}

// A free column of the list that is called as one of ours is in another language
// does not lead astray.
func TestAColumnOfTheListIsNotTakenForOurs(t *testing.T) {
	path := reviewIn(t, words.Spoken("de"))
	f := openBook(t, path)
	for cell, title := range map[string]string{"X1": "Decision", "Y1": "Remark"} {
		if err := f.SetCellStr("Zu prüfen", cell, title); err != nil {
			t.Fatal(err)
		}
	}
	for cell, text := range map[string]string{"A2": "Es ist A", "X2": "Somebody new"} {
		if err := f.SetCellStr("Zu prüfen", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadReview(path); err != nil || got.In.Language != locale.German || got.All[0].Decision != "Es ist A" {
		t.Errorf("read %+v, %v", got, err)
	}
}

func reviewIn(t *testing.T, in words.In) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "review.xlsx")
	if err := WriteReview(path, in, sampleReview()); err != nil {
		t.Fatal(err)
	}
	return path
}

// sheetTexts are the texts of all cells that people see, and the names of sheets.
func sheetTexts(t *testing.T, path string) []string {
	t.Helper()
	f := openBook(t, path)
	var all []string
	for _, sheet := range f.GetSheetList() {
		all = append(all, sheet)
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i, text := range row {
				letter, _ := excelize.ColumnNumberToName(i + 1)
				if shown, _ := f.GetColVisible(sheet, letter); shown && !strings.Contains(text, "rita@example.com on 2026") {
					all = append(all, text)
				}
			}
		}
	}
	return all
}
