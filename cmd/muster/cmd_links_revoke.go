package main

import (
	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/links"
)

func (a *app) linksRevokeCommand() *cobra.Command {
	var o peopleOptions
	c := &cobra.Command{
		Use:   "revoke " + aTarget,
		Short: "End the invite links of people",
		Long: `Revoke ends the live links of people. It shows who has them since when, asks,
and reports. A link that was ended never opens again; links reissue gives
another. It needs the right links:reissue.`,
		Example: `  muster links revoke ana@example.com
  muster links revoke --run 5f0b2c4e               all that an import issued`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, true); err != nil {
				return err
			}
			selection, err := o.Selection("links revoke", args, cmd.Flags())
			if err != nil {
				return err
			}
			terms := o.terms()
			terms.Invite = inviteNobody
			return a.onPeople(cmd.Context(), picked{
				peopleOptions: o,
				verb:          links.Revoke{},
				selection:     selection,
				terms:         terms,
				needs:         provision.MayReissue,
				to:            "end invite links",
				states:        []provision.InviteState{provision.InvitePending},
				asks:          true,
			})
		},
	}
	o.flags(c.Flags(), a, "older", "run", "brand", "kind", "status")
	return c
}
