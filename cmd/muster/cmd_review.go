package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/report"
	"muster/provision/review"
)

// reviewOptions are the flags of review and its commands.
type reviewOptions struct {
	flags.Ending
	As  string
	All bool
	Out string
	Yes bool
}

func (a *app) reviewCommand() *cobra.Command {
	var o reviewOptions
	c := &cobra.Command{
		Use:   "review RUN",
		Short: "Decide about held rows: here, or in a workbook",
		Long: `Review shows the held people of a run one at a time, each beside the accounts
they may be, and asks what to do. Answers are kept: quit whenever you like and
go on later. At the end it applies them, as a run of its own.

Where somebody else decides, export a workbook (or JSON), have the column
Decision filled in, and apply it. What was decided is remembered: the next
import of the list does not ask again, until the row or the accounts change.`,
		Example: `  muster review last                          decide here, one by one
  muster review export last -o review.xlsx    let somebody decide in a workbook
  muster review apply review.xlsx`,
		Args: arguments(1, 1, aRun),
		RunE: func(cmd *cobra.Command, args []string) error { return a.review(cmd.Context(), args[0], o) },
	}
	c.Flags().StringVar(&o.As, "as", "", "`email` of the operator on whose authority this is done (default the one of the run)")
	c.Flags().BoolVar(&o.All, "all", false, "ask about rows, too, that somebody decided to skip")
	o.Ending.Flags(c.Flags())
	c.AddCommand(a.reviewExportCommand(), a.reviewApplyCommand())
	return c
}

func (a *app) reviewExportCommand() *cobra.Command {
	var o reviewOptions
	c := &cobra.Command{
		Use:   "export RUN|PLAN -o FILE",
		Short: "Write held people into a workbook to decide in",
		Long: `Export writes everybody of a run, or of a saved plan, who is still held: each
row beside the accounts it may be, with what leads there, and a drop-down of
what may be decided. Accounts of other organizations are masked.`,
		Example: `  muster review export last -o review.xlsx
  muster review export plan.jsonl -o review.json`,
		Args: arguments(1, 1, aRun+", or a saved plan"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Out == "" {
				return flags.Usage(cmd.CommandPath()+" needs the name of a file", "like this: "+firstExample(cmd))
			}
			return a.exportReview(cmd.Context(), args[0], o)
		},
	}
	c.Flags().StringVarP(&o.Out, "out", "o", "", "`file` to write: .xlsx, or .json")
	c.Flags().StringVar(&o.As, "as", "", "`email` of the operator who will see it (default the one of the run)")
	c.Flags().BoolVar(&o.All, "all", false, "also those that somebody decided to skip")
	return c
}

func (a *app) reviewApplyCommand() *cobra.Command {
	var o reviewOptions
	c := &cobra.Command{
		Use:   "apply FILE",
		Short: "Carry out what was decided in a workbook",
		Long: `Apply checks every decision of the file against the accounts as they are now.
Where one cannot be carried out it names the cell and does nothing at all.
Otherwise it shows what it is going to do, asks, does it, writes a report, and
remembers the decisions. Rows without a decision stay held.`,
		Example: `  muster review apply review.xlsx
  muster review apply review.json --yes --as rita@example.com`,
		Args: arguments(1, 1, "a file that muster review export made"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(a.talk.Validate(), o.Validate()); err != nil {
				return err
			}
			if !o.Yes && !a.asks {
				return flags.Usage("nobody can be asked whether to go on: this is no terminal", "say --yes")
			}
			return a.applyReview(cmd.Context(), args[0], o)
		},
	}
	a.talk.Flags(c.Flags())
	c.Flags().BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	c.Flags().StringVar(&o.As, "as", "", "`email` of the operator on whose authority this is done (default the one of the run)")
	o.Ending.Flags(c.Flags())
	return c
}

func (o reviewOptions) settings() plan.HeldSettings {
	return plan.HeldSettings{Operator: o.As, All: o.All}
}

func (a *app) exportReview(ctx context.Context, source string, o reviewOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	held, err := a.heldPeople(ctx, s, source, o)
	if err != nil {
		return err
	}
	rows := 0
	for _, p := range held.People {
		rows += len(p.Rows)
	}
	if len(held.People) > 0 {
		if err := report.WriteReview(o.Out, held); err != nil {
			return err
		}
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"run": held.Source, "people": len(held.People), "rows": rows, "settled": held.Settled, "file": o.Out})
		return nil
	}
	if len(held.People) == 0 {
		fmt.Fprintln(a.out.Stdout, "Nobody is held any more: there is nothing to decide, and no file was written.")
		return nil
	}
	are := "are"
	if len(held.People) == 1 {
		are = "is"
	}
	fmt.Fprintf(a.out.Stdout, "%s %s held (%s): fill in the column Decision, then run\nmuster review apply %s\n", view.People(len(held.People)), are, view.Plural(rows, "row"), flags.Quoted(o.Out))
	return nil
}

// heldPeople finds who is held in a run or a plan.
func (a *app) heldPeople(ctx context.Context, s *session, source string, o reviewOptions) (provision.HeldReview, error) {
	source, err := s.heldSource(ctx, source)
	if err != nil {
		return provision.HeldReview{}, err
	}
	return plan.Held(ctx, s.Engine, source, o.settings())
}

// heldSource names a run or a saved plan in full.
func (s *session) heldSource(ctx context.Context, source string) (string, error) {
	if _, err := os.Stat(source); err == nil {
		return filepath.Abs(source)
	}
	if strings.ContainsAny(source, `./\`) {
		return "", &provision.PlanFileError{Path: source, Msg: "there is no such file"}
	}
	run, err := s.run(ctx, source)
	return run.ID, err
}

// openToReview opens a database that exists: nobody is held in a new one.
func (a *app) openToReview(ctx context.Context, v view.View) (*session, error) {
	d, err := a.database()
	if err != nil {
		return nil, err
	}
	if d.Absent() {
		return nil, &provision.ConfigError{Msg: "there is no database " + d.URL, Hint: "go to the folder of the import, or name the database with --db"}
	}
	return a.openToWrite(ctx, v, nil, true)
}

func (a *app) applyReview(ctx context.Context, path string, o reviewOptions) error {
	v := a.out.View()
	answers, err := report.ReadReview(path)
	if err != nil {
		return errors.Join(err, closed(v))
	}
	s, err := a.openToReview(ctx, v)
	if err != nil {
		return errors.Join(err, closed(v))
	}
	defer s.close()
	s.pace(o.Workers)
	return a.decide(ctx, v, s, answers, o, func(p provision.PlanSummary) (bool, error) { return a.confirm(ctx, v, p, o.Yes) })
}

// decide applies answers, and names every cell that stands in the way.
func (a *app) decide(ctx context.Context, v view.View, s *session, answers review.Answers, o reviewOptions, confirm func(provision.PlanSummary) (bool, error)) error {
	summary, err := unlocked(ctx, v, o.IfLocked, func() (provision.Summary, error) {
		return review.ApplyReview(ctx, s.Engine, answers, o.As, o.Ending.Settings(confirm))
	})
	var faults *review.Error
	if errors.As(err, &faults) {
		v.Close()
		a.faults(faults)
		return err
	}
	if errors.Is(err, provision.ErrDeclined) && !errors.Is(err, provision.ErrLeftOpen) {
		s.dropFolder()
	}
	return a.ended(v, summary, err)
}

func (a *app) faults(e *review.Error) {
	for _, f := range e.Faults {
		switch {
		case a.common.JSON:
			view.EmitTo(a.out.Stderr, "fault", a.out.Event("error"), f)
		case !a.out.Talks():
			slog.Error(f.Msg, "file", e.Path, "cell", f.Cell, "hint", f.Hint)
		default:
			fmt.Fprintf(a.out.Stderr, "muster: %s: %s: %s\n", e.Path, f.Cell, f.Msg)
			if f.Hint != "" {
				fmt.Fprintf(a.out.Stderr, "muster:   hint: %s\n", f.Hint)
			}
		}
	}
}
