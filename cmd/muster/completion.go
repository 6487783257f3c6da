package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/run"
)

// A completer says what may stand where a shell asks. It never fails: a shell
// cannot be told what is wrong.
type completer = func(a *app, cmd *cobra.Command) ([]string, cobra.ShellCompDirective)

// oneOf completes one of these. What stands behind a tab is shown beside it.
func oneOf(choices ...string) completer {
	return func(*app, *cobra.Command) ([]string, cobra.ShellCompDirective) {
		return choices, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// files completes files of these kinds.
func files(extensions ...string) completer {
	return func(*app, *cobra.Command) ([]string, cobra.ShellCompDirective) {
		return extensions, cobra.ShellCompDirectiveFilterFileExt
	}
}

// fromFiles completes any file, and fromFolders any folder.
func fromFiles(*app, *cobra.Command) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func fromFolders(*app, *cobra.Command) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

var (
	lists  = files("csv", "xlsx", "txt", "tsv")
	tables = files("csv", "xlsx")
	yamls  = files("yaml", "yml")
)

// flagValues completes the values of flags, whichever command has them. Flags
// that are not here take what nobody can guess.
var flagValues = map[string]completer{
	"kind":             oneOf("creator", "staff", "client"),
	"invite":           oneOf("report\ta link in links.csv", "mail\tmuster mail send mails it", "none\tno links"),
	"on-email-match":   oneOf("claim\tadd the account to the brand", "review\thold the row"),
	"on-profile-match": oneOf("review\thold the row", "claim\tadd the account to the brand"),
	"link-end":         oneOf("workday\tat a weekend: on Monday at 9"),
	"run":              fromDatabase(runNames),
	"source":           fromDatabase(sourceNames),
	"status":           oneOf("created", "invited", "registering", "registered"),
	"from":             lists,
	"if-locked":        oneOf("fail", "skip\tend with 0", "wait=10m\twait as long"),
	"log-level":        oneOf("info", "debug"),
	"cells":            oneOf("table\trows under the header", "grid\tby coordinates"),
	"encoding":         oneOf("utf-8", "windows-1252", "utf-16"),
	"delimiter":        oneOf(",", ";", "|", "tab"),
	"brand":            fromDatabase(brandNames),
	"org":              fromDatabase(organizationNames),
	"as":               fromDatabase(operatorAddresses),
	"directory":        tables,
	"smtp":             oneOf("smtps://\tTLS from the start", "smtp+starttls://", "smtp://127.0.0.1\ton this computer"),
	"templates":        fromFolders,
	"language":         oneOf("en", "de", "es", "fr"),

	"smtp-password-file": fromFiles,
	"smtp-ca":            fromFiles,
	"mapping":            yamls,
	"save-mapping":       yamls,
	"org-file":           yamls,
	"config":             yamls,
	"plan-file":          files("jsonl"),
	"out":                fromFolders,
	"output":             files("xlsx"),
	"db":                 fromFiles,
	"db-file":            fromFiles,
	"key-file":           fromFiles,

	"metrics-file":       files("prom"),
	"metrics-push-file":  fromFiles,
	"heartbeat-url-file": fromFiles,
	"notify-url-file":    fromFiles,
	"termination-log":    fromFiles,
}

// argumentValues completes the arguments of commands, one completer each; the
// last serves all that follow.
var argumentValues = map[string][]completer{
	"muster import":          {lists},
	"muster plan":            {lists},
	"muster inspect":         {lists},
	"muster inspect list":    {lists},
	"muster apply":           {files("jsonl")},
	"muster review":          {fromDatabase(runNames)},
	"muster review export":   {fromDatabase(runNames)},
	"muster review apply":    {files("xlsx", "json")},
	"muster mail preview":    {oneOf(provision.MailTemplates()...)},
	"muster mail bounces":    {fromFolders},
	"muster undo":            {fromDatabase(runNames)},
	"muster sources show":    {fromDatabase(sourceNames)},
	"muster sources release": {fromDatabase(sourceNames)},
	"muster sources end":     {fromDatabase(sourceNames)},
	"muster sources rename":  {fromDatabase(sourceNames)},
	"muster report":          {fromDatabase(runNames), lists},
	"muster runs show":       {fromDatabase(runNames)},
	"muster explain row":     {fromDatabase(runNames)},
	"muster directory load":  {tables},
	"muster org apply":       {yamls},
	"muster template":        {oneOf(slices.Sorted(maps.Keys(templateKinds))...)},
	"muster completion":      {oneOf(shells...)},
	"muster help":            {topicNames},
}

// completeValues makes every command complete its arguments and the values of
// its flags.
func (a *app) completeValues(c *cobra.Command) {
	own := argumentValues[c.CommandPath()]
	c.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(own) == 0 || len(args) >= len(own) && cmd.Args != nil && cmd.Args(cmd, append(args, "")) != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return own[min(len(args), len(own)-1)](a, cmd)
	}
	c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
		complete, found := flagValues[f.Name]
		if !found {
			complete = oneOf()
		}
		_ = c.RegisterFlagCompletionFunc(f.Name,
			func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
				return complete(a, cmd)
			})
	})
	for _, sub := range c.Commands() {
		a.completeValues(sub)
	}
}

func topicNames(_ *app, cmd *cobra.Command) ([]string, cobra.ShellCompDirective) {
	var all []string
	for _, t := range topics {
		all = append(all, t.name+"\t"+t.short)
	}
	for _, c := range cmd.Root().Commands() {
		if c.IsAvailableCommand() {
			all = append(all, c.Name()+"\t"+c.Short)
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// fromDatabase completes names that the database holds; none where it cannot
// be read at once.
func fromDatabase(names func(context.Context, *session, door) ([]string, error)) completer {
	return func(a *app, cmd *cobra.Command) ([]string, cobra.ShellCompDirective) {
		ctx, cancel := context.WithTimeout(cmd.Context(), 2*time.Second)
		defer cancel()
		found, err := a.named(ctx, cmd, names)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

func (a *app) named(
	ctx context.Context, cmd *cobra.Command, names func(context.Context, *session, door) ([]string, error),
) ([]string, error) {
	if err := a.sources.Settle(cmd, a.common.Config); err != nil {
		return nil, err
	}
	s, err := a.openToRead(ctx, view.Silence{})
	if err != nil {
		return nil, err
	}
	defer s.close()
	org, _ := cmd.Flags().GetString("org")
	as, _ := cmd.Flags().GetString("as")
	return names(ctx, s, door{Org: org, As: as})
}

// runNames are those of the newest runs, and "last".
func runNames(ctx context.Context, s *session, d door) ([]string, error) {
	authority, err := s.authority(ctx, d, "", "")
	if err != nil {
		return nil, err
	}
	runs, err := provision.RunsSeen(ctx, s.Engine, authority, 20)
	var names []string
	for i, r := range runs {
		told := fmt.Sprintf("%s %s, %s", r.Kind, view.RunLists(r), r.StartedAt.Local().Format(time.DateTime))
		if i == 0 {
			names = append(names, provision.LastRun+"\t"+told)
		}
		names = append(names, provision.ShortRun(r.ID)+"\t"+told)
	}
	return names, err
}

func organizationNames(ctx context.Context, s *session, _ door) ([]string, error) {
	all, err := provision.Organizations(ctx, s.Engine, "")
	var names []string
	for _, o := range all {
		names = append(names, o.Slug+"\t"+o.Name)
	}
	return names, err
}

func brandNames(ctx context.Context, s *session, _ door) ([]string, error) {
	all, err := provision.Organizations(ctx, s.Engine, "")
	var names []string
	for _, o := range all {
		for _, b := range o.Brands {
			names = append(names, b.Slug+"\t"+b.Name+", of "+o.Name)
		}
	}
	return names, err
}

func sourceNames(ctx context.Context, s *session, d door) ([]string, error) {
	a, err := s.authority(ctx, d, "", "")
	if err != nil {
		return nil, err
	}
	all, err := run.Sources(ctx, s.Engine, a)
	var names []string
	for _, one := range all {
		names = append(names, one.Name+"\t"+string(one.Kind)+"s of "+one.Brand)
	}
	return names, err
}

func operatorAddresses(ctx context.Context, s *session, _ door) ([]string, error) {
	all, err := provision.Organizations(ctx, s.Engine, "")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, o := range all {
		operators, err := provision.Operators(ctx, s.Engine, o)
		if err != nil {
			return nil, err
		}
		for _, p := range operators {
			names = append(names, p.Email+"\tof "+o.Name)
		}
	}
	return names, nil
}
