package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/cmd/muster/exit"
	"muster/provision"
	"muster/provision/report"
	"muster/provision/words"
)

// Runs lists runs, the newest first.
func (o *Output) Runs(runs []provision.Run) {
	if !o.common.JSON {
		o.runTable(runs)
		return
	}
	for _, r := range runs {
		o.Emit("run", runLineOf(r))
	}
	o.Emit("summary", map[string]int{"runs": len(runs)})
}

// runTable lists runs, so that 80 characters are enough: the short name of
// each, and its lists folded.
func (o *Output) runTable(runs []provision.Run) {
	if len(runs) == 0 {
		fmt.Fprintln(o.Stdout, "There were no runs yet.")
		return
	}
	rows := []table.Row{{"Run", "Command", "Started", "Ended", "Rows", "Lists"}}
	for _, r := range runs {
		l := runLineOf(r)
		n := ""
		if l.Summary != nil {
			n = words.Number(l.Summary.Rows)
		}
		started := r.StartedAt.Local().Format("2006-01-02 15:04")
		rows = append(rows, table.Row{provision.ShortRun(r.ID), r.Kind, started, endWords(r), n,
			strings.Join(l.files(), ", ")})
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs(lastColumn(rows, Columns(o.Stdout)))
	t.AppendHeader(rows[0])
	t.AppendRows(rows[1:])
	fmt.Fprintln(o.Stdout, fitted(t, Columns(o.Stdout), rows[0], rows[1:]))
	fmt.Fprintln(o.Stdout, "muster runs show RUN tells more of one; the one that ended last is also called last.")
}

// lastColumn folds the last column of a table, so that the table fits into
// lines of so many characters, 0 for any.
func lastColumn(rows []table.Row, width int) []table.ColumnConfig {
	if width == 0 {
		return nil
	}
	last := len(rows[0]) - 1
	used := 3*len(rows[0]) + 1 // borders
	for i := range last {
		widest := 0
		for _, row := range rows {
			widest = max(widest, text.StringWidthWithoutEscSequences(fmt.Sprint(row[i])))
		}
		used += widest
	}
	return []table.ColumnConfig{{Number: last + 1, WidthMax: max(width-used, 8), WidthMaxEnforcer: text.WrapSoft}}
}

func endWords(r provision.Run) string {
	if r.FinishedAt.IsZero() {
		return "not finished"
	}
	if r.EndedByUndo() {
		return "taken back"
	}
	if r.ExitCode == exit.Interrupt && len(r.Summary) == 0 { // one that is interrupted later stays open
		return "declined"
	}
	return fmt.Sprintf("%d %s", r.ExitCode, exit.Name(r.ExitCode))
}

// Run shows one run, and which ones took it back.
func (o *Output) Run(r provision.Run, undone []provision.Run) {
	l := runLineOf(r)
	for _, u := range undone {
		l.UndoneBy = append(l.UndoneBy, u.ID)
	}
	if o.common.JSON {
		o.Emit("run", l)
		o.Emit("summary", map[string]int{"runs": 1})
		return
	}
	say := func(name, value string) { fmt.Fprintf(o.Stdout, "%-10s %s\n", name, value) }
	say("Run", r.ID)
	say("Command", r.Kind)
	say("Lists", strings.Join(l.files(), ", "))
	say("Started", r.StartedAt.Local().Format(time.DateTime)+" on "+r.Host)
	if !r.FinishedAt.IsZero() {
		say("Finished", r.FinishedAt.Local().Format(time.DateTime))
	}
	say("Ended", endWords(r))
	for _, u := range undone {
		say("Undone", fmt.Sprintf("%s by run %s (muster %s)", u.FinishedAt.Local().Format(time.DateTime),
			provision.ShortRun(u.ID), RunLists(u)))
	}
	if !r.PurgedAt.IsZero() {
		say("Purged", r.PurgedAt.Local().Format(time.DateTime))
	}
	say("Report", r.Out)
	if l.Summary != nil {
		fmt.Fprintln(o.Stdout, report.Table(*l.Summary, Columns(o.Stdout)))
	}
}

// runLine is a run as JSON.
type runLine struct {
	Run          string               `json:"run"`
	Command      string               `json:"command"`
	Organization string               `json:"organization_id"`
	Host         string               `json:"host"`
	Program      string               `json:"program"`
	Out          string               `json:"out"`
	Lists        []provision.ListInfo `json:"lists"`
	StartedAt    time.Time            `json:"started_at"`
	FinishedAt   *time.Time           `json:"finished_at,omitempty"`
	ExitCode     *int                 `json:"exit_code,omitempty"`
	PurgedAt     time.Time            `json:"purged_at,omitzero"`
	UndoneBy     []string             `json:"undone_by,omitempty"` // ids of runs that took it back, or some of it; of one run alone
	Summary      *provision.Summary   `json:"summary,omitempty"`
}

func runLineOf(r provision.Run) runLine {
	l := runLine{Run: r.ID, Command: r.Kind, Organization: r.Organization, Host: r.Host, Program: r.Program, Out: r.Out,
		StartedAt: r.StartedAt, PurgedAt: r.PurgedAt}
	_ = json.Unmarshal(r.Lists, &l.Lists) // what cannot be read is not shown
	if r.FinishedAt.IsZero() {
		return l
	}
	l.FinishedAt, l.ExitCode = &r.FinishedAt, &r.ExitCode
	var s provision.Summary
	if json.Unmarshal(r.Summary, &s) == nil && s.Run != "" {
		l.Summary, l.Lists = &s, s.Lists // they have been counted
	}
	return l
}

func (l runLine) files() []string {
	var files []string
	for _, i := range l.Lists {
		files = append(files, i.File)
	}
	return files
}

// RunLists names the lists of a run.
func RunLists(r provision.Run) string { return strings.Join(runLineOf(r).files(), ", ") }
