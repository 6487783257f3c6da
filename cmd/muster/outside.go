package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/cmd/muster/outside"
	"muster/importer/failure"
	"muster/provision"
)

// unattended are the commands that schedulers start: how they end is told
// outside. A command becomes one of them here alone.
var unattended = []string{"muster import", "muster sync", "muster apply", "muster undo", "muster mail send"}

func isUnattended(c *cobra.Command) bool { return slices.Contains(unattended, c.CommandPath()) }

// letWatch gives those commands the flags that say who is told.
func (a *app) letWatch(c *cobra.Command) {
	if isUnattended(c) {
		a.outside.Flags(c.Flags())
	}
	for _, sub := range c.Commands() {
		a.letWatch(sub)
	}
}

// watch begins to follow a command that runs unattended. Where a setting is
// wrong whoever can be told is told how that ends.
func (a *app) watch(cmd *cobra.Command) error {
	if !isUnattended(cmd) || a.watching != nil || valueOf(cmd, "redirect-to") != "" { // nobody rehearses unattended
		return nil
	}
	settings, err := a.outside.Settings(a.sources)
	a.watching = outside.Begin(cmd.Context(), settings, outside.Report{
		Command: commandName(cmd), Source: a.jobName(cmd), Shard: valueOf(cmd, "shard"), Program: versionText(),
	})
	a.out.Listen(a.watching.Tell)
	a.out.LogJob(commandName(cmd), a.jobName(cmd), valueOf(cmd, "shard"))
	return err
}

// commandName is the command as it is called outside.
func commandName(cmd *cobra.Command) string { return strings.TrimPrefix(cmd.CommandPath(), "muster ") }

// jobName is what a job is called outside: the same every night, whatever the
// lists are called. What can be no name is told nobody.
func (a *app) jobName(cmd *cobra.Command) string {
	source := valueOf(cmd, "source")
	if provision.CheckSourceName(source) != nil {
		source = ""
	}
	return cmp.Or(a.outside.Name(), source, valueOf(cmd, "brand"), commandName(cmd))
}

// unnamed takes the name of a brand off a job that there is not: the job has its
// own, and a slip of the pen makes no other.
func (a *app) unnamed(cmd *cobra.Command, ended error) {
	known := failure.Find(ended)
	if known == nil || a.jobName(cmd) != valueOf(cmd, "brand") {
		return
	}
	if class, _ := known.Failure(); class == failure.UnknownBrand {
		a.watching.Rename(commandName(cmd))
	}
}

// valueOf is the value of a flag, "" where the command has none of that name.
func valueOf(cmd *cobra.Command, name string) string {
	if f := cmd.Flag(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// watchLate is watch for a command whose flags or settings could not be read: as
// far as they could be.
func (a *app) watchLate(cmd *cobra.Command, args []string) {
	if cmd == nil || !isUnattended(cmd) || a.watching != nil {
		return
	}
	cmd.Flags().ParseErrorsAllowlist.UnknownFlags = true // what stands behind a slip of the pen counts, too
	_ = cmd.Flags().Parse(args)
	a.sources.SettleWhatCan(cmd, a.common.Config, append(flags.OutsideFlags(), "source", "brand", "shard"))
	_ = a.watch(cmd) // something else was wrong before
}

// tellOutside tells how a command ended, and says who could not be told. What
// goes wrong with that changes nothing else.
func (a *app) tellOutside(ctx context.Context, cmd *cobra.Command, args []string, ended error, code int) {
	if ended != nil {
		a.watchLate(cmd, args)
	}
	switch {
	case a.watching == nil:
		return
	case a.asks && (code == exit.Usage || errors.Is(ended, provision.ErrDeclined)): // somebody is there, and sees it
		a.watching.Leave()
		return
	}
	a.unnamed(cmd, ended)
	a.out.LogEnd(code)
	for _, err := range a.watching.End(ctx, code) {
		a.out.Warn(err.Error() + "; that changes nothing else")
	}
}

// tellCrash tells of a fault of the program itself, which goes on its way.
func (a *app) tellCrash(ctx context.Context) {
	if a.watching == nil {
		return
	}
	for _, err := range a.watching.Crash(ctx) {
		a.out.Warn(err.Error())
	}
}

// reported notes the totals of a run that came to a report.
func (a *app) reported(s provision.Summary) {
	if a.watching != nil {
		a.watching.Reported(s)
	}
}

// unwatched tells nobody how this ends: another run is at work, and that one
// tells.
func (a *app) unwatched() {
	if a.watching != nil {
		a.watching.Leave()
	}
}

// mailsLeft notes how many mails of an organization still wait.
func (a *app) mailsLeft(ctx context.Context, s *session, organization string) {
	counts, err := s.Store.MailCounts(context.WithoutCancel(ctx), organization)
	if a.watching == nil || err != nil {
		return
	}
	n := 0
	for _, c := range counts {
		if c.State.Waits() {
			n += c.Mails
		}
	}
	a.watching.MailsWait(n)
}
