package main

import (
	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsRoleCommand() *cobra.Command {
	var o peopleOptions
	var role, brand string
	var quiet bool
	c := &cobra.Command{
		Use:   "role " + aTarget,
		Short: "Give people another role in a brand",
		Long: `Role raises or lowers the role that people have in a brand. Neither the role nor
the person may rank above the operator. Whoever may use the dashboard for the
first time is mailed an invitation to it that names the operator, once and never
again; --no-mail mails nobody. It needs the right roles:assign.`,
		Example: `  muster accounts role mia@example.com --role manager --brand outdoor
  muster accounts role --from team.csv --role member --brand outdoor`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if role == "" || brand == "" {
				return flags.Usage("muster accounts role needs to know which role, and in which brand", "say --role and --brand")
			}
			return a.accountsRun(cmd, args, o, picked{
				needs: provision.MayAssignRoles,
				to:    "change anybody's role",
				settled: func(au *provision.Authority) (pick.Verb, error) {
					b, err := au.Seen(brand)
					if err != nil {
						return nil, err
					}
					r, err := au.Grantable(role)
					return accounts.Role{Role: r.Name, Brand: b.Slug, Mail: !quiet}, err
				},
			})
		},
	}
	f := c.Flags()
	f.StringVar(&role, "role", "", "the new role")
	f.StringVar(&brand, "brand", "", "the brand it is the role in")
	f.BoolVar(&quiet, "no-mail", false, "mail nobody about it")
	o.namedFlags(f, a)
	return c
}
