package main

import (
	"github.com/spf13/cobra"

	"muster/provision/explain"
)

// auditShown is how many entries are listed where nobody says otherwise.
const auditShown = 50

func (a *app) auditListCommand() *cobra.Command {
	var o auditOptions
	c := &cobra.Command{
		Use:   "list",
		Short: "List what was done, the newest first",
		Long: `List says what was done to whom, by whom and why, the newest first. All that is
said has to fit. A person who was erased, or whose account was joined with
another, is named by the id their account had.`,
		Example: `  muster audit list
  muster audit list --account ana@example.com
  muster audit list --run last --action claim
  muster audit list --operator lea@example.com --since 7d`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(); err != nil {
				return err
			}
			return a.out.Audit(o.Limit, func(take func(explain.AuditLine) error) error {
				return a.audit(cmd.Context(), o, false, take)
			})
		},
	}
	o.flags(c.Flags(), auditShown, "")
	return c
}
