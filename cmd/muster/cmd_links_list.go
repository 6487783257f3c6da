package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/links"
	"muster/provision/report"
)

// linksListOptions are the flags of links list.
type linksListOptions struct {
	flags.Filter
	Org string
	As  string
	Out string
}

func (a *app) linksListCommand() *cobra.Command {
	var o linksListOptions
	c := &cobra.Command{
		Use:   "list",
		Short: "List who has an invite link, and how it stands",
		Long: `List says of everybody who was invited how their newest link stands (pending,
expired, accepted, revoked), since when they have it, until when it is good, how
it went to them and whether it was opened. A link itself is never shown: its
fingerprint names it. People of brands that the operator does not manage, and of
other organizations, are left out.

With -o the list goes into a file whose columns --from understands.`,
		Example: `  muster links list
  muster links list --pending --older 3d -o waiting.csv
  muster links list --uninvited --brand outdoor`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.Filter.Validate(); err != nil {
				return err
			}
			return a.listLinks(cmd.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVarP(&o.Out, "out", "o", "", "write the list into this `file`, as CSV")
	f.StringVar(&o.Org, "org", "", "organization (default the only one)")
	f.StringVar(&o.As, "as", "", "`email` of the operator who will see it (default the only administrator)")
	o.Filter.Flags(f, "pending", "expired", "accepted", "revoked", "uninvited", "older", "run", "brand", "kind", "status")
	return c
}

func (a *app) listLinks(ctx context.Context, o linksListOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	ring, err := a.keyringIfAny(s.db)
	if err != nil {
		return err
	}
	terms := provision.Terms{Organization: o.Org, Operator: o.As, Invite: inviteNobody}
	sc, err := s.oversight(ctx, terms, "", "")
	if err != nil {
		return err
	}
	filter, err := s.narrowed(ctx, sc, *o.Filter.Picked())
	if err != nil {
		return err
	}
	list := func(take func(provision.InviteLine) error) error {
		return links.List(ctx, s.Engine, filter, sc.Policy, ring, take)
	}
	if o.Out == "" {
		return a.out.Invites(list)
	}
	counts, err := report.WriteInvites(o.Out, list)
	if err == nil {
		a.out.InvitesWritten(o.Out, counts)
	}
	return err
}
