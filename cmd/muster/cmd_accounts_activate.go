package main

import (
	"github.com/spf13/cobra"

	"muster/provision/accounts"
)

func (a *app) accountsActivateCommand() *cobra.Command {
	var o blockOptions
	var roles bool
	c := &cobra.Command{
		Use:   "activate " + aTarget,
		Short: "Lift people's blocks",
		Long: `Activate lifts the blocks of people: their status and what they may reach are
as they were. Roles above the one that their kind gets by default are lowered to
it, which the audit has, unless --restore-roles leaves them. Links and mail that
ended stay so: muster links reissue gives another link.

It needs the right people:block. A block of the whole platform is lifted by
--everywhere alone, with the right platform:block.`,
		Example: `  muster accounts activate ann@example.com
  muster accounts activate --from back.csv --restore-roles`,
		RunE: func(cmd *cobra.Command, args []string) error {
			needs, err := o.needs()
			if err != nil {
				return err
			}
			return a.accountsRun(cmd, args, o.peopleOptions, picked{
				verb:  accounts.Activate{Everywhere: o.Everywhere, Roles: roles, Why: o.Reason},
				needs: needs,
				to:    "lift anybody's block" + where(o.Everywhere),
			})
		},
	}
	c.Flags().BoolVar(&roles, "restore-roles", false, "leave roles above the default as they were")
	o.flags(c.Flags(), a, "lift the block of the whole platform", "kept apart from the audit, since it may be about a person")
	return c
}
