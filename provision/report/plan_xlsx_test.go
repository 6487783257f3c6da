package report

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

// samplePlan is the plan that the sample report would have come from.
func samplePlan() Planned {
	s := sampleSummary()
	p := Planned{PlanSummary: provision.NewPlanSummary(s.Lists), Kept: "plan.jsonl"}
	p.Rows = s.Rows
	p.Organization, p.Brand, p.Operator = s.Organization, s.Brand, s.Operator
	p.SideEffects.LinksIssued = 3
	for l := range seq(sampleLines()) {
		p.Outcomes[l.Outcome]++
	}
	return p
}

func drawnPlan(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := DrawPlan(t.Context(), path, seq(sampleLines()), samplePlan()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the plan there is more: %v, %v", entries, err)
	}
	return path
}

// The workbook of a plan has the sheets of a report, and says what is to come.
func TestPlanAsAWorkbook(t *testing.T) {
	book, err := excelize.OpenFile(drawnPlan(t, "plan.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(summarySheet)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, row := range rows {
		all.WriteString(strings.Join(row, " ") + "\n")
	}
	for _, want := range []string{"What would become of ", "Nothing is written yet.", "will get an account", "3 invite links will be issued",
		"muster apply plan.jsonl", "What else will happen"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%q is missing in\n%s", want, all.String())
		}
	}
	for _, sheet := range []string{invitesSheet, reviewSheet, rejectedSheet} {
		if i, err := book.GetSheetIndex(sheet); i < 0 || err != nil {
			t.Errorf("there is no sheet %s: %v", sheet, err)
		}
	}
}

// A plan that cannot be drawn leaves an older file as it was, and nothing else.
func TestPlanIsThereWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.html")
	if err := os.WriteFile(path, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the disk")
	lines := iter.Seq2[provision.Line, error](func(yield func(provision.Line, error) bool) { yield(provision.Line{}, broken) })
	if err := DrawPlan(t.Context(), path, lines, samplePlan()); !errors.Is(err, broken) || !strings.Contains(err.Error(), "drawing "+path) {
		t.Errorf("error %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	text, _ := os.ReadFile(path)
	if err != nil || len(entries) != 1 || string(text) != "older" {
		t.Errorf("%v, %v, %q", entries, err, text)
	}
}
