package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/report"
)

// runsOptions are the flags of runs.
type runsOptions struct {
	Org   string
	Limit int
}

func (o *runsOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.Org, "org", "", "organization (default all)")
	f.IntVar(&o.Limit, "limit", 20, "how many, the newest first")
}

func (a *app) runsCommand() *cobra.Command {
	var o runsOptions
	c := &cobra.Command{
		Use:     "runs",
		Short:   "List past runs; show one; purge old ones",
		Example: "  muster runs\n  muster runs show last\n  muster runs purge --older 90d",
	}
	group(c, "muster")
	c.RunE = func(cmd *cobra.Command, _ []string) error { return a.runs(cmd.Context(), o) }
	o.flags(c.Flags())
	c.AddCommand(a.runsListCommand(&o), &cobra.Command{
		Use:     "show RUN",
		Short:   "Show one run",
		Long:    "Show tells when a run was, how it ended and where its report is.\n\n" + namesOfRuns,
		Example: "  muster runs show last",
		Args:    arguments(1, 1, aRun),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.showRun(cmd.Context(), args[0]) },
	}, a.purgeCommand())
	return c
}

// runsListCommand is runs by the name that other programs give it.
func (a *app) runsListCommand(o *runsOptions) *cobra.Command {
	c := &cobra.Command{
		Use:     "list",
		Short:   "List past runs, as muster runs does",
		Example: "  muster runs list --limit 5",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runs(cmd.Context(), *o) },
	}
	o.flags(c.Flags())
	return c
}

func (a *app) runs(ctx context.Context, o runsOptions) error {
	if o.Limit < 1 {
		return flags.Usage(fmt.Sprintf("--limit %d is not possible", o.Limit), "give a number from 1")
	}
	s, err := a.openToRead(ctx, a.view())
	if err != nil {
		return err
	}
	defer s.close()
	runs, err := provision.Runs(ctx, s.Engine, o.Org, o.Limit)
	if err != nil {
		return err
	}
	if a.common.JSON {
		for _, r := range runs {
			a.emit("run", runLineOf(r))
		}
		a.emit("summary", map[string]int{"runs": len(runs)})
		return nil
	}
	a.runTable(runs)
	return nil
}

// runTable lists runs, so that 80 characters are enough: the short name of
// each, and its lists folded.
func (a *app) runTable(runs []provision.Run) {
	if len(runs) == 0 {
		fmt.Fprintln(a.stdout, "There were no runs yet.")
		return
	}
	rows := []table.Row{{"Run", "Command", "Started", "Ended", "Rows", "Lists"}}
	for _, r := range runs {
		l := runLineOf(r)
		n := ""
		if l.Summary != nil {
			n = report.Number(l.Summary.Rows)
		}
		started := r.StartedAt.Local().Format("2006-01-02 15:04")
		rows = append(rows, table.Row{provision.ShortRun(r.ID), r.Kind, started, endWords(r), n, strings.Join(l.files(), ", ")})
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs(lastColumn(rows, columns(a.stdout)))
	t.AppendHeader(rows[0])
	t.AppendRows(rows[1:])
	fmt.Fprintln(a.stdout, t.Render())
	fmt.Fprintln(a.stdout, "muster runs show RUN tells more of one; the newest is also called last.")
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
	if r.ExitCode == exit.Interrupt && len(r.Summary) == 0 { // one that is interrupted later stays open
		return "declined"
	}
	return fmt.Sprintf("%d %s", r.ExitCode, exit.Name(r.ExitCode))
}

func (a *app) showRun(ctx context.Context, name string) error {
	s, err := a.openToRead(ctx, a.view())
	if err != nil {
		return err
	}
	defer s.close()
	r, err := s.run(ctx, name)
	if err != nil {
		return err
	}
	l := runLineOf(r)
	if a.common.JSON {
		a.emit("run", l)
		a.emit("summary", map[string]int{"runs": 1})
		return nil
	}
	say := func(name, value string) { fmt.Fprintf(a.stdout, "%-10s %s\n", name, value) }
	say("Run", r.ID)
	say("Command", r.Kind)
	say("Lists", strings.Join(l.files(), ", "))
	say("Started", r.StartedAt.Local().Format(time.DateTime)+" on "+r.Host)
	if !r.FinishedAt.IsZero() {
		say("Finished", r.FinishedAt.Local().Format(time.DateTime))
	}
	say("Ended", endWords(r))
	if !r.PurgedAt.IsZero() {
		say("Purged", r.PurgedAt.Local().Format(time.DateTime))
	}
	say("Report", r.Out)
	if l.Summary != nil {
		fmt.Fprintln(a.stdout, report.Table(*l.Summary, columns(a.stdout)))
	}
	return nil
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
	Summary      *provision.Summary   `json:"summary,omitempty"`
}

func runLineOf(r provision.Run) runLine {
	l := runLine{Run: r.ID, Command: r.Kind, Organization: r.Organization, Host: r.Host, Program: r.Program, Out: r.Out, StartedAt: r.StartedAt, PurgedAt: r.PurgedAt}
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
