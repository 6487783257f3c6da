package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/run"
	"muster/provision/words"
)

// theSource is what an argument has to be.
const theSource = "the name of a source (muster sources lists them)"

func (a *app) sourcesCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:   "sources",
		Short: "Where lists come from that are synced; release, end or rename one",
		Long: `Sources lists the sources whose lists are synced: of which brand they are, when
they last ran, and whether one is held, late or ended. A source that is held
runs no more until somebody has looked at its list and released it.

A source is late that has had no complete list for 8 times as long as one
usually takes to come again, and not before 8 days; after 14 days where there
was but one, or none. Syncs of the organization say so, too. One of which no
more lists will come is ended: what it gave people stays with them otherwise.`,
		Example: "  muster sources\n  muster sources show crm\n  muster sources release crm\n  muster sources end crm\n  muster sources rename crm hubspot",
	}
	group(c, "muster")
	c.RunE = func(cmd *cobra.Command, _ []string) error { return a.listSources(cmd.Context(), d) }
	d.reading(c.Flags())
	c.AddCommand(a.sourcesListCommand(&d), a.sourcesShowCommand(), a.sourcesReleaseCommand(), a.sourcesEndCommand(), a.sourcesRenameCommand())
	return c
}

// sourcesListCommand is sources by the name that other programs give it.
func (a *app) sourcesListCommand(d *door) *cobra.Command {
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the sources, as muster sources does",
		Example: "  muster sources list",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listSources(cmd.Context(), *d) },
	}
	d.reading(c.Flags())
	return c
}

func (a *app) sourcesShowCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:     "show NAME",
		Short:   "Show one source",
		Example: "  muster sources show crm",
		Args:    arguments(1, 1, theSource),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.showSource(cmd.Context(), args[0], d) },
	}
	d.reading(c.Flags())
	return c
}

func (a *app) sourcesReleaseCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:   "release NAME",
		Short: "Let a source run again that is held",
		Long: `Release lets a source run again that was held. See first what is wrong with its
list: sources show says why it was held. It needs the right sync:run, and the
audit says who did it.`,
		Example: "  muster sources release crm",
		Args:    arguments(1, 1, theSource),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.releaseSource(cmd.Context(), args[0], d) },
	}
	d.flags(c.Flags())
	return c
}

// sourceLine is a source as JSON.
type sourceLine struct {
	Name     string    `json:"name"`
	Brand    string    `json:"brand"`
	Kind     string    `json:"kind"`
	Rows     int       `json:"rows"` // of the last complete list, without those that were merged: as many people
	LastRun  string    `json:"last_run,omitempty"`
	LastAt   time.Time `json:"last_at,omitzero"`
	HeldAt   time.Time `json:"held_at,omitzero"`
	HeldRun  string    `json:"held_run,omitempty"`
	HeldWhy  string    `json:"held_why,omitempty"`
	Late     bool      `json:"late,omitempty"` // it has had no complete list for longer than can be meant
	EndedAt  time.Time `json:"ended_at,omitzero"`
	EndedRun string    `json:"ended_run,omitempty"`
}

func sourceLineOf(s provision.Source, now time.Time) sourceLine {
	if !s.Held() {
		s.HeldAt, s.HeldRun, s.HeldWhy = time.Time{}, "", ""
	}
	return sourceLine{Name: s.Name, Brand: s.Brand, Kind: string(s.Kind), Rows: s.LastRows, LastRun: s.LastRun, LastAt: s.LastAt,
		HeldAt: s.HeldAt, HeldRun: s.HeldRun, HeldWhy: s.HeldWhy,
		Late: s.Overdue(now), EndedAt: s.EndedAt, EndedRun: s.EndedRun}
}

func (a *app) listSources(ctx context.Context, d door) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, d, "", "")
	if err != nil {
		return err
	}
	all, err := run.Sources(ctx, s.Engine, authority)
	if err != nil {
		return err
	}
	if a.common.JSON {
		for _, one := range all {
			a.out.Emit("source", sourceLineOf(one, s.Now()))
		}
		a.out.Emit("summary", map[string]int{"sources": len(all)})
		return nil
	}
	if len(all) == 0 {
		fmt.Fprintln(a.out.Stdout, "no list is synced: muster sync LIST --source NAME begins")
		return nil
	}
	printSources(a.out.Stdout, all, s.Now())
	printLate(a.out.Stdout, all, s.Now())
	return nil
}

func printSources(out io.Writer, all []provision.Source, now time.Time) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tBRAND\tKIND\tPEOPLE\tLAST RUN\tSTATE")
	for _, s := range all {
		last := "never to its end"
		if s.LastRun != "" {
			last = s.LastAt.Local().Format("2006-01-02 15:04") + ", " + provision.ShortRun(s.LastRun)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", s.Name, s.Brand, s.Kind, s.LastRows, last, stateOf(s, now))
	}
	_ = w.Flush()
}

// printLate says which sources are late.
func printLate(out io.Writer, all []provision.Source, now time.Time) {
	for _, late := range provision.LateSources(all, now) {
		fmt.Fprintf(out, "%s (%s)\n", words.LateSource(late), words.EndSource(late.Source))
	}
}

// stateOf says in few words how a source stands.
func stateOf(s provision.Source, now time.Time) string {
	switch {
	case s.Ended():
		return "ended " + s.EndedAt.Local().Format("2006-01-02 15:04")
	case s.Held():
		return "held since " + s.HeldAt.Local().Format("2006-01-02 15:04")
	case s.Overdue(now):
		return "late"
	}
	return "runs"
}

func (a *app) showSource(ctx context.Context, name string, d door) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, d, "", "")
	if err != nil {
		return err
	}
	one, err := run.SourceNamed(ctx, s.Engine, authority, name)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", sourceLineOf(one, s.Now()))
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "source %s: %ss of brand %s\n", one.Name, one.Kind, one.Brand)
	if one.LastRun == "" {
		fmt.Fprintln(a.out.Stdout, "no run of it has come to its end with a complete list")
	} else {
		fmt.Fprintf(a.out.Stdout, "last complete list: %s, in run %s of %s\n", view.People(one.LastRows),
			provision.ShortRun(one.LastRun), one.LastAt.Local().Format("2006-01-02 15:04"))
	}
	printLate(a.out.Stdout, []provision.Source{one}, s.Now())
	if one.Ended() {
		fmt.Fprintln(a.out.Stdout, (&provision.EndedError{Source: one}).Error())
	}
	if one.Held() {
		fmt.Fprintf(a.out.Stdout, "%s\nmuster sources release %s lets it run again\n", (&provision.HeldError{Source: one}).Error(), one.Name)
	}
	return nil
}

func (a *app) releaseSource(ctx context.Context, name string, d door) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, d, provision.MaySync, "release a source")
	if err != nil {
		return err
	}
	was, err := run.ReleaseSource(ctx, s.Engine, authority, name)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"source": was.Name, "released": was.Held()})
		return nil
	}
	if !was.Held() {
		fmt.Fprintf(a.out.Stdout, "source %s is not held\n", was.Name)
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "source %s runs again\n", was.Name)
	return nil
}
