package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/pick"
	"muster/provision/run"
	"muster/provision/sources"
)

// endSourceOptions are the flags of sources end.
type endSourceOptions struct {
	peopleOptions
	flags.Allow
	keep bool
}

func (a *app) sourcesEndCommand() *cobra.Command {
	var o endSourceOptions
	c := &cobra.Command{
		Use:   "end NAME",
		Short: "Give a source up, and take away what it alone gave",
		Long: `End gives a source up of which no more lists will come. Everybody whom it named
is treated as missing from its lists for good: they lose what it gave them and
no other source gives, and nothing else. No account goes, administrators lose
nothing, and what was changed by hand stays. With --keep nobody loses anything:
what the source gave stays, and no list takes it away any more.

It is a run like any other: it shows what it is going to do, asks, does it and
reports who lost what (removed.csv), and muster undo takes it back. The guards
hold for it that hold for a sync of the source; who lets it pass names the exact
number. It needs the right sync:run.

From then on no list is synced under the name (12).`,
		Example: `  muster sources end crm
  muster sources end crm --yes --allow-removals 24
  muster sources end crm --keep`,
		Args: arguments(1, 1, theSource),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, true); err != nil {
				return err
			}
			return a.endSource(cmd.Context(), args[0], o)
		},
	}
	c.Flags().BoolVar(&o.keep, "keep", false, "nobody loses anything: what the source gave stays, and is nobody's")
	o.pairFlags(c.Flags(), a)
	o.Allow.Flags(c.Flags())
	return c
}

func (a *app) endSource(ctx context.Context, name string, o endSourceOptions) error {
	return a.runOn(ctx, o.peopleOptions, nil, func(s *session, v view.View) (provision.Summary, error) {
		terms := o.terms()
		terms.Invite = inviteNobody
		sc, err := s.oversight(ctx, terms, provision.MaySync, "end a source")
		if err != nil {
			return provision.Summary{}, err
		}
		one, err := run.SourceNamed(ctx, s.Engine, sc.Authority, name)
		if err != nil {
			return provision.Summary{}, err
		}
		end := sources.NewEnd(one, o.keep, sc.Authority.Organization)
		if one.Ended() {
			goesOn, err := pick.Resumes(ctx, s.Engine, sc, end, end)
			if err != nil || !goesOn {
				return provision.Summary{}, cmp.Or(err, error(&provision.EndedError{Source: one}))
			}
		}
		ending := a.ending(ctx, v, picked{peopleOptions: o.peopleOptions, asks: true})
		ending.Allow = o.Guards()
		summary, err := pick.RunFrom(ctx, s.Engine, sc, end, end, ending)
		if errors.Is(err, pick.ErrNobody) && !one.Ended() {
			s.Tell(provision.Notice{Text: fmt.Sprintf("source %s gave nobody anything; it is ended", one.Name)})
			err = errors.Join(err, sources.Nobody(ctx, s.Engine, sc.Authority, one.Name))
		}
		return summary, err
	})
}
