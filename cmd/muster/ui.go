package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/report"
)

// A view shows the events of a run to whoever started it. Events may be told
// from several goroutines at once.
type view interface {
	tell(provision.Event)
	close() // ends a phase that was left open
}

// view returns what listens to a run: text or JSON, and the log if one is
// asked for.
func (a *app) view() view {
	var v view = newTextView(a.stderr, a.terminal, isTerminal(a.terminal) && os.Getenv("TERM") != "dumb")
	if a.common.JSON {
		v = &jsonView{out: a.stdout}
	}
	if a.common.LogLevel != "" {
		v = logView{v}
	}
	return v
}

// logView also writes events to the log.
type logView struct{ view }

func (l logView) tell(e provision.Event) {
	switch e := e.(type) {
	case provision.RunStarted:
		slog.Info("run started", "run_id", e.Run, "resumed", e.Resumed, "out", e.Out)
	case provision.PhaseStarted:
		slog.Info("phase started", "phase", e.Phase, "total", e.Total)
	case provision.Progress:
		slog.Debug("progress", "phase", e.Phase, "done", e.Done)
	case provision.PhaseDone:
		slog.Info("phase done", "phase", e.Phase, "done", e.Done)
	case provision.Planned:
		slog.Info("planned", "rows", e.Summary.Rows, "people", e.Summary.People)
	case provision.Notice:
		slog.Info(e.Text)
	case provision.Warning:
		slog.Warn(e.Text)
	}
	l.view.tell(e)
}

// finish shows how a run ended: the table, what to do next, and, as the last
// line, where the report is.
func (a *app) finish(s provision.Summary) {
	if a.common.JSON {
		a.emit("summary", s)
		return
	}
	fmt.Fprintln(a.stdout, report.Table(s, columns(a.stdout)))
	fmt.Fprintln(a.stdout)
	for _, step := range report.Next(s) {
		fmt.Fprintln(a.stdout, strings.Join(report.StepLines(step, columns(a.stdout)), "\n"))
	}
	first := report.WorkbookFile
	if slices.Contains(undrawn(s), first) {
		first = report.ReportFile
	}
	fmt.Fprintf(a.stdout, "\nThe report is in this folder; open %s first:\n%s\n", first, shortPath(s.Report))
}

// partial says why a run that came to its end still does not end with 0.
func (a *app) partial(s provision.Summary) {
	if s.ExitCode != exitPartial && s.ExitCode != exitGuard {
		return
	}
	e := explained{Code: s.ExitCode, Name: exitName(s.ExitCode), Message: unsettled(s)}
	switch {
	case s.ExitCode == exitGuard:
		e.Message, e.Hint = "nothing of the plan could be applied: the accounts changed after it was made", "make the plan again with muster plan"
	case len(s.Undrawn) > 0:
		e.Hint = "muster report " + s.Run + " draws it again; muster help exit-codes explains the codes"
	default:
		e.Hint = "--max-rejects and --max-held allow some; muster help exit-codes explains the codes"
	}
	if a.common.JSON {
		emit(a.stderr, "exit", e)
		return
	}
	fmt.Fprintf(a.stderr, "muster: exit code %d: %s\n", e.Code, e.Message)
	fmt.Fprintf(a.stderr, "muster: hint: %s\n", e.Hint)
}

// unsettled says in words what is left for a person to do.
func unsettled(s provision.Summary) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, report.Number(n)+" "+what)
		}
	}
	add(s.Outcomes[provision.Review]-s.Reasons[reason.Skipped], "held for review")
	add(s.Outcomes[provision.Rejected], "rejected")
	add(s.Outcomes[provision.Failed], "failed")
	add(s.Outcomes[provision.Stale], "stale")
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

// shortPath is a path as seen from the current folder, where that is shorter.
func shortPath(path string) string {
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
