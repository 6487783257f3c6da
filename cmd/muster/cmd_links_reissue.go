package main

import (
	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/links"
)

func (a *app) linksReissueCommand() *cobra.Command {
	var o issueOptions
	var keepLive bool
	c := &cobra.Command{
		Use:   "reissue " + aTarget,
		Short: "Give people another invite link",
		Long: `Reissue gives people an invite link in place of the one they had. A live one
stops working: before that is done it says who has those links since when, and
asks. --keep-live leaves people alone whose link is live. Nobody gets one who
has registered, is blocked, signs in through the company, or may do more than
the operator. It needs the right links:reissue.

Without --pending, --expired or --revoked, --brand and the like mean people
whose link is live or has expired.`,
		Example: `  muster links reissue ana@example.com
  muster links reissue --expired --brand outdoor --yes
  muster links reissue --older 3d --keep-live --link-end workday
  muster links reissue --from lost.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a); err != nil {
				return err
			}
			selection, err := o.Selection("links reissue", args, cmd.Flags())
			if err != nil {
				return err
			}
			return a.onPeople(cmd.Context(), picked{
				peopleOptions: o.peopleOptions,
				verb:          links.Reissue{KeepLive: keepLive},
				selection:     selection,
				terms:         o.terms(),
				needs:         provision.MayReissue,
				to:            "renew invite links",
				states:        []provision.InviteState{provision.InvitePending, provision.InviteExpired},
				asks:          true,
				issues:        true,
			})
		},
	}
	c.Flags().BoolVar(&keepLive, "keep-live", false, "leave people alone whose link is live")
	o.flags(c.Flags(), a, "expired", "pending", "revoked", "older", "run", "brand", "kind", "status")
	return c
}
