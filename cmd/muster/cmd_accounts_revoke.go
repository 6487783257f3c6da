package main

import (
	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsRevokeCommand() *cobra.Command {
	var o peopleOptions
	var access accessOptions
	var all bool
	c := &cobra.Command{
		Use:   "revoke " + aTarget,
		Short: "Take people out of brands and campaigns, take products away",
		Long: `Revoke takes people out of brands (and with them out of the campaigns there),
out of campaigns, and takes products away; --all takes whatever they have in the
organization. The invite link of somebody who is in no brand any more is ended.
The account stays, and so does what they had, kept apart: it can be given back.
It needs the right people:block.`,
		Example: `  muster accounts revoke ana@example.com --brand outdoor
  muster accounts revoke curt@example.com --campaign kitchen/autumn
  muster accounts revoke --from left.csv --all`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if all && !access.none() {
				return flags.Usage("--all takes everything away", "leave out --brand, --campaign and --product")
			}
			if !all {
				if err := access.asked("revoke", "name a --brand, a --campaign or a --product; --all takes everything"); err != nil {
					return err
				}
			}
			return a.accountsRun(cmd, args, o, picked{
				needs: provision.MayBlock,
				to:    "take access away",
				settled: func(au *provision.Authority) (pick.Verb, error) {
					s, err := access.settle(au, au.Product)
					return accounts.Revoke{Brands: s.Brands, Campaigns: s.Campaigns, Products: s.Products, All: all}, err
				},
			})
		},
	}
	f := c.Flags()
	f.StringArrayVar(&access.Brands, "brand", nil, "take people out of a brand; may be repeated")
	f.StringArrayVar(&access.Campaigns, "campaign", nil, "take people out of a campaign; may be repeated")
	f.StringArrayVar(&access.Products, "product", nil, "take a product away; may be repeated")
	f.BoolVar(&all, "all", false, "take all access to the organization away, and keep the account")
	o.namedFlags(f, a)
	return c
}
