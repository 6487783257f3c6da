package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/importer"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/words"
)

// planOptions are the flags of plan.
type planOptions struct {
	flags.Reading
	flags.Scope
	flags.Policy
	flags.Sync
	Files            []string // the plan, and pages of it
	Lang             flags.Language
	Shards           int
	Directory        string
	DetailedExitcode bool

	reading importer.Options // what Reading comes to
	asked   []string         // flags.Asked
}

func (a *app) planCommand() *cobra.Command {
	var o planOptions
	c := &cobra.Command{
		Use:   "plan LIST…",
		Short: "Show what an import would do; write nothing",
		Long: `Plan reads the lists, looks everybody up and decides, and shows what an import
would do. No account, access or link is written; only --directory, where there
is a database, is loaded into it first. With -o the plan goes into a file that
muster apply carries out exactly; it holds people's data. A name that ends in
.html or .xlsx makes a page or a workbook of it, to be looked at. A plan in
shards can be carried out by several processes at once, on one machine or on
many.`,
		Example: `  muster plan creators.csv                 what would happen to these people?
  muster plan creators.xlsx -o plan.jsonl  keep the plan, to be applied later
  muster plan creators.csv -o plan.html    a page of it; -o may come again
  muster plan creators.csv -o plan.jsonl --shards 4   for four processes
  muster plan creators.csv --directory accounts.csv
  muster plan staff.csv --kind staff --detailed-exitcode`,
		Args: arguments(1, -1, "at least one list"),
		RunE: func(cmd *cobra.Command, lists []string) error {
			if o.Source != "" && !cmd.Flags().Changed("invite") {
				o.Invite = "none" // as sync has it
			}
			if err := o.validate(a); err != nil {
				return err
			}
			o.asked = flags.Asked(cmd.Flags())
			return a.plan(cmd.Context(), lists, o)
		},
	}
	o.flags(c.Flags(), a)
	return c
}

func (o *planOptions) flags(f *pflag.FlagSet, a *app) {
	f.StringArrayVarP(&o.Files, "plan-file", "o", nil,
		"keep the plan in this `file`, or, with .html or .xlsx, a page of it; may be given again")
	o.Lang.Flag(f)
	f.IntVar(&o.Shards, "shards", 0, "divide the plan into `N` parts for as many processes: muster apply --shard")
	f.StringVar(&o.Directory, "directory", "", "export of the platform's accounts to load first, a `file`")
	f.BoolVar(&o.DetailedExitcode, "detailed-exitcode", false,
		"end with 12 if a guard would stop it, 10 if something would be written, 3 if only unsettled rows are left")
	a.talk.Flags(f)
	o.Scope.Flags(f)
	o.Sync.Flags(f)
	o.Policy.Flags(f)
	o.Reading.Flags(f)
}

func (o *planOptions) validate(a *app) (err error) {
	if err := errors.Join(a.talk.Validate(), o.Policy.Validate(), o.Sync.Validate(false)); err != nil {
		return err
	}
	if err := errors.Join(o.checkFiles(), o.divided()); err != nil {
		return err
	}
	o.reading, err = o.Reading.Options()
	return err
}

// divided refuses shards that cannot be meant.
func (o *planOptions) divided() error {
	kept, _ := o.files()
	switch {
	case o.Shards < 0 || o.Shards > flags.MostShards:
		return flags.Usage(fmt.Sprintf("--shards %d is not possible", o.Shards),
			fmt.Sprintf("give a number from 1 to %d", flags.MostShards))
	case o.Shards > 0 && kept == "":
		return flags.Usage("--shards divides a plan that is kept, and this one is not", "name a file for it with -o")
	}
	return nil
}

func (a *app) plan(ctx context.Context, lists []string, o planOptions) error {
	v := a.out.View()
	defer v.Close()
	tellTaken(v, o.Taken)
	s, err := a.openToPlan(ctx, v, &firstUse{operator: o.As, baseURL: o.BaseURL, lists: lists, reading: o.reading},
		o.Directory != "")
	if err != nil {
		return err
	}
	defer s.close()
	asked := o.Sync.Into(flags.Settings(lists, o.reading, o.Scope, o.Policy, o.asked))
	asked.Shards = o.Shards
	if err := a.loadFirst(ctx, s, o.Directory, asked, ""); err != nil {
		return err
	}
	kept, pages := o.files()
	path := kept
	if path == "" {
		dir, err := os.MkdirTemp("", "muster-plan-")
		if err != nil {
			return fmt.Errorf("making a folder for the plan: %w", err)
		}
		defer os.RemoveAll(dir)
		path = filepath.Join(dir, "plan.jsonl")
	}
	_, summary, err := plan.Make(ctx, s.Engine, asked, path)
	if err != nil {
		return err
	}
	if err := o.draw(ctx, s, path, summary); err != nil {
		return err
	}
	if a.common.JSON {
		if err := a.out.Decisions(path); err != nil {
			return err
		}
	}
	if o.DetailedExitcode {
		a.code = detailed(summary)
	}
	a.showPlan(s, summary, kept, pages, o.Shards)
	return nil
}

// tellTaken says how words of the command line were understood.
func tellTaken(v view.View, taken []string) {
	for _, text := range taken {
		v.Tell(provision.Notice{Text: text})
	}
}

// detailed is the exit code that tells what a plan would do.
func detailed(s provision.PlanSummary) int {
	switch {
	case len(s.Guards) > 0:
		return exit.Guard
	case s.Writes():
		return exit.Changes
	case s.Unsettled() > 0:
		return exit.Partial
	}
	return exit.OK
}

func (a *app) showPlan(s *session, summary provision.PlanSummary, path string, pages []string, shards int) {
	s.view.Close()
	if a.common.JSON {
		a.out.Emit("summary", struct {
			provision.PlanSummary
			Plan     string   `json:"plan,omitempty"`
			Pages    []string `json:"pages,omitempty"`
			Shards   int      `json:"shards,omitempty"`
			ExitCode int      `json:"exit_code"`
		}{summary, path, pages, shards, a.code})
		return
	}
	if a.talk.Quiet && path == "" && len(pages) == 0 && !summary.Writes() && summary.Unsettled() == 0 {
		return
	}
	fmt.Fprint(a.out.Stdout, view.PlanTable(summary, view.Columns(a.out.Stdout)))
	nothing := "Nothing was written."
	if s.loaded {
		nothing = "Nothing of the lists was written; the directory was loaded."
	}
	for _, page := range pages {
		nothing += fmt.Sprintf(" The plan to look at is %s.", page)
	}
	if path == "" && len(summary.Guards) > 0 {
		fmt.Fprintln(a.out.Stdout, "\n"+nothing+" Guards would stop it: keep the plan with -o, and look at it.")
		return
	}
	if path == "" {
		does := "import"
		if summary.Source != nil {
			does = "sync"
		}
		fmt.Fprintln(a.out.Stdout, "\n"+nothing+" To do it, run muster "+does+" with the same lists and flags.")
		return
	}
	fmt.Fprintf(a.out.Stdout, "\n"+nothing+" To do exactly this: muster apply %s\nThe plan holds people's data. It "+
		"is in this file:\n%s\n", path+each(shards)+words.GuardFlags(summary.Guards), path)
}

// each says how every shard of a plan is carried out, "" where there are none.
func each(shards int) string {
	switch shards {
	case 0:
		return ""
	case 1:
		return " --shard 0/1"
	}
	return fmt.Sprintf(" --shard 0/%d, and so on to --shard %d/%d", shards, shards-1, shards)
}

// loadFirst loads the export that --directory names, so that what follows
// already knows everybody.
// The lists are looked at before: where they cannot be read nothing is loaded.
func (a *app) loadFirst(ctx context.Context, s *session, path string, asked plan.Settings, out string) error {
	if path == "" {
		return nil
	}
	if err := plan.CheckLists(asked); err != nil {
		return err
	}
	load, err := s.directory(ctx, path, asked.Terms, out)
	if err != nil {
		return err
	}
	s.loaded = s.clean == nil && load.Added+load.Updated > 0
	s.view.Tell(provision.Notice{Text: loadedWords(path, load)})
	if s.clean != nil {
		s.view.Tell(provision.Notice{Text: "those accounts are known to this plan alone; to apply a plan that knows " +
			"them, first: muster directory load " + path})
	}
	return nil
}

func loadedWords(path string, c provision.DirectoryLoad) string {
	return fmt.Sprintf("directory %s: %s added, %d updated, %d as they were", path, view.Plural(c.Added, "account"),
		c.Updated, c.Unchanged)
}
