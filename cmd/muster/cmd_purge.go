package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/run"
)

// purgeOptions are the flags of runs purge.
type purgeOptions struct {
	Older   flags.Age
	Org, As string
	Yes     bool
}

func (a *app) purgeCommand() *cobra.Command {
	var o purgeOptions
	c := &cobra.Command{
		Use:   "purge",
		Short: "Remove what old runs keep of people",
		Long: `Purge removes what holds personal data of runs that finished longer ago than
--older says: in the folder of the report everything but the summary (the
workbook, the CSV files with the links, the held and the rejected rows, a plan
that was left), and in the database what it keeps to explain the rows.

What became of every row and why, the totals, and the audit stay, and so do the
accounts, links and access that the runs gave. A run that is not finished is
never purged. A folder that holds the report of a later run by now, and files
that are no report's, are left alone. Plans saved with -o, and copies that
muster report -o wrote, have to be removed by hand.`,
		Example: `  muster runs purge --older 90d            show which runs that is, ask, do it
  muster runs purge --older 2w --yes       do not ask: for a schedule`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(cmd); err != nil {
				return err
			}
			return a.purge(cmd.Context(), o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *purgeOptions) flags(f *pflag.FlagSet) {
	f.Var(&o.Older, "older", "how long ago a run has to have finished, like 90d, 2w or 12h")
	f.StringVar(&o.Org, "org", "", "organization (default the only one)")
	f.StringVar(&o.As, "as", "",
		"`email` of the operator on whose authority this is done (default the only administrator)")
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
}

func (o *purgeOptions) validate(cmd *cobra.Command) error {
	if o.Older.Age == 0 {
		return flags.Usage("muster runs purge needs --older", "like this: "+firstExample(cmd))
	}
	return nil
}

func (a *app) purge(ctx context.Context, o purgeOptions) error {
	s, err := a.openToRead(ctx, a.out.View()) // makes no database, unlike openToWrite
	if err != nil {
		return err
	}
	defer s.close()
	settings := run.PurgeSettings{Organization: o.Org, Operator: o.As, Before: time.Now().Add(-o.Older.Age)}
	done, err := run.Purge(ctx, s.Engine, settings, func(all []run.Purged) (bool, error) {
		switch {
		case o.Yes:
			return true, nil
		case !a.asks:
			return false, flags.Usage("nobody can be asked whether to go on: this is no terminal", "say --yes")
		}
		return a.ask(ctx, fmt.Sprintf("%s\nRemove this for good? Type yes to go on: ", purgePlan(all)))
	})
	if err != nil && len(done) == 0 {
		return err
	}
	a.purged(done, o)
	return err
}

// purgePlan says what would be removed of which runs.
func purgePlan(all []run.Purged) string {
	var b strings.Builder
	for _, p := range all {
		fmt.Fprintf(&b, "%s  %s, finished %s: %s in %s\n", provision.ShortRun(p.Run.ID), p.Run.Kind,
			p.Run.FinishedAt.Local().Format(time.DateTime), view.Plural(len(p.Files), "file"), view.ShortPath(p.Run.Out))
		if p.Left != "" {
			fmt.Fprintf(&b, "  %s\n", p.Left)
		}
	}
	fmt.Fprintf(&b, "These files hold people's data. They are removed, and so is what the database keeps to explain "+
		"the rows of %s.\n", view.Plural(len(all), "run"))
	return b.String()
}

// purgedLine is a purged run as JSON.
type purgedLine struct {
	Run        string    `json:"run"`
	Command    string    `json:"command"`
	FinishedAt time.Time `json:"finished_at"`
	Out        string    `json:"out"`
	Files      []string  `json:"files"`
	Rows       int       `json:"rows"` // whose details were kept in the database
	Left       string    `json:"left,omitempty"`
}

// purged says what was removed.
func (a *app) purged(done []run.Purged, o purgeOptions) {
	files, rows := 0, 0
	for _, p := range done {
		files, rows = files+len(p.Files), rows+p.Rows
		if a.common.JSON {
			a.out.Emit("run", purgedLine{p.Run.ID, p.Run.Kind, p.Run.FinishedAt, p.Run.Out, append([]string{}, p.Files...),
				p.Rows, p.Left})
		} else if p.Left != "" {
			a.out.Say("run %s: %s", provision.ShortRun(p.Run.ID), p.Left)
		}
	}
	switch {
	case a.common.JSON:
		a.out.Emit("summary", map[string]int{"runs": len(done), "files": files, "rows": rows})
	case len(done) == 0:
		fmt.Fprintf(a.out.Stdout, "There is nothing to purge: no run that finished more than %s ago keeps anything.\n",
			&o.Older)
	default:
		fmt.Fprintf(a.out.Stdout, "%s purged: %s removed, and the details of %s.\n", wereWords(len(done), "run"),
			view.Plural(files, "file"), view.Plural(rows, "row"))
	}
}

// wereWords counts things that were something.
func wereWords(n int, word string) string {
	if n == 1 {
		return "1 " + word + " was"
	}
	return view.Plural(n, word) + " were"
}
