package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/mail"
)

func (a *app) mailStatusCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:   "status",
		Short: "How many mails wait, went out, or failed, and whom no mail reaches",
		Long: `Status counts the mails by what they are and how far they are, says when the
next is due, and names the people whose address no mail reaches, as far as the
operator sees them. They are not mailed any more until they have another
address.`,
		Example: "  muster mail status\n  muster mail status --json",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.mailStatus(cmd.Context(), d) },
	}
	d.reading(c.Flags())
	return c
}

func (a *app) mailStatus(ctx context.Context, d door) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, d, "", "")
	if err != nil {
		return err
	}
	org := authority.Organization
	counts, err := s.Store.MailCounts(ctx, org.ID)
	if err != nil {
		return err
	}
	domains, err := s.Store.MailDomains(ctx, provision.MailSelection{Organization: org.ID}, time.Now())
	if err != nil {
		return err
	}
	people, err := mail.Unreached(ctx, s.Engine, authority)
	if err != nil {
		return err
	}
	a.out.MailStatus(counts, domains, people)
	return nil
}
