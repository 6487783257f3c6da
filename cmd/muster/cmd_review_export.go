package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/report"
	"muster/provision/words"
)

// reviewExportOptions are the flags of review export.
type reviewExportOptions struct {
	Out  string
	As   string
	All  bool
	Lang flags.Language
}

func (a *app) reviewExportCommand() *cobra.Command {
	var o reviewExportOptions
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
			if err := o.validate(cmd); err != nil {
				return err
			}
			return a.exportReview(cmd.Context(), args[0], o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *reviewExportOptions) flags(f *pflag.FlagSet) {
	f.StringVarP(&o.Out, "out", "o", "", "`file` to write: .xlsx, or .json")
	f.StringVar(&o.As, "as", "", "`email` of the operator who will see it (default the one of the run)")
	f.BoolVar(&o.All, "all", false, "also those that somebody decided to skip")
	o.Lang.Flag(f)
}

func (o *reviewExportOptions) validate(cmd *cobra.Command) error {
	if o.Out == "" {
		return flags.Usage(cmd.CommandPath()+" needs the name of a file", "like this: "+firstExample(cmd))
	}
	return nil
}

func (a *app) exportReview(ctx context.Context, source string, o reviewExportOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	if err := a.signIfAny(ctx, s); err != nil { // whoever was erased is held by that alone
		return err
	}
	held, err := heldPeople(ctx, s, source, plan.HeldSettings{Operator: o.As, All: o.All})
	if err != nil {
		return err
	}
	in := words.Spoken(cmp.Or(o.Lang.Tag, held.Language))
	in.Names = held.Names
	if len(held.People) > 0 {
		if err := report.WriteReview(o.Out, in, held); err != nil {
			return err
		}
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"run": held.Source, "cases": len(held.People), "rows": held.RowCount(),
			"left_out": held.LeftOut(), "settled": held.Settled, "file": o.Out})
		return nil
	}
	if len(held.People) == 0 {
		fmt.Fprintln(a.out.Stdout, "Nobody is held any more: there is nothing to decide, and no file was written.")
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "%s: fill in the column %s, then run\nmuster review apply %s\n",
		whatIsAsked(held), in.Say("Decision"), flags.Quoted(o.Out))
	return nil
}

// whatIsAsked tells rows that are held from those that somebody left out.
func whatIsAsked(held provision.HeldReview) string {
	are := func(rows int, what string) string {
		if rows == 1 {
			return view.Plural(rows, "row") + " is " + what
		}
		return view.Plural(rows, "row") + " are " + what
	}
	left := held.LeftOut()
	switch open := held.RowCount() - left; {
	case left == 0:
		return are(open, "held")
	case open == 0:
		return are(left, "left out, as somebody decided")
	default:
		return are(open, "held") + ", " + are(left, "left out, as somebody decided")
	}
}
