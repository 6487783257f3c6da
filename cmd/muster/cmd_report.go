package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/provision/run"
)

// reportOptions are the flags of report.
type reportOptions struct {
	door
	Out   string
	Lang  flags.Language
	Links bool
}

func (a *app) reportCommand() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report RUN [LIST…]",
		Short: "Write the report of a run again",
		Long: `Report writes the report of a run again: from what the database recorded, and
from the rows that the run kept in its folder. Where those are gone (another run
was given the folder) it reads the lists again, from where they stood or from
those named here; they have to be the same to the byte. Whoever sees less than
the operator of the run did gets less, into a folder named by -o.

Links are left out, and those that the run wrote stay as they are. With --links
and --as they are written, too, for somebody who may see them: that goes into
the audit. Links that are still live are the same as before.`,
		Example: `  muster report last
  muster report 5f0b2c4e -o reports/again --links --as ada@example.com
  muster report 5f0b2c4e creators.csv`,
		Args: arguments(1, -1, aRun),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(); err != nil {
				return err
			}
			return a.report(cmd.Context(), args[0], args[1:], o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *reportOptions) flags(f *pflag.FlagSet) {
	f.StringVarP(&o.Out, "out", "o", "", "`folder` of the report (default that of the run)")
	o.Lang.Flag(f)
	f.BoolVar(&o.Links, "links", false, "write the links, too; needs --as and the right links:reveal")
	o.reading(f)
}

func (o *reportOptions) validate() error {
	if o.Links && o.As == "" {
		return flags.Usage("--links shows what belongs to other people, on somebody's authority",
			"say on whose: --as EMAIL")
	}
	return nil
}

func (a *app) report(ctx context.Context, name string, lists []string, o reportOptions) error {
	v := a.out.View()
	defer v.Close()
	s, err := a.openToRead(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	ring, err := a.keyring(s.db)
	if err != nil {
		return err
	}
	if err := s.sign(ctx, ring); err != nil {
		return err
	}
	r, reader, err := s.runOf(ctx, o.door, name)
	if err != nil {
		return err
	}
	summary, err := run.Rerender(ctx, s.Engine,
		run.RerenderSettings{Run: r.ID, Lists: lists, Out: o.Out, Links: o.Links, Language: o.Lang.Tag, Operator: reader.Operator.Email})
	if err != nil {
		return err
	}
	v.Close()
	a.out.Finish(summary)
	if len(summary.Undrawn) > 0 { // else 0, however the run went
		summary.ExitCode, a.code = exit.Partial, exit.Partial
		a.out.Partial(summary)
	}
	return nil
}
