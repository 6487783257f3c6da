package main

import (
	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsGrantCommand() *cobra.Command {
	var o peopleOptions
	var access accessOptions
	c := &cobra.Command{
		Use:   "grant " + aTarget,
		Short: "Let people into brands and campaigns, give them products",
		Long: `Grant takes people into brands, lets them into campaigns (and into the brand of
the campaign, if they are not in it), and gives them products of the
organization. It only ever adds. Brands and campaigns are those that the
operator manages, products those that they have themselves, but for whoever has
the right products:grant.`,
		Example: `  muster accounts grant curt@example.com --campaign kitchen/autumn
  muster accounts grant ana@example.com --brand outdoor --brand kitchen
  muster accounts grant --from clients.csv --product reports`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := access.asked("grant", "name a --brand, a --campaign or a --product"); err != nil {
				return err
			}
			return a.accountsRun(cmd, args, o, picked{
				settled: func(au *provision.Authority) (pick.Verb, error) {
					s, err := access.settle(au, au.GivableProduct)
					return accounts.Grant(s), err
				},
			})
		},
	}
	f := c.Flags()
	f.StringArrayVar(&access.Brands, "brand", nil, "take people into a brand; may be repeated")
	f.StringArrayVar(&access.Campaigns, "campaign", nil, "let people into a campaign, like kitchen/autumn; may be repeated")
	f.StringArrayVar(&access.Products, "product", nil, "give people a product; may be repeated")
	o.namedFlags(f, a)
	return c
}
