package main

import (
	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/accounts"
)

func (a *app) accountsResetPictureCommand() *cobra.Command {
	var o peopleOptions
	c := &cobra.Command{
		Use:   "reset-picture " + aTarget,
		Short: "Take the picture off people's accounts",
		Long: `Reset-picture takes the picture off accounts that are the organization's own:
nobody has registered them yet. Whoever has registered changes it themselves. It
needs the right people:edit.`,
		Example: `  muster accounts reset-picture ana@example.com`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.accountsRun(cmd, args, o, picked{
				verb:  accounts.ResetPicture{},
				needs: provision.MayEdit,
				to:    "edit anybody's account",
			})
		},
	}
	o.namedFlags(c.Flags(), a)
	return c
}
