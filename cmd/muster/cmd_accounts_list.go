package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/report"
)

// accountsListOptions are the flags of accounts list.
type accountsListOptions struct {
	flags.Filter
	door
	Out string
}

func (a *app) accountsListCommand() *cobra.Command {
	var o accountsListOptions
	c := &cobra.Command{
		Use:   "list",
		Short: "List the people of the organization",
		Long: `List says who is in the brands that the operator manages: where, as what, with
which role, how far their account is and how their invitation stands (pending,
expired, accepted, revoked, none). Of accounts that another organization owns it
says no more than that they are there.

With -o the list goes into a file, CSV or a workbook by its ending, whose
columns --from understands: change it, or keep the rows you mean, and hand it
back.`,
		Example: `  muster accounts list --pending --invited-before 2026-11-20
  muster accounts list --kind client --no-campaign
  muster accounts list --brand outdoor --role manager -o managers.xlsx`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.Filter.Validate(); err != nil {
				return err
			}
			return a.listAccounts(cmd.Context(), o)
		},
	}
	f := c.Flags()
	f.StringVarP(&o.Out, "out", "o", "", "write the list into this `file`: .csv or .xlsx")
	o.reading(f)
	o.Filter.Flags(f, "status", "pending", "expired", "accepted", "revoked", "uninvited", "invited-before", "brand", "role", "kind",
		"no-campaign", "blocked", "run")
	return c
}

func (a *app) listAccounts(ctx context.Context, o accountsListOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	terms := o.terms()
	terms.Invite = inviteNobody
	sc, err := s.oversight(ctx, terms, "", "")
	if err != nil {
		return err
	}
	filter, err := s.narrowed(ctx, sc, *o.Picked())
	if err != nil {
		return err
	}
	list := func(take func(provision.AccountLine) error) error {
		return accounts.List(ctx, s.Engine, filter, sc.Policy, take)
	}
	if o.Out == "" {
		return a.out.People(list)
	}
	people, err := report.WritePeople(o.Out, list)
	if err == nil {
		a.out.PeopleWritten(o.Out, people)
	}
	return err
}
