package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsMergeCommand() *cobra.Command {
	var o peopleOptions
	var force bool
	c := &cobra.Command{
		Use:   "merge TARGET TARGET",
		Short: "Join two accounts of one person",
		Long: `Merge joins two accounts that are one person's. The one that has registered
stays, else the older. All that is kept of the other moves to it: what it is
found by, profiles, brands (of two roles the higher stays), campaigns, products,
blocks, decisions. The links of both end. The account that goes is gone; its id
leads on.

It says what moves, and asks. Nothing of it can be taken back. Two people who
have both registered are not joined without --force; nor is anybody who may do
more than the operator, is in a brand they do not see, or whose account another
organization holds, too: that takes the right platform:block of muster db
operators. It needs the right people:merge, and a role of the database that may
delete (fixtures/deploy/role-privacy.sql).`,
		Example: `  muster accounts duplicates
  muster accounts merge ana@example.com ana.lee@example.net`,
		Args: arguments(2, 2, "two people: "+pick.Forms),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, true); err != nil {
				return err
			}
			two, err := targetsOf(args)
			if err != nil {
				return err
			}
			return a.onPair(cmd.Context(), o, provision.MayMerge, "join accounts",
				func(s *session, sc provision.Scope) (pick.Verb, pick.Source, error) {
					return a.merged(cmd.Context(), s, sc, two, force)
				})
		},
	}
	f := c.Flags()
	f.BoolVar(&force, "force", false, "also where both have registered")
	o.pairFlags(f, a)
	return c
}

// merged is what joining two people comes to. Where one of them is gone already
// because such a run was interrupted, it goes on.
func (a *app) merged(
	ctx context.Context, s *session, sc provision.Scope, two []pick.Target, force bool,
) (pick.Verb, pick.Source, error) {
	verb := accounts.Merge{Force: force}
	source := pick.Pair{Typed: "accounts merge TARGET…", Asks: two}
	p, err := accounts.Find(ctx, s.Engine, sc, two[0], two[1])
	if err != nil {
		if goesOn, _ := pick.Resumes(ctx, s.Engine, sc, verb, source); goesOn {
			return verb, source, nil
		}
		return nil, nil, err
	}
	a.tellPair(s, sc, p)
	verb.Gone = p.Goes.Person
	source.People = []pick.Person{p.Stays.Person, p.Goes.Person}
	return verb, source, nil
}

// targetsOf reads people who are named.
func targetsOf(args []string) ([]pick.Target, error) {
	all := make([]pick.Target, len(args))
	for i, arg := range args {
		t, err := pick.ParseTarget(arg)
		if err != nil {
			return nil, flags.Usage(err.Error(), "name people like this: "+pick.Forms)
		}
		all[i] = t
	}
	return all, nil
}
