package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/provision"
	"muster/provision/explain"
	"muster/provision/report"
)

// explainOptions are the flags of explain.
type explainOptions struct{ Org, As string }

func (a *app) explainCommand() *cobra.Command {
	var o explainOptions
	c := &cobra.Command{
		Use:   "explain EMAIL|URL | RUN ROW",
		Short: "Say what happened to a row or a person, and why",
		Long: `Explain says what became of a person, by an address or the link of a profile, or
of a row of a run, and why. It stands for explain person and explain row.`,
		Example: "  muster explain ana@example.com\n  muster explain last creators.csv:941",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return a.explainRow(cmd.Context(), args[0], args[1], o)
			}
			return a.explainPerson(cmd.Context(), args[0], o)
		},
	}
	c.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 && !strings.ContainsAny(args[0], "@./:") {
			return unknownCommand(cmd, "muster explain", args[0])
		}
		return arguments(1, 2, "an address, the link of a profile, or a run and a row")(cmd, args)
	}
	o.flags(c.Flags())
	c.AddCommand(a.explainRowCommand(), a.explainPersonCommand())
	return c
}

func (o *explainOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.Org, "org", "", "organization (default the only one)")
	f.StringVar(&o.As, "as", "", "`email` of the operator who will see it (default the only administrator)")
}

func (a *app) explainRowCommand() *cobra.Command {
	var o explainOptions
	c := &cobra.Command{
		Use:   "row RUN ROW",
		Short: "What became of a row of a run: by its number, or FILE:LINE",
		Long: `Row says what a run did with a row and why, from the ledger: which rows it was
joined with and by which keys, which accounts it may be, what was noted. Then it
tells what other runs did with the same person, and what was changed on the
account.

` + namesOfRuns,
		Example: `  muster explain row last 940
  muster explain row last creators.csv:941`,
		Args: arguments(2, 2, aRun+"; and a row"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.explainRow(cmd.Context(), args[0], args[1], o) },
	}
	c.Flags().StringVar(&o.As, "as", "", "`email` of the operator who will see it (default the only administrator)")
	return c
}

func (a *app) explainRow(ctx context.Context, run, row string, o explainOptions) error {
	return a.explainStory(ctx, func(ctx context.Context, s *session) (explain.Story, error) {
		r, err := s.run(ctx, run)
		if err != nil {
			return explain.Story{}, err
		}
		return explain.Row(ctx, s.Engine, r.ID, row, o.As)
	})
}

func (a *app) explainPersonCommand() *cobra.Command {
	var o explainOptions
	c := &cobra.Command{
		Use:   "person EMAIL|URL",
		Short: "What became of a person: by an address, or the link of a profile",
		Example: `  muster explain person ana@example.com
  muster explain person https://www.instagram.com/ana.sample/`,
		Args: arguments(1, 1, "an email address or the link of a profile"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.explainPerson(cmd.Context(), args[0], o) },
	}
	o.flags(c.Flags())
	return c
}

func (a *app) explainPerson(ctx context.Context, who string, o explainOptions) error {
	return a.explainStory(ctx, func(ctx context.Context, s *session) (explain.Story, error) {
		return explain.Person(ctx, s.Engine, who, o.Org, o.As)
	})
}

func (a *app) explainStory(ctx context.Context, tell func(context.Context, *session) (explain.Story, error)) error {
	s, err := a.openToRead(ctx, a.view())
	if err != nil {
		return err
	}
	defer s.close()
	story, err := tell(ctx, s)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.emitStory(story)
		return nil
	}
	storyText{a.stdout}.story(story)
	return nil
}

func (a *app) emitStory(s explain.Story) {
	if s.Row != nil {
		a.emit("row", s.Row)
	}
	for _, account := range s.Accounts {
		a.emit("account", account)
	}
	for _, one := range s.Appearances {
		a.emit("appearance", one)
	}
	for _, change := range s.Changes {
		a.emit("change", change)
	}
	a.emit("summary", map[string]any{"subject": s.Subject, "accounts": len(s.Accounts), "appearances": len(s.Appearances), "changes": len(s.Changes), "purged": len(s.Purged)})
}

// storyText tells a story in words.
type storyText struct{ out io.Writer }

func (t storyText) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

func (t storyText) story(s explain.Story) {
	if s.Row != nil {
		t.row(*s.Row)
	} else if len(s.Accounts) == 0 {
		t.say("%s leads to no account.", s.Subject)
	}
	for _, account := range s.Accounts {
		t.say("\nAccount %s", account.ID)
		if account.Masked {
			t.say("  of another organization, or of a brand you do not see: what it holds is not shown")
			continue
		}
		t.say("  %s, %s, %s", orNone(account.Name), orNone(account.Email), account.Status)
		if len(account.Brands) > 0 {
			t.say("  in %s", strings.Join(account.Brands, ", "))
		}
	}
	t.say("\nIn the runs (the earliest first):")
	for _, one := range s.Appearances {
		t.say("  %s  %s %s  %s  %s: %s", stampWords(one.At), one.Kind, provision.ShortRun(one.Run), placeOf(one), report.WordOf(one.Outcome).Title, one.Meaning)
	}
	if len(s.Appearances) == 0 {
		t.say("  nothing; of rows that led to no account, only reports that still stand can tell")
	}
	if n := len(s.Purged); n > 0 {
		t.say("  (left out, because they were purged: %s)", plural(n, "run"))
	}
	if len(s.Changes) > 0 {
		t.say("\nWhat was changed on the account:")
	}
	for _, c := range s.Changes {
		by := c.Source
		if c.Operator != "" {
			by += ", on the authority of " + c.Operator
		}
		why, what := changeWords(c)
		t.say("  %s  %s (%s)%s", stampWords(c.At), c.Action, by, why)
		if len(s.Accounts) > 1 {
			t.say("    on account %s", c.Account)
		}
		if len(what) > 0 {
			t.say("    %s", strings.Join(what, "; "))
		}
	}
}

// row tells of one row: what became of it, why, and what it hangs together
// with.
func (t storyText) row(r explain.Appearance) {
	who := strings.Join(compact(r.Name, r.Email), ", ")
	if r.Place.Line > 0 {
		who = placeOf(r) + prefixed(": ", who)
	}
	t.say("Row %d of %s %s of %s%s", r.Row, r.Kind, provision.ShortRun(r.Run), stampWords(r.At), prefixed(", ", who))
	t.say("  %s: %s.", report.WordOf(r.Outcome).Title, r.Meaning)
	if r.Remedy != "" {
		t.say("  To do: %s.", r.Remedy)
	}
	if r.Into > 0 {
		t.say("  Joined into row %d.", r.Into)
	}
	if !r.Purged.IsZero() {
		t.say("  The run was purged on %s: who stood on the row, and what it was compared with, is no longer kept.\n  To know it, import the list again: that run tells of everybody as they are now.", r.Purged.Local().Format(time.DateOnly))
	}
	d := r.Detail
	if d == nil {
		return
	}
	if len(d.Path) > 0 {
		t.say("  How the rows hang together:")
	}
	for _, tie := range d.Path {
		t.say("    %s", report.TieWords(tie))
	}
	for _, c := range d.Candidates {
		shown := provision.HeldCandidate{Candidate: c}
		t.say("  May be account %s: %s", c.Account, strings.Join(report.CandidateWords(shown), ", "))
		for _, w := range report.EvidenceWords(shown, r.Row) {
			t.say("    %s", w)
		}
	}
	for _, p := range d.Problems {
		if p.Message != r.Meaning { // said above
			t.say("  %s", p.Message)
		}
	}
	for _, n := range d.Notes {
		t.say("  %s", report.NoteWords(n))
	}
	if d.Error != "" {
		t.say("  %s", d.Error)
	}
}

// placeOf names a row: by its line where that is still known.
func placeOf(r explain.Appearance) string {
	if r.Place.Line == 0 {
		return fmt.Sprintf("row %d", r.Row)
	}
	return fmt.Sprintf("%s:%d", r.Place.File, r.Place.Line)
}

func stampWords(at time.Time) string { return at.Local().Format(time.DateTime) }

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func compact(texts ...string) []string {
	var all []string
	for _, text := range texts {
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
