package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/pick"
)

func (a *app) linksCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "links",
		Short: "Who has an invite link; issue, renew, show and end them",
		Long: `Links says who has an invite link and how it stands, and does what people do
with links: give somebody their first, another in place of one that expired or
got lost, see one again, end one, say that links were handed over.

` + whoIsMeant + `
What a command does is a run like an import: it shows what it is going to do,
asks, does it, and reports.`,
		Example: `  muster links list --pending
  muster links reissue ana@example.com
  muster links reissue --expired --brand outdoor`,
	}
	group(c, "muster")
	c.AddCommand(a.linksListCommand(), a.linksIssueCommand(), a.linksReissueCommand(), a.linksShowCommand(),
		a.linksRevokeCommand(), a.linksMarkCommand())
	return c
}

// whoIsMeant says how people are picked wherever a command is about some.
const whoIsMeant = `Whom a command is about is said in one of three ways: people are named
(` + pick.Forms + `), stand on a list (--from),
or fit what is said of everybody (--expired, --brand outdoor, …).`

// aTarget is how people are named on a command line.
const aTarget = "[TARGET…]"

// peopleOptions are the flags of a command about people who are there.
type peopleOptions struct {
	flags.Pick
	flags.Ending
	door
	Yes bool
}

func (o *peopleOptions) flags(f *pflag.FlagSet, a *app, filter ...string) {
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	a.talk.Flags(f)
	o.door.flags(f)
	o.Pick.Flags(f, filter...)
	o.Ending.Flags(f)
}

// pairFlags are flags for a command whose people are its arguments alone.
func (o *peopleOptions) pairFlags(f *pflag.FlagSet, a *app) {
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	a.talk.Flags(f)
	o.door.flags(f)
	o.Ending.Flags(f)
}

// namedFlags are flags for a command whose people are named or on a list.
func (o *peopleOptions) namedFlags(f *pflag.FlagSet, a *app) {
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
	a.talk.Flags(f)
	o.door.flags(f)
	o.NamedFlags(f)
	o.Ending.Flags(f)
}

// validate refuses what cannot be meant. Asks says that the command asks before
// it does anything.
func (o *peopleOptions) validate(a *app, asks bool) error {
	if err := errors.Join(a.talk.Validate(), o.Ending.Validate()); err != nil {
		return err
	}
	if asks && !o.Yes && !a.asks {
		return flags.Usage("nobody can be asked whether to go on: this is no terminal", "say --yes")
	}
	return nil
}

// oversight is the scope of a command that needs a capability ("" for none).
func (s *session) oversight(ctx context.Context, t provision.Terms, capability, to string) (provision.Scope, error) {
	sc, err := s.Oversight(ctx, t)
	if err == nil && capability != "" {
		return sc.Needs(capability, to)
	}
	return sc, err
}

// narrowed is a filter whose run, role and brand are no longer as they were typed.
func (s *session) narrowed(ctx context.Context, sc provision.Scope, f pick.Filter) (pick.Filter, error) {
	if f.Brand != "" {
		b, err := sc.Authority.Seen(f.Brand)
		if err != nil {
			return f, err
		}
		f.Brand = b.Slug
	}
	if f.Role != "" {
		r, err := sc.Authority.Role(f.Role)
		if err != nil {
			return f, err
		}
		f.Role = r.Name
	}
	if f.Run != "" {
		r, err := s.run(ctx, sc.Authority, f.Run)
		if err != nil {
			return f, err
		}
		f.Run = r.ID
	}
	return f, nil
}
