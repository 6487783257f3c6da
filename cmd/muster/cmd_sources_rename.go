package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/run"
	"muster/provision/sources"
)

func (a *app) sourcesRenameCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:   "rename OLD NEW",
		Short: "Call a source otherwise",
		Long: `Rename calls a source otherwise: whom it named, what it gave them and its runs
are those of the new name from then on, and nobody gets or loses anything. A
list that is synced under the old name is refused, and told the new one (12). It
needs the right sync:run, and the audit says who did it.`,
		Example: "  muster sources rename crm hubspot",
		Args:    arguments(2, 2, "the name of a source, and its new one"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.renameSource(cmd.Context(), args[0], args[1], d)
		},
	}
	d.flags(c.Flags())
	return c
}

// renamedLine is what rename did, as JSON.
type renamedLine struct {
	Source string `json:"source"`
	To     string `json:"renamed_to"`
}

func (a *app) renameSource(ctx context.Context, from, to string, d door) error {
	s, err := a.openThere(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, d, provision.MaySync, "rename a source")
	if err != nil {
		return err
	}
	one, err := run.SourceNamed(ctx, s.Engine, authority, from)
	if err != nil {
		return err
	}
	if err := sources.Rename(ctx, s.Engine, authority, one, to); err != nil {
		return err
	}
	guarded := slices.ContainsFunc(authority.Organization.Guards, func(g provision.Guard) bool { return g.Source == from })
	if guarded {
		s.Tell(provision.Notice{Text: fmt.Sprintf("guards of the organization are for source %s: write %s into the organization file", from, to)})
	}
	if a.common.JSON {
		a.out.Emit("summary", renamedLine{Source: from, To: to})
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "source %s is called %s from now on; its lists are synced with --source %s\n", from, to, to)
	return nil
}
