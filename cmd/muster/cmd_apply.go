package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/run"
)

// applyOptions are the flags of apply.
type applyOptions struct {
	flags.Ending
	flags.Allow
	Shard flags.Shard
	Yes   bool
}

func (a *app) applyCommand() *cobra.Command {
	var o applyOptions
	c := &cobra.Command{
		Use:   "apply PLAN",
		Short: "Carry out a saved plan, exactly",
		Long: `Apply does what a plan says and nothing else. People whose accounts changed
after the plan was made are stale: they are reported and left alone. Where all
of them are, apply ends with 12. A plan that was applied already is reported
again, and nothing is written.

A plan that was divided (muster plan --shards 4) is carried out by as many
processes, at once or one after the other, on one machine or on many: each says
which shard it does, counted from 0, as JOB_COMPLETION_INDEX of Kubernetes is.
The one that ends last writes the report of the whole run and ends with its exit
code; the others say how far the run is, and end with 0. One that was killed
goes on when it is started again. Without --shard all of the plan is done.

A plan that does more than a guard of the organization allows is not applied
(12), unless somebody says to the number what it does. That is put on record.`,
		Example: `  muster apply plan.jsonl
  muster apply plan.jsonl --out reports/spring
  muster apply plan.jsonl --shard 0/4      the first of four
  muster apply plan.jsonl --allow-removals 240`,
		Args: arguments(1, 1, "a plan file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a); err != nil {
				return err
			}
			return a.apply(cmd.Context(), args[0], o)
		},
	}
	a.talk.Flags(c.Flags())
	o.flags(c.Flags())
	return c
}

func (o *applyOptions) flags(f *pflag.FlagSet) {
	o.Ending.Flags(f)
	o.Allow.Flags(f)
	f.Var(&o.Shard, "shard", "do one part of a plan that was divided, like 0/4: the first of four")
	f.BoolVarP(&o.Yes, "yes", "y", false, "apply never asks; this changes nothing")
	_ = f.MarkHidden("yes")
}

func (o *applyOptions) validate(a *app) error {
	return errors.Join(a.talk.Validate(), o.Ending.Validate())
}

// ending says how the run is to end, and which guards it may pass.
func (o *applyOptions) ending() run.Ending {
	e := o.Ending.Settings(nil)
	e.Allow = o.Guards()
	return e
}

func (a *app) apply(ctx context.Context, path string, o applyOptions) error {
	v := a.out.View()
	defer v.Close()
	first, err := a.planned(path)
	if err != nil {
		return err
	}
	s, err := a.openToWrite(ctx, v, first, true)
	if err != nil {
		return err
	}
	defer s.close()
	s.pace(o.Workers)
	if o.Shard.Of > 0 {
		return a.applyShard(ctx, v, s, path, o)
	}
	summary, err := unlocked(ctx, v, o.IfLocked, func() (provision.Summary, error) {
		return run.Apply(ctx, s.Engine, path, o.ending())
	})
	return a.ended(v, summary, err)
}

// applyShard carries out a shard. The one that ends last ends like the run.
func (a *app) applyShard(ctx context.Context, v view.View, s *session, path string, o applyOptions) error {
	var shard run.ShardEnd
	summary, err := unlocked(ctx, v, o.IfLocked, func() (summary provision.Summary, err error) {
		shard, err = run.ApplyShard(ctx, s.Engine, path, o.Shard.Shard, o.ending())
		if shard.Summary != nil {
			summary = *shard.Summary
		}
		return summary, err
	})
	if err != nil || shard.Summary != nil {
		return a.ended(v, summary, err)
	}
	v.Close()
	a.out.Shard(shard)
	return nil
}

// planned looks at a plan that may have been made before its database was:
// the first use makes the database that the plan speaks of.
func (a *app) planned(path string) (*firstUse, error) {
	d, err := a.database()
	if err != nil {
		return nil, err
	}
	if isPlanPage(path) {
		return nil, &provision.ConfigError{Class: failure.NoPlan, Msg: path + " is a page to look at a plan in, and holds none",
			Hint: "a plan to apply is .jsonl: muster plan LIST… -o plan.jsonl keeps one"}
	}
	plan, err := plan.Open(path)
	if err != nil {
		return nil, err
	}
	defer plan.Close()
	h := plan.Header
	if d.Absent() && h.Database != provision.NewDatabase {
		return nil, &provision.StalePlanError{Msg: "the plan was made against another database: there is no " + d.URL}
	}
	return &firstUse{operator: h.Operator, baseURL: h.BaseURL}, nil
}
