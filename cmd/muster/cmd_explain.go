package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"muster/provision"
	"muster/provision/explain"
	"muster/provision/words"
)

func (a *app) explainCommand() *cobra.Command {
	var o door
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
	o.reading(c.Flags())
	c.AddCommand(a.explainRowCommand(), a.explainPersonCommand())
	return c
}

func (a *app) explainRowCommand() *cobra.Command {
	var o door
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
	o.reading(c.Flags())
	return c
}

func (a *app) explainRow(ctx context.Context, run, row string, o door) error {
	return a.explainStory(ctx, func(ctx context.Context, s *session) (explain.Story, *provision.Authority, error) {
		r, authority, err := s.runOf(ctx, o, run)
		if err != nil {
			return explain.Story{}, nil, err
		}
		story, err := explain.Row(ctx, s.Engine, authority, r, row)
		return story, authority, err
	})
}

func (a *app) explainPersonCommand() *cobra.Command {
	var o door
	c := &cobra.Command{
		Use:   "person EMAIL|URL",
		Short: "What became of a person: by an address, or the link of a profile",
		Example: `  muster explain person ana@example.com
  muster explain person https://www.instagram.com/ana.sample/`,
		Args: arguments(1, 1, "an email address or the link of a profile"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.explainPerson(cmd.Context(), args[0], o) },
	}
	o.reading(c.Flags())
	return c
}

func (a *app) explainPerson(ctx context.Context, who string, o door) error {
	return a.explainStory(ctx, func(ctx context.Context, s *session) (explain.Story, *provision.Authority, error) {
		authority, err := s.authority(ctx, o, "", "")
		if err != nil {
			return explain.Story{}, nil, err
		}
		story, err := explain.Person(ctx, s.Engine, authority, who)
		return story, authority, err
	})
}

func (a *app) explainStory(ctx context.Context, tell func(context.Context, *session) (explain.Story, *provision.Authority, error)) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	story, authority, err := tell(ctx, s)
	if err != nil {
		return err
	}
	a.out.Story(story, words.In{Names: authority.Organization.Names()})
	return nil
}
