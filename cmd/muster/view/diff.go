package view

import (
	"fmt"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/report"
	"muster/provision/words"
)

// diffSummary counts what changed between two runs.
type diffSummary struct {
	Earlier string                 `json:"earlier"`
	Later   string                 `json:"later"`
	Turns   map[provision.Turn]int `json:"turns"` // none at nought
}

// Diff shows what changed from one run to a later one.
func (o *Output) Diff(s *provision.Since, later provision.Run) {
	if o.common.JSON {
		o.Emit("summary", diffSummary{Earlier: s.Run, Later: later.ID, Turns: s.Turns})
		return
	}
	between := fmt.Sprintf("%s and %s", runMoment(s.FinishedAt, s.Run), runMoment(later.FinishedAt, later.ID))
	if len(s.Turns) == 0 {
		fmt.Fprintf(o.Stdout, "Nothing changed between %s.\n", between)
		return
	}
	fmt.Fprintf(o.Stdout, "What changed between %s:\n", between)
	o.turns(s, runLineOf(later).Lists)
}

func runMoment(at time.Time, run string) string {
	if at.IsZero() {
		return fmt.Sprintf("run %s, which is not finished", provision.ShortRun(run))
	}
	return fmt.Sprintf("%s (run %s)", at.Local().Format("2006-01-02 15:04 MST"), provision.ShortRun(run))
}

// since shows what changed since the last run of the list.
func (o *Output) since(s provision.Summary) {
	if s.Since == nil {
		return
	}
	fmt.Fprintln(o.Stdout, words.Since(s.Since, time.Local))
	shown := *s.Since
	if o.common.LogLevel != "" {
		shown.First = nil // both streams of a service are one log, and a log names nobody
	}
	o.turns(&shown, s.Lists)
	fmt.Fprintln(o.Stdout)
}

// turns shows what changed, a line each.
func (o *Output) turns(s *provision.Since, lists []provision.ListInfo) {
	for _, line := range words.SinceLines(s, lists) {
		fmt.Fprintln(o.Stdout, strings.Join(report.StepLines(report.Step{Text: line}, Columns(o.Stdout)), "\n"))
	}
}
