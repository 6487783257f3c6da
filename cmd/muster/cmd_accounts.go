package main

import (
	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/pick"
)

func (a *app) accountsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "accounts",
		Short: "What people may reach, and whether they may at all",
		Long: `Accounts changes what people who are there may do: what they may reach, their
role, whether they are blocked.

Whom a command is about is said in one of two ways: people are named
(` + pick.Forms + `), or stand on a list (--from), which
is read as import reads it. Only what proves who somebody is counts: their
address, an external id, a connected profile.

What a command does is a run like an import: it shows what it is going to do,
asks, does it, and reports. Nobody does anything to whoever ranks above them, or
to themselves.`,
		Example: `  muster accounts block --from left.csv
  muster accounts grant curt@example.com --campaign kitchen/autumn
  muster accounts role mia@example.com --role manager --brand outdoor
  muster accounts permissions curt@example.com --custom reports.view
  muster accounts revoke --from left.csv --brand outdoor`,
	}
	group(c, "muster")
	c.AddCommand(a.accountsListCommand(), a.accountsShowCommand(), a.accountsEditCommand())
	c.AddCommand(a.accountsResetLinkCommand(), a.accountsResetPictureCommand())
	c.AddCommand(a.accountsGrantCommand(), a.accountsRevokeCommand(), a.accountsRoleCommand(), a.accountsPermissionsCommand())
	c.AddCommand(a.accountsDuplicatesCommand(), a.accountsMergeCommand(), a.accountsConfirmCommand())
	c.AddCommand(a.accountsExportCommand(), a.accountsForgetCommand(), a.accountsReadmitCommand())
	c.AddCommand(a.accountsBlockCommand(), a.accountsActivateCommand())
	return c
}

// accountsRun is an accounts command as it was asked for: people are named or on
// a list, and somebody is asked before anything is done.
func (a *app) accountsRun(cmd *cobra.Command, args []string, o peopleOptions, c picked) error {
	if err := o.validate(a, true); err != nil {
		return err
	}
	selection, err := o.Selection("accounts "+cmd.Name(), args, cmd.Flags())
	if err != nil {
		return err
	}
	c.peopleOptions = o
	c.selection = selection
	c.selection.Former = c.former
	c.terms.Organization = o.Org
	c.terms.Operator = o.As
	if c.terms.Invite == "" {
		c.terms.Invite = inviteNobody
	}
	c.asks = true
	return a.onPeople(cmd.Context(), c)
}

// accessOptions are the flags that name brands, campaigns and products.
type accessOptions struct {
	Brands    []string
	Campaigns []string
	Products  []string
}

func (o *accessOptions) none() bool { return len(o.Brands)+len(o.Campaigns)+len(o.Products) == 0 }

// asked refuses a command that names nothing.
func (o *accessOptions) asked(command, hint string) error {
	if !o.none() {
		return nil
	}
	return flags.Usage("muster accounts "+command+" needs to know what", hint)
}

// settle makes what was typed the organization's own; product finds a product.
func (o *accessOptions) settle(
	au *provision.Authority, product func(name string) (string, error),
) (accessOptions, error) {
	var s accessOptions
	for _, name := range o.Brands {
		b, err := au.Seen(name)
		if err != nil {
			return s, err
		}
		s.Brands = append(s.Brands, b.Slug)
	}
	for _, name := range o.Campaigns {
		c, err := au.Campaign(name)
		if err != nil {
			return s, err
		}
		s.Campaigns = append(s.Campaigns, c)
	}
	for _, name := range o.Products {
		p, err := product(name)
		if err != nil {
			return s, err
		}
		s.Products = append(s.Products, p)
	}
	return s, nil
}
