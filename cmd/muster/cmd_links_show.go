package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/dedupe"
	"muster/provision"
	"muster/provision/links"
	"muster/provision/report"
)

// inviteNobody is the way to invite of commands that issue no links.
const inviteNobody = dedupe.InviteNone

func (a *app) linksShowCommand() *cobra.Command {
	var o peopleOptions
	c := &cobra.Command{
		Use:   "show " + aTarget,
		Short: "Write the live invite links of people again",
		Long: `Show writes links.csv with the live links of people, the same that they have,
into the folder of its report, readable by its owner alone. With -o - they are
shown on the terminal instead. It is put on record who saw which link: one that
somebody else has seen does not prove that a mailbox is its person's. It needs
the right links:reveal.`,
		Example: `  muster links show ana@example.com
  muster links show ana@example.com -o -
  muster links show --run last --out handover`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, false); err != nil {
				return err
			}
			selection, err := o.Selection("links show", args, cmd.Flags())
			if err != nil {
				return err
			}
			c := picked{
				verb:      links.Show{},
				selection: selection,
				terms:     o.terms(),
				needs:     provision.MayReveal,
				to:        "see the invite links of others",
				states:    []provision.InviteState{provision.InvitePending},
			}
			c.terms.Invite = inviteNobody
			if o.Out == "-" {
				if !a.shows {
					return flags.Usage("-o - shows links on a terminal, and this is none",
						"leave it out: links.csv in the folder of the report holds them")
				}
				o.Out = ""
				c.shown = a.showLinks
			}
			c.peopleOptions = o
			return a.onPeople(cmd.Context(), c)
		},
	}
	o.flags(c.Flags(), a, "older", "run", "brand", "kind", "status")
	flags.AllowDash(c.Flags(), "out")
	return c
}

// showLinks shows the links of a run on the terminal, and takes them out of its
// folder.
func (a *app) showLinks(s provision.Summary) error {
	text, err := os.ReadFile(filepath.Join(s.Report, report.LinksFile))
	if err != nil {
		return fmt.Errorf("showing the links: %w", err)
	}
	for _, name := range []string{report.LinksFile, report.LinksBook} {
		if err := os.Remove(filepath.Join(s.Report, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("taking the links out of the report: %w", err)
		}
	}
	_, err = a.out.Stdout.Write(text)
	return err
}
