package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/report"
	"muster/provision/review"
)

// reviewApplyOptions are the flags of review apply.
type reviewApplyOptions struct {
	flags.Ending
	As  string
	Yes bool
}

func (a *app) reviewApplyCommand() *cobra.Command {
	var o reviewApplyOptions
	c := &cobra.Command{
		Use:   "apply FILE",
		Short: "Carry out what was decided in a workbook",
		Long: `Apply checks every decision of the file against the accounts as they are now.
Where one cannot be carried out it names the cell and does nothing at all.
Otherwise it shows what it is going to do, asks, does it, writes a report, and
remembers the decisions. Rows without a decision stay held: fill in more of them
later, and apply the same file again. What was applied already stays as it is.`,
		Example: `  muster review apply review.xlsx
  muster review apply review.json --yes --as rita@example.com`,
		Args: arguments(1, 1, "a file that muster review export made"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a); err != nil {
				return err
			}
			return a.applyReview(cmd.Context(), args[0], o)
		},
	}
	o.flags(c.Flags(), a)
	return c
}

func (o *reviewApplyOptions) flags(f *pflag.FlagSet, a *app) {
	a.talk.Flags(f)
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	f.StringVar(&o.As, "as", "",
		"`email` of the operator on whose authority this is done (default the one of the run)")
	o.Ending.Flags(f)
}

func (o *reviewApplyOptions) validate(a *app) error {
	if err := errors.Join(a.talk.Validate(), o.Ending.Validate()); err != nil {
		return err
	}
	if !o.Yes && !a.asks {
		return flags.Usage("nobody can be asked whether to go on: this is no terminal", "say --yes")
	}
	return nil
}

func (a *app) applyReview(ctx context.Context, path string, o reviewApplyOptions) error {
	v := a.out.View()
	defer v.Close()
	answers, err := report.ReadReview(path)
	if err != nil {
		return err
	}
	s, err := a.openThere(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	s.pace(o.Workers)
	asked := reviewOptions{Ending: o.Ending, As: o.As}
	return a.decide(ctx, v, s, answers, asked, o.Yes)
}

// decide applies answers, and names every cell that stands in the way.
func (a *app) decide(
	ctx context.Context, v view.View, s *session, answers review.Answers, o reviewOptions, yes bool,
) error {
	summary, err := a.carryOut(ctx, v, s, answers, o, func(p provision.PlanSummary) (bool, error) { return a.confirm(ctx, v, p, yes) })
	var faults *review.Error
	if errors.As(err, &faults) {
		v.Close()
		a.faults(faults)
		return err
	}
	return a.ended(v, summary, err)
}

// carryOut applies answers, if somebody confirms their plan.
func (a *app) carryOut(
	ctx context.Context, v view.View, s *session, answers review.Answers, o reviewOptions,
	confirm func(provision.PlanSummary) (bool, error),
) (provision.Summary, error) {
	summary, err := unlocked(ctx, v, o.IfLocked, func() (provision.Summary, error) {
		return review.Apply(ctx, s.Engine, answers, o.As, o.Ending.Settings(confirm))
	})
	if errors.Is(err, provision.ErrDeclined) && !errors.Is(err, provision.ErrLeftOpen) {
		s.dropFolder()
	}
	return summary, err
}

func (a *app) faults(e *review.Error) {
	for _, f := range e.InLines() {
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
