package main

import (
	"github.com/spf13/cobra"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/accounts"
)

func (a *app) accountsResetLinkCommand() *cobra.Command {
	var o peopleOptions
	var mail bool
	c := &cobra.Command{
		Use:   "reset-link " + aTarget,
		Short: "Give people a link to set a new password",
		Long: `Reset-link gives people who have registered a link to set a new password: in
links.csv, good for an hour, for whoever hands it over; with --mail by mail
alone, good for a day from when it is sent. Their password stays until they use
it. A link that they have for that already stops working.

Nobody gets one who is blocked, signs in through the company, or may do more
than the operator. Whoever is in another organization, too, gets theirs by mail
alone. It needs the right passwords:reset.`,
		Example: `  muster accounts reset-link ana@example.com
  muster accounts reset-link --from locked-out.csv --mail`,
		RunE: func(cmd *cobra.Command, args []string) error {
			terms := provision.Terms{Invite: dedupe.InviteReport, LinkTTL: accounts.ResetLife}
			if mail {
				terms = provision.Terms{Invite: dedupe.InviteMail, LinkTTL: provision.MailedLife}
			}
			return a.accountsRun(cmd, args, o, picked{
				verb:   accounts.ResetLink{},
				terms:  terms,
				needs:  provision.MayResetPasswords,
				to:     "give anybody a link to set a new password",
				issues: true,
			})
		},
	}
	c.Flags().BoolVar(&mail, "mail", false, "mail the links; muster mail send sends them")
	o.namedFlags(c.Flags(), a)
	return c
}
