package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/links"
	"muster/provision/pick"
)

// markOptions are the flags of links mark-sent.
type markOptions struct {
	peopleOptions
}

func (a *app) linksMarkCommand() *cobra.Command {
	var o markOptions
	c := &cobra.Command{
		Use:   "mark-sent --from links.csv",
		Short: "Say that links were handed over to their people",
		Long: `Mark-sent reads a file of links as muster wrote it and puts on record that they
were handed over: the people are invited from then on. A row is known by the
link in it and by nothing else. Links that are superseded, ended, or not of this
organization are rejected rows.`,
		Example: `  muster links mark-sent --from muster-runs/5f0b2c4e/links.csv
  muster links mark-sent --from sent.xlsx --yes`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(a, true); err != nil {
				return err
			}
			if len(o.From) == 0 {
				return flags.Usage("muster links mark-sent needs to know which links",
					"name the file that has them: --from links.csv")
			}
			return a.markSent(cmd.Context(), o)
		},
	}
	f := c.Flags()
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	f.StringArrayVar(&o.From, "from", nil, "`file` of links as muster wrote it; may be repeated")
	a.talk.Flags(f)
	o.door.flags(f)
	o.Ending.Flags(f)
	o.Reading.OfPeople(f)
	return c
}

func (a *app) markSent(ctx context.Context, o markOptions) error {
	reading, err := o.Reading.Options()
	if err != nil {
		return err
	}
	return a.runOn(ctx, o.peopleOptions, nil, func(s *session, v view.View) (provision.Summary, error) {
		ring, err := a.keyring(s.db)
		if err != nil {
			return provision.Summary{}, err
		}
		terms := o.terms()
		terms.Invite = inviteNobody
		sc, err := s.oversight(ctx, terms, "", "")
		if err != nil {
			return provision.Summary{}, err
		}
		handed, err := links.OpenHanded(o.From, reading, ring)
		if err != nil {
			return provision.Summary{}, err
		}
		defer handed.Close()
		c := picked{peopleOptions: o.peopleOptions, asks: true}
		return pick.RunFrom(ctx, s.Engine, sc, handed, handed, a.ending(ctx, v, c))
	})
}
