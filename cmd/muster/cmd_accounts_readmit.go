package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/accounts"
)

// readmitOptions are the flags of accounts readmit.
type readmitOptions struct {
	door
	Yes bool
}

func (a *app) accountsReadmitCommand() *cobra.Command {
	var o readmitOptions
	c := &cobra.Command{
		Use:   "readmit EMAIL|external:ID|URL…",
		Short: "Let people come back who were erased: lift the marks that hold them",
		Long: `Readmit lifts the marks that muster accounts forget left of somebody, so that
lists, exports and organization files may make them again. Nothing is made by
it, and nothing of what was erased comes back.

There is a mark for each address, external id and profile that the person had,
and nothing says which of them belong together: name whatever the list says of
them. What is not named still holds the row that has it.

Whoever was erased from the whole platform is brought back by who may do that
(platform:block of muster db operators). It needs the rights people:forget and
brands:all, for nothing says of which brands somebody was who was erased, and a
role of the database that may delete (fixtures/deploy/role-privacy.sql).`,
		Example: `  muster accounts readmit ana@example.com
  muster accounts readmit external:A-17 https://www.instagram.com/ana.sample/`,
		Args: arguments(1, -1, "somebody: an address, external:ID, or the link of a profile"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !o.Yes && !a.asks {
				return flags.Usage("nobody can be asked whether to go on: this is no terminal", "say --yes")
			}
			return a.readmit(cmd.Context(), o, args)
		},
	}
	f := c.Flags()
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	o.door.flags(f)
	return c
}

func (a *app) readmit(ctx context.Context, o readmitOptions, named []string) error {
	v := a.out.View()
	defer v.Close()
	s, err := a.openThere(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, o.door, provision.MayForget, "let anybody come back who was erased")
	if err != nil {
		return err
	}
	all, err := accounts.Marked(ctx, s.Engine, authority, named)
	if err != nil {
		return err
	}
	v.Close()
	if !slices.ContainsFunc(all, accounts.Erased.Marked) {
		a.readmitted(all)
		return nil
	}
	if !o.Yes {
		yes, err := a.ask(ctx, readmitWords(all)+"Do this? Type yes to go on: ")
		if err != nil || !yes {
			return cmp.Or(err, provision.ErrDeclined)
		}
	}
	if err := accounts.Readmit(ctx, s.Engine, authority, all); err != nil {
		return err
	}
	a.readmitted(all)
	return nil
}

// readmitWords say what is about to happen.
func readmitWords(all []accounts.Erased) string {
	var who []string
	for _, x := range all {
		if x.Marked() {
			who = append(who, x.Said)
		}
	}
	return fmt.Sprintf("Erased, and held by every list: %s.\nFrom then on lists, exports and organization files may make them again.\n",
		strings.Join(who, ", "))
}

// markLine is somebody who was named, as JSON.
type markLine struct {
	Who    string `json:"who"`
	Lifted bool   `json:"lifted"` // a mark of theirs was
}

// readmitted says who may come back.
func (a *app) readmitted(all []accounts.Erased) {
	lifted := 0
	for _, x := range all {
		switch {
		case a.common.JSON:
			a.out.Emit("mark", markLine{x.Said, x.Marked()})
		case x.Marked():
			fmt.Fprintf(a.out.Stdout, "%s: was erased, and may come back from now on: lists may make them again\n", x.Said)
		default:
			fmt.Fprintf(a.out.Stdout, "%s: nobody who was erased here is known by this; nothing was done\n", x.Said)
		}
		if x.Marked() {
			lifted++
		}
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]int{"lifted": lifted})
	} else if lifted > 0 {
		fmt.Fprintf(a.out.Stdout, "%s lifted. A row with something else of theirs is still held: name that as well.\n",
			view.Plural(lifted, "mark"))
	}
}
