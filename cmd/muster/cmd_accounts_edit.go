package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsEditCommand() *cobra.Command {
	var o peopleOptions
	var set []string
	c := &cobra.Command{
		Use:   "edit " + aTarget,
		Short: "Change what is kept of people",
		Long: `Edit changes what accounts keep of their people: name, first name, last name,
email, external id, contact email, language, time zone, picture, profiles, and
the free columns of the brands that the operator manages. ` + accounts.Deletes + ` leaves
nothing of what was there. A profile is added, or taken away with a minus.

On a list (--from) people are known by their email or external id; what is to be
from now on stands in columns whose headers begin with "new": new email, new
external id, new language, new Tier. A blank cell leaves things as they are.

Only accounts that are the organization's own can be edited: nobody has
registered them yet. The free columns of others can. A new email ends a link
that is out, and mail with it; the former one still leads to the account. It
needs the right people:edit.`,
		Example: `  muster accounts edit ana@example.com --set email=ana.lee@example.com
  muster accounts edit external:A-17 --set language=de --set Tier=Gold
  muster accounts edit ana@example.com --set instagram=-@ana
  muster accounts edit --from corrections.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			wish, err := wished(set)
			if err != nil {
				return err
			}
			if len(set)+len(o.From) == 0 {
				return flags.Usage("muster accounts edit needs to know what is to change",
					"say --set field=value, or give a list (--from) with columns like new email")
			}
			return a.accountsRun(cmd, args, o, picked{
				needs: provision.MayEdit,
				to:    "edit anybody's account",
				settled: func(au *provision.Authority) (pick.Verb, error) {
					return accounts.Edit{Organization: au.Organization.ID, Wish: wish}, nil
				},
			})
		},
	}
	c.Flags().StringArrayVar(&set, "set", nil, "what is to be from now on, as field=value; may be repeated")
	o.namedFlags(c.Flags(), a)
	return c
}

// wished is what --set flags say.
func wished(set []string) (accounts.Wish, error) {
	var w accounts.Wish
	for _, one := range set {
		name, value, is := strings.Cut(one, "=")
		if !is {
			return w, flags.Usage(fmt.Sprintf("--set %q says no value", one), "give it like --set language=de")
		}
		if strings.TrimSpace(value) == "" {
			return w, flags.Usage(fmt.Sprintf("--set %q says no value", one), "--set '"+name+"="+accounts.Deletes+"' leaves nothing")
		}
		if err := w.Set(name, value); err != nil {
			return w, flags.Usage("--set: "+err.Error(), "muster help accounts edit lists the fields")
		}
	}
	return w, nil
}
