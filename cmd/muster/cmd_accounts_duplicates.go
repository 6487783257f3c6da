package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/provision/accounts"
	"muster/provision/words"
)

func (a *app) accountsDuplicatesCommand() *cobra.Command {
	var o door
	var names bool
	c := &cobra.Command{
		Use:   "duplicates",
		Short: "List people who look like each other",
		Long: `Duplicates lists pairs of accounts that may be one person's, with what they have
in common: the same mailbox written in another way, the same profile, the same
website or page of links. What more than five people share is left out: it is an
agency's. Most in common comes first, with the command that joins the two; look
at both before. With --names people of the same name are listed, too.`,
		Example: `  muster accounts duplicates
  muster accounts duplicates --names`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.duplicates(cmd.Context(), o, names) },
	}
	o.reading(c.Flags())
	c.Flags().BoolVar(&names, "names", false, "also people who have nothing but their name in common")
	return c
}

func (a *app) duplicates(ctx context.Context, o door, names bool) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	terms := o.terms()
	terms.Invite = inviteNobody
	sc, err := s.oversight(ctx, terms, "", "")
	if err != nil {
		return err
	}
	all, err := accounts.Duplicates(ctx, s.Engine, sc, names)
	if err == nil {
		a.out.Duplicates(all, words.In{Names: sc.Authority.Organization.Names()})
	}
	return err
}
