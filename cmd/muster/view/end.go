package view

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"muster/cmd/muster/exit"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/report"
	"muster/provision/words"
)

// finished is how a run ended, as an event.
type finished struct {
	Code     int                       `json:"code"`
	Name     string                    `json:"name"`
	Rows     int                       `json:"rows"`
	Outcomes map[provision.Outcome]int `json:"outcomes"`
	Report   string                    `json:"report"`
}

// Finish shows how a run ended: the table, what to do next, and, as the last
// line, where the report is.
func (o *Output) Finish(s provision.Summary) {
	o.totalled = true
	slog.Info("run finished", "code", s.ExitCode, "name", exit.Name(s.ExitCode), "rows", s.Rows, "outcomes", s.Outcomes,
		"report", s.Report)
	switch {
	case o.common.JSON:
		o.Emit("run_finished", o.Event(""), finished{s.ExitCode, exit.Name(s.ExitCode), s.Rows, s.Outcomes, s.Report})
		o.Emit("summary", s)
		return
	case o.talk.Quiet && s.Settled():
		return
	}
	s.Report = ShortPath(s.Report)
	fmt.Fprintln(o.Stdout, report.Table(s, Columns(o.Stdout)))
	fmt.Fprintln(o.Stdout)
	o.since(s)
	o.waiting(s)
	for _, step := range report.Next(s) {
		fmt.Fprintln(o.Stdout, strings.Join(report.StepLines(step, Columns(o.Stdout)), "\n"))
	}
	first := report.WorkbookFile
	if slices.Contains(undrawn(s), first) {
		first = report.ReportFile
	}
	fmt.Fprintf(o.Stdout, "\nThe report is in this folder; open %s first:\n%s\n", first, s.Report)
}

// waiting shows why rows wait.
func (o *Output) waiting(s provision.Summary) {
	whys := report.Whys(s)
	if len(whys) == 0 {
		return
	}
	fmt.Fprintln(o.Stdout, "Why rows wait:")
	for _, why := range whys {
		fmt.Fprintln(o.Stdout, strings.Join(report.StepLines(why, Columns(o.Stdout)), "\n"))
	}
	fmt.Fprintln(o.Stdout, "\nWhat to do next:")
}

// planAgain is what to try where a plan no longer holds.
const PlanAgain = "make the plan again with muster plan"

// Partial says why a run that came to its end still does not end with 0.
func (o *Output) Partial(s provision.Summary) {
	if s.ExitCode != exit.Partial && s.ExitCode != exit.Guard {
		return
	}
	e := Ended{Code: s.ExitCode, Name: exit.Name(s.ExitCode), Message: unsettled(s)}
	switch {
	case s.ExitCode == exit.Guard:
		e.Message, e.Hint = "nothing of the plan could be applied: the accounts changed after it was made", PlanAgain
	case slices.ContainsFunc(s.Undrawn, func(u provision.Undrawn) bool { return !u.Lost }):
		e.Hint = report.Redraw(s) + " draws it again; muster help exit-codes explains the codes"
	default:
		e.Hint = "--max-rejects and --max-held allow some; muster help exit-codes explains the codes"
		if provision.UnreadRows(s.Lists) > 0 {
			e.Hint = "--sheet says which sheets are meant, '*' means all; " + e.Hint
		}
	}
	o.logFault(e)
	switch {
	case o.common.JSON:
		EmitTo(o.Stderr, "exit", o.Event("warning"), e)
	case o.talk.Quiet && s.Settled():
	case o.Talks():
		fmt.Fprintf(o.Stderr, "muster: exit code %d: %s\n", e.Code, e.Message)
		fmt.Fprintf(o.Stderr, "muster: hint: %s\n", e.Hint)
	}
}

// unsettled says in words what is left for a person to do.
func unsettled(s provision.Summary) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, words.Number(n)+" "+what)
		}
	}
	add(s.Outcomes[provision.Review]-s.Reasons[reason.Skipped], "held for review")
	add(s.InVain, "decided in vain")
	add(s.Outcomes[provision.Rejected], "rejected")
	add(s.Outcomes[provision.Failed], "failed")
	add(s.Outcomes[provision.Stale], "stale")
	add(provision.UnreadRows(s.Lists), "on sheets that were not read")
	text := "every row is settled"
	if len(parts) > 0 {
		text = "every other row is settled, but " + strings.Join(parts, ", ")
	}
	if len(s.Undrawn) > 0 {
		text += "; of the report is missing: " + strings.Join(undrawn(s), ", ")
	}
	return text
}

// undrawn names the files of the report that are missing.
func undrawn(s provision.Summary) []string {
	names := make([]string, len(s.Undrawn))
	for i, u := range s.Undrawn {
		names[i] = u.File
	}
	return names
}

// ShortPath is a path as seen from the current folder, where that is shorter.
func ShortPath(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(here, path)
	if err != nil || strings.HasPrefix(rel, "..") {
		return path
	}
	return rel
}
