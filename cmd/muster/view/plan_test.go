package view

import (
	"strings"
	"testing"

	"muster/importer/reason"
	"muster/provision"
)

// A plan and the report of the same run write their numbers alike.
func TestPlanNumbersAreReadable(t *testing.T) {
	s := provision.PlanSummary{Rows: 100_000, Done: 98_000, People: 99_000, Outcomes: map[provision.Outcome]int{provision.Created: 96_000}, SideEffects: provision.SideEffects{LinksIssued: 96_000},
		Reasons: map[reason.Code]int{reason.SharedAddress: 1_250}}
	got := PlanTable(s, 0) + PlanLine(s)
	for _, want := range []string{"96,000 │ new on the platform", "100,000 │ every row of the list is counted once", "- 96,000 invite links will be issued", "- 1,250 rows: ", "- 98,000 of 100,000 rows done already; 2,000 left", ", 98,000 of 100,000 rows done already", "plan for 100,000 rows: 96,000 created"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}
