package main

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsConfirmCommand() *cobra.Command {
	var o peopleOptions
	var force bool
	c := &cobra.Command{
		Use:   "confirm TARGET ID",
		Short: "Give somebody the external id that they are known by",
		Long: `Confirm gives the account of a person the external id that the organization
knows them by. Where another account carries that id, the two are one person:
they are joined as accounts merge does, with a plan of what moves first. Whoever
had begun to register with an organization of single sign-on has registered
then. An account that another organization holds, too, is changed by whoever
runs the platform alone (muster db operators). It needs the right people:edit,
and people:merge where two are joined.`,
		Example: `  muster accounts confirm ana@example.com HR-1047`,
		Args:    arguments(2, 2, "a person ("+pick.Forms+"), and an id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, true); err != nil {
				return err
			}
			target, err := pick.ParseTarget(args[0])
			if err != nil {
				return flags.Usage(err.Error(), "name the person like this: "+pick.Forms)
			}
			id := strings.TrimSpace(args[1])
			if id == "" {
				return flags.Usage("an external id cannot be empty", "like this: "+firstExample(cmd))
			}
			return a.onPair(cmd.Context(), o, provision.MayEdit, "give anybody an external id",
				func(s *session, sc provision.Scope) (pick.Verb, pick.Source, error) {
					return a.confirmed(cmd, s, sc, target, accounts.Confirm{ID: id, Force: force})
				})
		},
	}
	f := c.Flags()
	f.BoolVar(&force, "force", false, "join two accounts also where both have registered")
	o.pairFlags(f, a)
	return c
}

// confirmed is what giving somebody an id comes to: that, or joining two
// accounts.
func (a *app) confirmed(
	cmd *cobra.Command, s *session, sc provision.Scope, target pick.Target, verb accounts.Confirm,
) (pick.Verb, pick.Source, error) {
	const typed = "accounts confirm TARGET…"
	people, err := pick.Find(cmd.Context(), s.Engine, sc, target)
	if err != nil {
		return nil, nil, err
	}
	carrier, carried, err := accounts.Carrier(cmd.Context(), s.Engine, sc, verb.ID)
	if err != nil {
		return nil, nil, err
	}
	asks := struct {
		Target pick.Target
		ID     string
	}{target, verb.ID}
	if people[0].Account.ID == "" || !carried || carrier.Account == people[0].Account.ID {
		source, err := pick.Selection{Typed: typed, Targets: []pick.Target{target}}.Source()
		return verb, source, err
	}
	if err := sc.Authority.Operator.Needs(provision.MayMerge, "join accounts"); err != nil {
		return nil, nil, err
	}
	if others, err := pick.Find(cmd.Context(), s.Engine, sc, carrier); err != nil || others[0].Account.ID == "" {
		return nil, nil, cmp.Or(err, error(&provision.ConfigError{
			Msg:   "somebody carries this id who is in no brand that the operator sees",
			Hint:  "have an administrator do it, with --as",
			Class: failure.Authority,
		}))
	}
	p, err := accounts.Find(cmd.Context(), s.Engine, sc, target, carrier)
	if err != nil {
		return nil, nil, err
	}
	a.tellPair(s, sc, p)
	verb.Other = p.Goes.Person
	return verb, pick.Pair{Typed: typed, People: []pick.Person{p.Stays.Person, p.Goes.Person}, Asks: asks}, nil
}
