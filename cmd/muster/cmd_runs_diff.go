package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/run"
)

// runsDiffOptions are the flags of runs diff.
type runsDiffOptions struct {
	door
	Limit int
}

func (a *app) runsDiffCommand() *cobra.Command {
	var o runsDiffOptions
	c := &cobra.Command{
		Use:   "diff RUN RUN",
		Short: "Tell what changed from one run to another",
		Long: `Diff compares two runs of an organization as every run is compared with the last
one of its list: who is new, back, updated, gone, blocked, or otherwise than
their account, which rows are newly held or rejected, and what became of those
that were. People are compared by their accounts, rows by whom they tell of,
wherever they stand. With --json everybody is told.

` + namesOfRuns,
		Example: `  muster runs diff 1a2b3c4d last
  muster runs diff 1a2b3c4d last --json`,
		Args: arguments(2, 2, "two runs, the earlier one first: last, or what muster runs shows"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Limit < 0 {
				return flags.Usage(fmt.Sprintf("--limit %d is not possible", o.Limit), "give a number from 0")
			}
			return a.diffRuns(cmd.Context(), args[0], args[1], o)
		},
	}
	o.reading(c.Flags())
	c.Flags().IntVar(&o.Limit, "limit", 10, "how many of each are named")
	return c
}

func (a *app) diffRuns(ctx context.Context, earlier, later string, o runsDiffOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	after, authority, err := s.runOf(ctx, o.door, later)
	if err != nil {
		return err
	}
	o.Org = authority.Organization.Slug
	before, _, err := s.runOf(ctx, o.door, earlier)
	if err != nil {
		return err
	}
	if before.ID == after.ID {
		return flags.Usage("both are run "+provision.ShortRun(after.ID), "name two runs; muster runs lists them")
	}
	var each func(run.NamedTurn) error
	if a.common.JSON {
		each = func(t run.NamedTurn) error {
			a.out.Emit("turned", t)
			return nil
		}
	}
	since, err := run.Diff(ctx, s.Engine, authority, before, after, o.Limit, each)
	if err != nil {
		return err
	}
	a.out.Diff(since, after)
	return nil
}
