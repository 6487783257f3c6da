package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/dedupe"
	"muster/provision"
	"muster/provision/links"
)

// issueOptions are the flags of commands that issue links.
type issueOptions struct {
	peopleOptions
	flags.LinkTerms
	Invite string
}

func (o *issueOptions) flags(f *pflag.FlagSet, a *app, filter ...string) {
	o.peopleOptions.flags(f, a, filter...)
	o.LinkTerms.Flags(f, &o.Invite)
}

func (o *issueOptions) validate(a *app) error {
	if err := errors.Join(o.peopleOptions.validate(a, true), o.LinkTerms.Validate()); err != nil {
		return err
	}
	return o.LinkTerms.Goes(o.Invite)
}

// terms are on whose authority links are issued, and how they live.
func (o *issueOptions) terms() provision.Terms {
	t := o.peopleOptions.terms()
	t.Invite = dedupe.Invite(o.Invite)
	o.LinkTerms.Into(&t)
	return t
}

func (a *app) linksIssueCommand() *cobra.Command {
	var o issueOptions
	c := &cobra.Command{
		Use:   "issue " + aTarget,
		Short: "Give people their first invite link",
		Long: `Issue gives an invite link to people who never had one: those who were imported
with --invite none. It shows how many that are, asks, and writes a report;
links.csv in its folder holds the links. It needs the right links:reissue.`,
		Example: `  muster links issue --run last                  everybody of the last import
  muster links issue --brand outdoor --yes
  muster links issue ana@example.com`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a); err != nil {
				return err
			}
			selection, err := o.Selection("links issue", args, cmd.Flags())
			if err != nil {
				return err
			}
			return a.onPeople(cmd.Context(), picked{
				peopleOptions: o.peopleOptions,
				verb:          links.Issue{},
				selection:     selection,
				terms:         o.terms(),
				needs:         provision.MayReissue,
				to:            "issue invite links",
				states:        []provision.InviteState{provision.NeverInvited},
				asks:          true,
				issues:        true,
			})
		},
	}
	o.flags(c.Flags(), a, "run", "brand", "kind")
	return c
}
