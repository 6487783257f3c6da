package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
	"muster/provision/run"
)

func (a *app) accountsForgetCommand() *cobra.Command {
	var o peopleOptions
	var everywhere bool
	c := &cobra.Command{
		Use:   "forget " + aTarget,
		Short: "Erase people: what is kept of them, for good",
		Long: `Forget removes everything that the organization holds of people: access, links,
queued mail, what they answered and agreed to, decisions about them, what runs
noted of them. The account itself goes, too, unless another organization holds
it, or somebody registered it who is in none of your brands any more;
--everywhere removes it all the same, which needs the right platform:block of
muster db operators. What stays is a keyed mark of each
address, handle and id, so that the next list that has the person on it is held
instead of making them again (muster accounts readmit lifts it), and the audit,
which names nobody.

Nothing of it can be taken back. The plan, the ledger and the report of the run
name nobody either: a row is told by its line. Somebody who is not known, was
erased before, or is not yours to know of gets the same answer.

Reports of earlier runs that still tell of the person are named at the end: they
are files, which muster runs purge removes.

It needs the right people:forget, and a role of the database that may
delete (fixtures/deploy/role-privacy.sql).`,
		Example: `  muster accounts forget ana@example.com
  muster accounts forget --from erase.csv --yes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			c := picked{
				needs:  provision.MayForget,
				to:     "erase anybody",
				former: true,
				settled: func(au *provision.Authority) (pick.Verb, error) {
					forget := accounts.Forget{All: everywhere}
					if !everywhere {
						return forget, nil
					}
					return forget, au.Operator.Needs(provision.MayBlockEverywhere, "erase anybody on the whole platform")
				},
			}
			var left []provision.Run
			c.after = func(ctx context.Context, s *session, _ provision.Scope, done provision.Summary) (err error) {
				left, err = run.Leftovers(ctx, s.Engine, done.Run)
				a.emitLeftovers(left)
				return err
			}
			c.shown = func(provision.Summary) error {
				a.sayLeftovers(left)
				return nil
			}
			return a.accountsRun(cmd, args, o, c)
		},
	}
	c.Flags().BoolVar(&everywhere, "everywhere", false, "remove the account, whoever else holds it (needs platform:block)")
	o.namedFlags(c.Flags(), a)
	return c
}

// leftover is a run whose report still names people, as JSON.
type leftover struct {
	Run string `json:"run"`
	Out string `json:"out"`
}

// emitLeftovers says as JSON which reports still name people.
func (a *app) emitLeftovers(left []provision.Run) {
	for _, r := range left {
		if a.common.JSON {
			a.out.Emit("leftover", leftover{r.ID, r.Out})
		}
	}
}

// sayLeftovers says it in words.
func (a *app) sayLeftovers(left []provision.Run) {
	if len(left) == 0 || a.common.JSON {
		return
	}
	what := "The reports of " + view.Plural(len(left), "earlier run")
	if len(left) == 1 {
		what = "The report of an earlier run"
	}
	fmt.Fprintf(a.out.Stdout, "\n%s may still name these people:\n", what)
	for _, r := range left {
		fmt.Fprintf(a.out.Stdout, "  %s  %s  %s\n", provision.ShortRun(r.ID), r.Kind, view.ShortPath(r.Out))
	}
	fmt.Fprintln(a.out.Stdout, "muster runs purge removes what they hold of people; copies of them have to be removed by hand.")
}
