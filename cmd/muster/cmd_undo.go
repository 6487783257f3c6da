package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/pick"
	"muster/provision/undo"
)

// undoOptions are the flags of undo.
type undoOptions struct {
	peopleOptions
	flags.Part
	found bool
}

func (a *app) undoCommand() *cobra.Command {
	var o undoOptions
	c := &cobra.Command{
		Use:   "undo RUN",
		Short: "Take back what a run did, or a part of it",
		Long: `Undo takes back what a run did: of an import, a review or a sync as well as of
a command about people who are there. It is a run like any other: it shows what
it is going to do, asks, does it, and reports; interrupted, it goes on when the
same command is run again. Each person whom the run did something to is a row.

An account that the run made goes, if nobody can have seen it: it is "created"
still, its link was in no report and no mail, and nobody has changed it since.
Otherwise the account stays, and what the run gave it is taken back. Brands,
campaigns, products and roles, free columns, details, ids, profiles and blocks
are again what they were; access that ends is kept apart, so that it can come
back. Links that the run issued stop working, and mail that waits is cancelled.

With --rows it is about the people on some rows of the run, all of each person:
a row that was merged into another one leads to the same person. Rows are
counted over all lists of the run, from 1; they are no lines: row 1 of a list
with a header is line 2. The report of an undo names people by file, sheet and
line of the list that the run was about, as long as the report of that run
stands, and by their row in the run (of_row). muster explain row RUN FILE:LINE
says which row of the run a line is.

What cannot be taken back is said: mail that was sent, links that have ended, a
person who has signed up. Whoever was changed by somebody else after the run is
kept as they are, and the report says by what; so is whoever a later run of
another list found in place, unless --also-found is given. Of people who were
erased, or joined, nothing comes back. A run that was interrupted is ended by
it, for good: no plan or shard of a plan goes on with it.

An undo can be undone in its turn: access comes back as it was, accounts that
went do not. It has to be named: here last is the last run that is none of undo.

It needs the right undo:run, whatever right it would take to give something back
that was taken away. Of a run of somebody else it takes what it takes by hand as
well: people:block to take access away, links:reissue to end links, people:edit
to change details, ids and profiles. An address takes people:edit in any case.
The role of the database has to be one that may delete
(fixtures/deploy/role-privacy.sql).

` + namesOfRuns,
		Example: `  muster undo last
  muster undo 9f3c2a1b --brand outdoor
  muster undo 9f3c2a1b --rows 1-20,33`,
		Args: arguments(1, 1, aRun),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(a, true); err != nil {
				return err
			}
			rows, err := rowRanges(o.Part.Rows)
			if err != nil {
				return err
			}
			return a.onPair(cmd.Context(), o.peopleOptions, provision.MayUndo, "take back what a run did",
				func(s *session, sc provision.Scope) (pick.Verb, pick.Source, error) {
					u, err := o.undo(cmd.Context(), s, sc.Authority, args[0], rows)
					return u, u, err
				})
		},
	}
	o.Part.Flags(c.Flags())
	c.Flags().BoolVar(&o.found, "also-found", false, "also people whom a later run of another list found in place")
	o.pairFlags(c.Flags(), a)
	return c
}

// undo is what is to be taken back.
func (o *undoOptions) undo(
	ctx context.Context, s *session, au *provision.Authority, name string, rows []undo.Rows,
) (*undo.Undo, error) {
	r, err := s.undoable(ctx, au, name)
	if err != nil {
		return nil, err
	}
	if err := undo.Possible(r); err != nil {
		return nil, err
	}
	u := &undo.Undo{Run: r, Typed: provision.UndoOf(r.ID), Rows: rows, Found: o.found}
	for _, b := range au.Organization.Brands {
		for _, c := range b.Campaigns {
			u.Campaigns = append(u.Campaigns, b.Slug+"/"+c.Slug)
		}
	}
	if r.Kind == provision.SyncKind {
		s.Tell(provision.Notice{Text: fmt.Sprintf("run %s was a sync: the next night does the same again, "+
			"unless the list says something else", provision.ShortRun(r.ID))})
	}
	ended, err := s.endedBy(ctx, r)
	if err != nil {
		return nil, err
	}
	if ended {
		s.Tell(provision.Notice{Text: fmt.Sprintf("run %s ended a source: it goes on, and its lists are synced again",
			provision.ShortRun(r.ID))})
	}
	if o.Part.Rows != "" {
		u.Typed += " --rows " + o.Part.Rows
	}
	if o.Part.Brand != "" {
		b, err := au.Seen(o.Part.Brand)
		if err != nil {
			return nil, err
		}
		u.Brand = b.Slug
		u.Typed += " --brand " + flags.Quoted(b.Slug)
	}
	return u, nil
}

// endedBy reports whether a source is one still that a run gave up.
func (s *session) endedBy(ctx context.Context, r provision.Run) (bool, error) {
	if r.Kind != provision.EndSourceKind {
		return false, nil
	}
	all, err := s.Engine.Store.Sources(ctx, r.Organization)
	return slices.ContainsFunc(all, func(one provision.Source) bool { return one.EndedRun == r.ID }), err
}

// undoable finds the run of a name. The last one is none that takes another back, so
// that the same command does the same again.
func (s *session) undoable(ctx context.Context, au *provision.Authority, name string) (provision.Run, error) {
	if name != provision.LastRun {
		return s.run(ctx, au, name)
	}
	last, err := provision.LastSeen(ctx, s.Engine, au, func(r provision.Run) bool { return r.Kind != undo.Kind })
	if errors.Is(err, provision.ErrNotFound) {
		err = noRuns(name)
	}
	return last, err
}

// rowRanges reads rows like 1-20,33.
func rowRanges(text string) ([]undo.Rows, error) {
	var all []undo.Rows
	if text == "" {
		return nil, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		first, bad := strconv.Atoi(from)
		r := undo.Rows{First: first, Last: first}
		if ranged {
			var worse error
			if r.Last, worse = strconv.Atoi(to); worse != nil {
				bad = worse
			}
		}
		if bad != nil || r.First < 1 || r.Last < r.First {
			return nil, flags.Usage(fmt.Sprintf("--rows %q is no list of rows", text), "give rows of the run, like --rows 1-20,33")
		}
		all = append(all, r)
	}
	return all, nil
}
