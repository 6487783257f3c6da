package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/words"
)

// reviewOptions are the flags of review.
type reviewOptions struct {
	flags.Ending
	As      string
	All     bool
	Browser bool
	Port    int
}

func (a *app) reviewCommand() *cobra.Command {
	var o reviewOptions
	c := &cobra.Command{
		Use:   "review RUN",
		Short: "Decide about held rows: here, or in a workbook",
		Long: `Review shows the held people of a run one at a time, each beside the accounts
they may be, and asks what to do. Answers are kept: quit whenever you like and
go on later. At the end it applies them, as a run of its own.

With --browser it asks on a page of this machine instead, row and accounts side
by side. Its address is printed and opens once; the page is gone when the
command ends. On a server, name a --port and lead the same one there:
ssh -L 8090:localhost:8090 server.

Where somebody else decides, export a workbook (or JSON), have the column
Decision filled in, and apply it. What was decided is remembered: the next
import of the list does not ask again, until the row or the accounts change.`,
		Example: `  muster review last                          decide here, one by one
  muster review last --browser                decide on a page
  muster review export last -o review.xlsx    let somebody decide in a workbook
  muster review apply review.xlsx`,
		Args: arguments(1, 1, aRun),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, args[0]); err != nil {
				return err
			}
			return a.review(cmd.Context(), args[0], o)
		},
	}
	o.flags(c.Flags())
	c.AddCommand(a.reviewExportCommand(), a.reviewApplyCommand())
	return c
}

func (o *reviewOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.As, "as", "",
		"`email` of the operator on whose authority this is done (default the one of the run)")
	f.BoolVar(&o.All, "all", false, "ask about rows, too, that somebody decided to skip")
	f.BoolVar(&o.Browser, "browser", false, "ask on a page of this machine, whose address is printed")
	f.IntVar(&o.Port, "port", 0, "`number` of the port of that page (default one that nobody uses)")
	o.Ending.Flags(f)
}

func (o *reviewOptions) validate(a *app, source string) error {
	if err := o.Ending.Validate(); err != nil {
		return err
	}
	switch {
	case o.Port != 0 && !o.Browser:
		return flags.Usage("--port is that of the page", "say --browser, too")
	case o.Port < 0 || o.Port > 65535:
		return flags.Usage(fmt.Sprintf("--port %d is no port", o.Port), "give a number from 1 to 65535, or leave it out")
	case !a.asks && !o.Browser:
		return flags.Usage("nobody can be asked: this is no terminal",
			"muster review export "+source+" -o review.xlsx writes a workbook to decide in, --browser asks on a page")
	}
	return nil
}

// speaks is the language that people are asked in: the terminal is in English.
func (o reviewOptions) speaks(held provision.HeldReview) words.In {
	if !o.Browser {
		return words.In{Names: held.Names}
	}
	return words.In{Language: words.Spoken(cmp.Or(o.Lang.Tag, held.Language)).Language, Names: held.Names}
}

func (o reviewOptions) settings() plan.HeldSettings {
	return plan.HeldSettings{Operator: o.As, All: o.All}
}

// heldPeople finds who is held in a run or a plan.
func heldPeople(
	ctx context.Context, s *session, source string, asked plan.HeldSettings,
) (provision.HeldReview, error) {
	source, err := s.heldSource(ctx, source, asked.Operator)
	if err != nil {
		return provision.HeldReview{}, err
	}
	return plan.Held(ctx, s.Engine, source, asked)
}

// heldSource names a run or a saved plan in full. Where no operator is named
// whoever ran it is meant, and sees it.
func (s *session) heldSource(ctx context.Context, source, operator string) (string, error) {
	if _, err := os.Stat(source); err == nil {
		return filepath.Abs(source)
	}
	if provision.IsSavedPlan(source) {
		return "", &provision.PlanFileError{Path: source, Msg: "there is no such file"}
	}
	if operator == "" {
		if run, err := provision.RunCalled(ctx, s.Engine, source); err == nil {
			return run.ID, nil
		}
	}
	run, _, err := s.runOf(ctx, door{As: operator}, source)
	return run.ID, err
}

// openThere opens a database that exists: in a new one nobody is held, or
// invited.
func (a *app) openThere(ctx context.Context, v view.View) (*session, error) {
	d, err := a.database()
	if err != nil {
		return nil, err
	}
	if d.Absent() {
		return nil, &provision.ConfigError{Msg: "there is no database " + d.URL,
			Hint: "go to the folder of the import, or name the database with --db"}
	}
	return a.openToWrite(ctx, v, nil, true)
}
