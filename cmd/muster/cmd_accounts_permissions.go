package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/dedupe/permission"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

// permissionOptions are the flags of accounts permissions.
type permissionOptions struct {
	peopleOptions
	Default bool
	Custom  string
	Clone   string
	Brand   string
}

func (a *app) accountsPermissionsCommand() *cobra.Command {
	var o permissionOptions
	c := &cobra.Command{
		Use:   "permissions " + aTarget,
		Short: "Give staff and clients other permissions",
		Long: `Permissions sets what members of the staff and clients may do on the platform:
what everybody may by default, what is named, or what somebody else may right
now. muster org show lists the names under permission_tree; messages.* is all
below messages. What the plan gives nobody is refused, and nobody gives what
they have not got, but with the right permissions:grant.`,
		Example: `  muster accounts permissions curt@example.com --custom reports.view,messages.*
  muster accounts permissions curt@example.com --clone ana@example.com
  muster accounts permissions --from clients.csv --default`,
		RunE: func(cmd *cobra.Command, args []string) error {
			wish, err := o.wish()
			if err != nil {
				return err
			}
			return a.accountsRun(cmd, args, o.peopleOptions, picked{
				looked: func(ctx context.Context, s *session, sc provision.Scope) (pick.Verb, error) {
					return o.verb(ctx, s, sc, wish)
				},
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&o.Default, "default", false, "what everybody may by default")
	f.StringVar(&o.Custom, "custom", "", "the permissions that are `named`, separated by commas")
	f.StringVar(&o.Clone, "clone", "", "those that the person with this `email` has now")
	f.StringVar(&o.Brand, "brand", "", "in this brand alone (default all brands that the operator sees)")
	o.namedFlags(f, a)
	return c
}

// wish is what was asked for, in one of three ways.
func (o permissionOptions) wish() (permission.Wish, error) {
	asked := 0
	text := ""
	for _, way := range []struct {
		said bool
		text string
	}{
		{o.Default, "default"}, {o.Custom != "", "custom: " + o.Custom}, {o.Clone != "", "clone: " + o.Clone},
	} {
		if way.said {
			asked++
			text = way.text
		}
	}
	if asked != 1 {
		return permission.Wish{}, flags.Usage("muster accounts permissions needs to know which",
			"say one of --default, --custom and --clone")
	}
	return permission.Parse(text)
}

// verb settles the wish: what cannot be given to anybody is refused at once.
func (o permissionOptions) verb(
	ctx context.Context, s *session, sc provision.Scope, wish permission.Wish,
) (pick.Verb, error) {
	v := accounts.Permissions{Wish: wish}
	if o.Brand != "" {
		b, err := sc.Authority.Seen(o.Brand)
		if err != nil {
			return nil, err
		}
		v.Brand = b.Slug
	}
	if wish.Mode == permission.Clone {
		return o.cloned(ctx, s, sc, v)
	}
	if _, err := sc.Policy.Permissions.Grant(wish); err != nil {
		return nil, refusedWish(err)
	}
	return v, nil
}

// cloned looks up whose permissions are cloned.
func (o permissionOptions) cloned(
	ctx context.Context, s *session, sc provision.Scope, v accounts.Permissions,
) (pick.Verb, error) {
	t, err := pick.ParseTarget(o.Clone)
	if err != nil {
		return nil, flags.Usage(err.Error(), "name somebody by "+pick.Forms)
	}
	source, known, err := pick.One(ctx, s.Engine, sc, t)
	if err != nil {
		return nil, err
	}
	if _, clonable := source.Shows(v.Brand, sc.Policy); !known || !clonable {
		return nil, &provision.ConfigError{
			Msg:  fmt.Sprintf("%s is no member of the staff and no client whom the operator may know of", o.Clone),
			Hint: "correct the address, or name the permissions with --custom",
		}
	}
	v.Source = &source
	return v, nil
}

// refusedWish says why nobody can be given what was asked for.
func refusedWish(err error) error {
	hint := "leave out what the plan gives nobody, or have the plan changed"
	if _, unknown := errors.AsType[*permission.UnknownError](err); unknown {
		hint = "muster org show lists the permissions under permission_tree"
	}
	return &provision.ConfigError{Msg: err.Error(), Hint: hint}
}
