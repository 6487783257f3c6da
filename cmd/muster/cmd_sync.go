package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/provision/run"
)

// syncOptions are the flags of sync.
type syncOptions struct {
	listOptions
	flags.Sync
	Yes bool
}

func (a *app) syncCommand() *cobra.Command {
	var o syncOptions
	c := &cobra.Command{
		Use:   "sync LIST… --source NAME",
		Short: "Keep a brand equal to a list, night after night",
		Long: `Sync takes people in like import, and takes away what a list no longer gives:
whoever is missing from two complete lists in a row loses what the source gave
them, and has it again as it was when they are back. The source is a name that
you choose, for wherever the list comes from; the same every night. Only what it
gave is ever taken away: what somebody did by hand stays and is reported, and so
does what another source gives. Where two sources say different things of one
person, what one of them wrote last stays, and the other one tells. Accounts
stay, and so do administrators. The first sync of a source removes nobody, and
it never asks.

New people get no link unless --invite says so. The same list again writes
nothing.`,
		Example: `  muster sync creators.csv --source crm
  muster sync agency.xlsx --source agency --brand outdoor --invite mail
  muster plan creators.csv --source crm            what would happen?
  muster sync creators.csv --source crm --adopt    people whom an import brought
                                                   become the source's
  muster sources                                   the sources there are`,
		Args: arguments(1, -1, "at least one list"),
		RunE: func(cmd *cobra.Command, lists []string) error {
			if err := o.validate(a); err != nil {
				return err
			}
			o.asked = flags.Asked(cmd.Flags())
			return a.syncLists(cmd.Context(), lists, o)
		},
	}
	o.flags(c.Flags(), a)
	return c
}

func (o *syncOptions) flags(f *pflag.FlagSet, a *app) {
	f.BoolVarP(&o.Yes, "yes", "y", false, "with --adopt: do not ask")
	o.Sync.Flags(f)
	a.talk.Flags(f)
	o.Scope.Flags(f)
	o.Policy.NotInvited(f)
	o.Ending.Flags(f)
	o.Reading.Flags(f)
}

func (o *syncOptions) validate(a *app) error {
	if err := o.listOptions.validate(a, o.Sync.Validate(true)); err != nil {
		return err
	}
	if o.Adopt && !o.Yes && !a.asks {
		return flags.Usage("nobody can be asked whether people become the source's: this is no terminal",
			"look at it with muster plan --source "+o.Source+" --adopt, then say --yes")
	}
	return nil
}

func (a *app) syncLists(ctx context.Context, lists []string, o syncOptions) error {
	return a.takeIn(ctx, takingIn{listOptions: o.listOptions, settings: o.Sync.Into(o.settings(lists)), yes: !o.Adopt || o.Yes, run: run.Sync})
}
