package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/keys"
	"muster/provision/link"
)

// retireOptions are the flags of keys retire.
type retireOptions struct {
	door
	Revoke bool
	Yes    bool
}

func (a *app) keysRetireCommand() *cobra.Command {
	var o retireOptions
	c := &cobra.Command{
		Use:   "retire KEY",
		Short: "End what a former key is good for",
		Long: `Retire ends a key that is no longer the active one: no link that was made with
it opens any more. It is refused while such links are live, and while a run is
at work that may make one; where something else made one meanwhile, it says so.
The key stays in the keyring, because people who were erased are recognised by
it.

Where a key has fallen into the wrong hands, --revoke does not wait: it retires
the key and ends all links that were made with it, of every organization. That
needs the right organization:edit; the audit says so for each of them.`,
		Example: `  muster keys retire 345a75c6            once its links are used or expired
  muster keys retire 345a75c6 --revoke   at once: its links end`,
		Args: arguments(1, 1, "a key"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.retireKey(cmd.Context(), args[0], o) },
	}
	o.flags(c.Flags())
	return c
}

func (o *retireOptions) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.Revoke, "revoke", false, "end the links that were made with the key")
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed with --revoke where nobody can be asked")
	o.door.flags(f)
}

// retireKey retires the key first: from then on nobody opens its links, whatever
// becomes of the rest. Doing it again goes on where it stopped.
func (a *app) retireKey(ctx context.Context, kid string, o retireOptions) error {
	return a.withKeys(ctx, func(s *session, ring *link.Keyring) error {
		if err := ring.Retirable(kid); err != nil {
			return err
		}
		write := func() error {
			_, err := link.RetireKey(s.db.Keys, a.common.KeyFileGroup, kid)
			return err
		}
		ended, err := 0, error(nil)
		if o.Revoke {
			ended, err = a.revokeKey(ctx, s, ring, kid, o, write)
		} else {
			err = keys.Retire(ctx, s.Engine, kid, write)
		}
		if err == nil {
			a.retired(s, kid, ended, o)
		}
		return err
	})
}

// revokeKey retires a key with write, and ends all links that were made with it.
func (a *app) revokeKey(
	ctx context.Context, s *session, ring *link.Keyring, kid string, o retireOptions, write func() error,
) (ended int, err error) {
	authority, err := s.authority(ctx, o.door, provision.MayEditOrganization, "end the links of a key")
	if err != nil {
		return 0, err
	}
	if err := a.agreeToRevoke(ctx, s, ring, kid, o); err != nil {
		return 0, err
	}
	if err := write(); err != nil {
		return 0, err
	}
	if ended, err = keys.EndLinks(ctx, s.Engine, kid, authority.Operator.Account); err != nil {
		return ended, fmt.Errorf("key %s is retired; ending its links: %w", kid, err)
	}
	return ended, nil
}

// agreeToRevoke says what would end, and asks.
func (a *app) agreeToRevoke(ctx context.Context, s *session, ring *link.Keyring, kid string, o retireOptions) error {
	all, err := keys.Check(ctx, s.Engine, ring)
	if err != nil || o.Yes {
		return err
	}
	if !a.asks {
		return flags.Usage("nobody can be asked whether to go on: this is no terminal", "say --yes")
	}
	links := 0
	for _, k := range all {
		if k.ID == kid {
			links = k.Links
		}
	}
	yes, err := a.ask(ctx, fmt.Sprintf("%s that %s made with key %s will stop working.\n"+
		"Retire the key and end them? Type yes to go on: ", view.Plural(links, "live link"), wasOrWere(links), kid))
	if err == nil && !yes {
		err = provision.ErrDeclined
	}
	return err
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// retired says what was done.
func (a *app) retired(s *session, kid string, ended int, o retireOptions) {
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"path": s.db.Keys, "kid": kid, "links_ended": ended})
		return
	}
	fmt.Fprintf(a.out.Stdout, "retired key %s in %s: no link that was made with it opens any more\n", kid, s.db.Keys)
	if o.Revoke {
		fmt.Fprintf(a.out.Stdout, "%s revoked; their people get new ones with muster import LIST --reissue-expired\n", wereWords(ended, "link"))
	}
	fmt.Fprintln(a.out.Stdout, "Replace the copies of the file. A program that read it before goes on with the key: "+
		"start again what is\nstill running, but for a muster serve that reads this file.")
}
