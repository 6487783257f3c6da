package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/importer/reason"
	"muster/provision"
)

// A plan names everybody who would lose something; where they are too many for the
// page it says where the others are.
func TestPlanNamesWhoWouldBeRemoved(t *testing.T) {
	p := samplePlan()
	p.Outcomes[provision.Removed] = shownRows + 50
	p.Missing = func() (all []provision.MissingPerson, _ error) {
		for i := range p.Outcomes[provision.Removed] {
			all = append(all, provision.MissingPerson{
				Removal: provision.Removal{N: i + 1, Account: "account", Outcome: provision.Removed, Reason: reason.AbsentFromList},
				Name:    fmt.Sprintf("Person %03d", i), Email: fmt.Sprintf("p%d@example.com", i), Lost: provision.RemovalDetail{Brands: []string{"outdoor"}},
			})
		}
		return append(all, provision.MissingPerson{Name: "Who stays", Removal: provision.Removal{Outcome: provision.Unchanged}}), nil
	}
	dir := t.TempDir()
	for _, name := range []string{"plan.html", "plan.xlsx"} {
		if err := DrawPlan(t.Context(), filepath.Join(dir, name), seq(sampleLines()), p); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "plan.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"and will lose what the list gave them", "Person 099", "Will be taken away: brand outdoor",
		"People no longer on the list whose access will be taken away",
		"And 50 more. All of them are on the sheet Removed of a workbook of this plan (muster plan -o plan.xlsx)."} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(string(page), "Person 100") || strings.Contains(string(page), "Who stays") {
		t.Error("the page shows too many")
	}
	rows, err := openBook(t, filepath.Join(dir, "plan.xlsx")).GetRows(removedSheet)
	if err != nil || len(rows) != shownRows+51 || rows[150][0] != "Person 149" || rows[150][4] != "brand outdoor" {
		t.Errorf("the workbook has %d rows, the last %q, %v", len(rows), rows[len(rows)-1], err)
	}
}
