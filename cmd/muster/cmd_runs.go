package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/provision"
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

func (o *runsOptions) validate() error {
	if o.Limit < 1 {
		return flags.Usage(fmt.Sprintf("--limit %d is not possible", o.Limit), "give a number from 1")
	}
	return nil
}

func (a *app) runsCommand() *cobra.Command {
	var o runsOptions
	c := &cobra.Command{
		Use:     "runs",
		Short:   "List past runs; show one; purge old ones",
		Example: "  muster runs\n  muster runs show last\n  muster runs purge --older 90d",
	}
	group(c, "muster")
	c.RunE = func(cmd *cobra.Command, _ []string) error { return a.listRuns(cmd.Context(), o) }
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
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listRuns(cmd.Context(), *o) },
	}
	o.flags(c.Flags())
	return c
}

func (a *app) listRuns(ctx context.Context, o runsOptions) error {
	if err := o.validate(); err != nil {
		return err
	}
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	runs, err := provision.Runs(ctx, s.Engine, o.Org, o.Limit)
	if err != nil {
		return err
	}
	a.out.Runs(runs)
	return nil
}

func (a *app) showRun(ctx context.Context, name string) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	r, err := s.run(ctx, name)
	if err != nil {
		return err
	}
	a.out.Run(r)
	return nil
}
