package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/run"
	"muster/provision/words"
)

// importOptions are the flags of import.
type importOptions struct {
	listOptions
	Directory string
	Yes       bool
}

func (a *app) importCommand() *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import LIST…",
		Short: "Create or claim everybody on a list, and report",
		Long: `Import reads the lists, looks everybody up, shows what it is going to do, asks,
and does it: new people get an account and an invite link, people who have an
account are added to the brand. Rows that are unclear are held or rejected and
left as they are. The report says what became of every row; links.csv holds the
links and nothing else does.

Run it again whenever you like: nobody is added twice, and links stay the same.
An import that was interrupted goes on when the same command is run again.`,
		Example: `  muster import creators.csv                       show the plan, ask, do it
  muster import creators.xlsx --yes                do not ask
  muster import creators.csv --yes --quiet         for a schedule
  muster import creators.csv --directory accounts.csv
                                                   know who is there already
  muster import staff.csv --kind staff --brand outdoor --as ada@example.com
  muster import list.csv --map 'Insta=instagram' --map 'Notes='`,
		Args: arguments(1, -1, "at least one list"),
		RunE: func(cmd *cobra.Command, lists []string) error {
			if err := o.validate(a); err != nil {
				return err
			}
			o.asked = flags.Asked(cmd.Flags())
			return a.importLists(cmd.Context(), lists, o)
		},
	}
	o.flags(c.Flags(), a)
	return c
}

func (o *importOptions) flags(f *pflag.FlagSet, a *app) {
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	f.StringVar(&o.Directory, "directory", "", "export of the platform's accounts to load first, a `file`")
	a.talk.Flags(f)
	o.Scope.Flags(f)
	o.Policy.Flags(f)
	o.Ending.Flags(f)
	o.Reading.Flags(f)
}

func (o *importOptions) validate(a *app) error {
	if err := o.listOptions.validate(a, nil); err != nil {
		return err
	}
	if !o.Yes && !a.asks {
		return flags.Usage("nobody can be asked whether to go on: this is no terminal",
			"look at it with muster plan, then say --yes")
	}
	return nil
}

func (a *app) importLists(ctx context.Context, lists []string, o importOptions) error {
	asked := o.settings(lists)
	before := func(s *session, v view.View) error {
		if yes, err := a.mayLoad(ctx, v, o); err != nil || !yes {
			return cmp.Or(err, provision.ErrDeclined)
		}
		return a.loadFirst(ctx, s, o.Directory, asked, o.Out)
	}
	return a.takeIn(ctx, takingIn{listOptions: o.listOptions, settings: asked, yes: o.Yes, before: before, run: run.Import})
}

// ended shows a run that ended one way or the other. An interrupted run has
// an honest report, too.
func (a *app) ended(v view.View, summary provision.Summary, err error) error {
	v.Close()
	if errors.Is(err, errSkipped) {
		a.unwatched()
		if a.common.JSON {
			a.out.Emit("summary", map[string]any{"skipped": true, "exit_code": exit.OK})
		}
		return nil
	}
	if summary.Report != "" && summary.Outcomes != nil {
		a.reported(summary)
		a.out.Finish(summary)
		a.code = summary.ExitCode
	}
	if err == nil {
		a.out.Partial(summary)
	}
	return err
}

// asking is how a run is to end that a person is asked about, unless yes was said
// before.
func (a *app) asking(v view.View, e run.Ending, yes bool) run.Ending {
	if yes {
		return e
	}
	e.Asks = true
	e.Show = func(p provision.PlanSummary) {
		v.Close()
		fmt.Fprint(a.out.Stderr, "\n"+view.PlanTable(p, view.Columns(a.out.Stderr))+"\n")
	}
	return e
}

// confirm shows a plan and asks whether to go on with it. Where nothing would
// be written there is nothing to ask.
func (a *app) confirm(ctx context.Context, v view.View, plan provision.PlanSummary, yes bool) (bool, error) {
	if yes {
		for _, line := range append(words.ListNotes(plan.Lists), view.PlanLine(plan)) {
			a.out.Say("%s", line)
		}
		return true, nil
	}
	v.Close()
	shown := "\n" + view.PlanTable(plan, view.Columns(a.out.Stderr)) + "\n"
	if !plan.Writes() {
		fmt.Fprint(a.out.Stderr, shown+"No changes: the report is written, and nothing else.\n")
		return true, nil
	}
	return a.ask(ctx, shown+"Do this? Type yes to go on: ")
}

// mayLoad asks whether the directory may be loaded: that comes before the
// plan, and stays when the plan is declined.
func (a *app) mayLoad(ctx context.Context, v view.View, o importOptions) (bool, error) {
	if o.Directory == "" || o.Yes {
		return true, nil
	}
	v.Close()
	return a.ask(ctx, fmt.Sprintf("The accounts of %s are loaded into the database first, whatever you say to the "+
		"plan afterwards.\nLoad them? Type yes to go on: ", o.Directory))
}

// ask asks a question and reports whether the answer was yes.
func (a *app) ask(ctx context.Context, question string) (bool, error) {
	fmt.Fprint(a.out.Stderr, question)
	answer, err := readLine(ctx, a.answers())
	if err != nil {
		return false, err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	return false, nil
}
