package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/explain"
	"muster/provision/pick"
)

func (a *app) auditCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "audit",
		Short: "Who did what to whom, when and why",
		Long: `Audit tells what was done to people: every change is on record, written together
with it, whether an import, a command, a mail or the person behind a link made
it. The record itself names nobody: it holds ids, words and keyed marks, and the
names that are shown are those of the accounts as they are now.

It needs the right audit:read. People of brands that the operator does not
manage are left out.`,
		Example: `  muster audit list --account ana@example.com
  muster audit export --since 2026-11-01 -o november.jsonl`,
	}
	group(c, "muster")
	c.AddCommand(a.auditListCommand(), a.auditExportCommand())
	return c
}

// auditOptions are the flags that both commands have.
type auditOptions struct {
	door
	Account      string
	Run          string
	Action       string
	Operator     string
	Since, Until flags.Since
	Limit        int
}

func (o *auditOptions) flags(f *pflag.FlagSet, limit int, all string) {
	o.reading(f)
	f.StringVar(&o.Account, "account", "", "what was done to one person, a `target`: "+pick.Forms)
	f.StringVar(&o.Run, "run", "", "what a `run` did")
	f.StringVar(&o.Action, "action", "", "what was done, as --json calls it: claim, update, link issued, …")
	f.StringVar(&o.Operator, "operator", "", "what an operator did, by their `email`")
	f.Var(&o.Since, "since", "since a `time`: a date, or how long ago, like 7d")
	f.Var(&o.Until, "until", "until a `time`, or the end of a date")
	f.IntVar(&o.Limit, "limit", limit, "how many at the most; 0 is all"+all)
}

// validate refuses what cannot be meant.
func (o *auditOptions) validate() error {
	if o.Limit < 0 {
		return flags.Usage("--limit cannot be less than nothing", "give a number from 1, or 0 for all")
	}
	return nil
}

// audit hands what is asked for to take, on the operator's authority: to export
// it, the earliest first and without names.
func (a *app) audit(ctx context.Context, o auditOptions, export bool, take func(explain.AuditLine) error) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	terms := o.terms()
	terms.Invite = inviteNobody
	sc, err := s.oversight(ctx, terms, provision.MayReadAudit, "read who did what to whom")
	if err != nil {
		return err
	}
	asked, err := o.question(ctx, s, sc)
	if err != nil {
		return err
	}
	asked.Earliest = export
	asked.Bare = export
	return explain.Audit(ctx, s.Engine, sc, asked, take)
}

// question is what the flags ask.
func (o *auditOptions) question(ctx context.Context, s *session, sc provision.Scope) (explain.AuditQuestion, error) {
	q := explain.AuditQuestion{By: o.Operator, Most: o.Limit}
	q.Action = o.Action
	q.Since = o.Since.Begin()
	q.Until = o.Until.End()
	if o.Run != "" {
		r, err := s.run(ctx, sc.Authority, o.Run)
		if err != nil {
			return q, err
		}
		q.Run = r.ID
	}
	if o.Account == "" {
		return q, nil
	}
	target, err := pick.ParseTarget(o.Account)
	if err != nil {
		return q, flags.Usage(err.Error(), "name the person like this: "+pick.Forms)
	}
	switch {
	case target.Account != "":
		q.Account = target.Account
	case target.External != "":
		q.About = identity.Key{Space: dedupe.ExternalSpace(sc.Policy.Organization), Value: target.External}
	default:
		q.About = target.Email.Key()
	}
	return q, nil
}
