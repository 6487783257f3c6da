package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/provision"
)

// runsOptions are the flags of runs.
type runsOptions struct {
	door
	Limit int
}

func (o *runsOptions) flags(f *pflag.FlagSet) {
	o.reading(f)
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
		Use:   "runs",
		Short: "List past runs; show one; compare two; purge old ones",
		Long: `Runs lists past runs, the newest first: those of brands that the operator sees.
What a command did to people of several brands is for who sees all brands, and
for who ran it.`,
		Example: "  muster runs\n  muster runs show last\n  muster runs diff 1a2b3c4d last\n  muster runs purge --older 90d",
	}
	group(c, "muster")
	c.RunE = func(cmd *cobra.Command, _ []string) error { return a.listRuns(cmd.Context(), o) }
	o.flags(c.Flags())
	c.AddCommand(a.runsListCommand(&o), a.runsShowCommand(), a.runsDiffCommand(), a.purgeCommand())
	return c
}

func (a *app) runsShowCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:     "show RUN",
		Short:   "Show one run",
		Long:    "Show tells when a run was, how it ended and where its report is.\n\n" + namesOfRuns,
		Example: "  muster runs show last",
		Args:    arguments(1, 1, aRun),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.showRun(cmd.Context(), args[0], d) },
	}
	d.reading(c.Flags())
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
	authority, err := s.authority(ctx, o.door, "", "")
	if isNoOrganization(err) && o.Org == "" {
		a.out.Runs(nil)
		return nil
	}
	if err != nil {
		return err
	}
	runs, err := provision.RunsSeen(ctx, s.Engine, authority, o.Limit)
	if err != nil {
		return err
	}
	a.out.Runs(runs)
	return nil
}

func (a *app) showRun(ctx context.Context, name string, d door) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	r, authority, err := s.runOf(ctx, d, name)
	if err != nil {
		return err
	}
	undone, err := s.undoneBy(ctx, authority, r)
	if err != nil {
		return err
	}
	a.out.Run(r, undone)
	return nil
}

// undoneBy are the runs that took back what a run did, or some of it, the latest
// first.
func (s *session) undoneBy(ctx context.Context, au *provision.Authority, r provision.Run) ([]provision.Run, error) {
	all, err := provision.RunsSeen(ctx, s.Engine, au, runsLookedAt)
	return slices.DeleteFunc(all, func(other provision.Run) bool {
		is, _ := other.TookBack(r)
		return !is
	}), err
}
