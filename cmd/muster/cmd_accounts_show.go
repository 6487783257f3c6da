package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsShowCommand() *cobra.Command {
	var o door
	c := &cobra.Command{
		Use:   "show TARGET",
		Short: "Say all that is known of somebody",
		Long: `Show says what an operator may see of one person
(` + pick.Forms + `): where they are, with which role and
permissions, which campaigns they may see, how their invitation stands, whether
they are blocked, when they were invited to the dashboard. Links are named by
their fingerprints, and never shown. What people do on the platform is not known
here.`,
		Example: `  muster accounts show ana@example.com
  muster accounts show external:A-17 --json`,
		Args: arguments(1, 1, "one person: "+pick.Forms),
		RunE: func(cmd *cobra.Command, args []string) error { return a.showAccount(cmd.Context(), args[0], o) },
	}
	o.reading(c.Flags())
	return c
}

func (a *app) showAccount(ctx context.Context, asked string, o door) error {
	target, err := pick.ParseTarget(asked)
	if err != nil {
		return flags.Usage(err.Error(), "name somebody like this: "+pick.Forms)
	}
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	ring, err := a.keyringIfAny(s.db)
	if err != nil {
		return err
	}
	terms := o.terms()
	terms.Invite = inviteNobody
	sc, err := s.oversight(ctx, terms, "", "")
	if err != nil {
		return err
	}
	shown, err := accounts.Show(ctx, s.Engine, sc, target, asked, ring)
	if err == nil {
		a.out.Account(shown, sc.Authority.Organization.Names())
	}
	return err
}
