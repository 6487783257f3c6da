package view

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/provision"
	"muster/provision/report"
	"muster/provision/words"
)

// PlanTable is a plan for a person: what will happen to how many rows, which
// are the first of them, why rows are held or rejected, and what else the plan
// does. The table is folded to lines of so many characters, 0 for any.
func PlanTable(s provision.PlanSummary, width int) string {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header, t.Style().Format.Footer = text.FormatDefault, text.FormatDefault
	t.SetColumnConfigs(report.OutcomeColumns(width, s.Rows))
	people := s.OfMissing()
	counted, all := "Rows", table.Row{"All rows", words.Number(s.Rows), "every row of the list is counted once"}
	if people > 0 {
		counted, all = "People", table.Row{"All people", words.Number(people), "whom the source named"}
	}
	t.AppendHeader(table.Row{"Plan", counted, "What will happen"})
	for _, o := range provision.Outcomes {
		if said := words.Planned(s, o); said != "" && s.Outcomes[o] > 0 {
			t.AppendRow(table.Row{words.Outcome(o).Title, words.Number(s.Outcomes[o]), said})
		}
	}
	if kept := people - s.Outcomes[provision.Removed]; kept > 0 {
		t.AppendRow(table.Row{words.Outcome(provision.Unchanged).Title, words.Number(kept), "people who keep what the source gave them"})
	}
	t.AppendFooter(all)
	if s.Differ > 0 {
		t.AppendFooter(table.Row{"Differ", words.Number(s.Differ),
			"say something else than the account: " + report.DifferenceWords(s.Differences)})
	}
	var b strings.Builder
	b.WriteString(t.Render() + "\n")
	for _, line := range words.PlanLines(s) {
		b.WriteString("- " + line + "\n")
	}
	return b.String()
}

// People counts people.
func People(n int) string { return words.People(n) }

// PlanLine is a plan in one line.
func PlanLine(s provision.PlanSummary) string {
	var parts []string
	for _, o := range provision.Outcomes {
		if n := s.Outcomes[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", words.Number(n), o))
		}
	}
	parts = append(parts, words.PlanDoes(s)...)
	if s.Differ > 0 {
		parts = append(parts,
			fmt.Sprintf("%s other than the account (%s)", Plural(s.Differ, "row"), report.DifferenceWords(s.Differences)))
	}
	if s.Done > 0 {
		parts = append(parts, words.PlanDone(s)+" already")
	}
	of := Plural(s.Rows, "row")
	if n := s.OfMissing(); n > 0 {
		of = People(n)
		if n -= s.Outcomes[provision.Removed]; n > 0 {
			parts = append(parts, words.Number(n)+" kept")
		}
	}
	return fmt.Sprintf("plan for %s: %s", of, strings.Join(parts, ", "))
}
