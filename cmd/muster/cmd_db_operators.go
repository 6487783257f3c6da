package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/store"
)

// operatorsOptions are the flags of db operators.
type operatorsOptions struct {
	Add    string
	Remove string
}

func (a *app) dbOperatorsCommand() *cobra.Command {
	var o operatorsOptions
	c := &cobra.Command{
		Use:   "operators",
		Short: "Say who may act on the whole platform",
		Long: `Operators lists who may block and erase people on the whole platform, and join
accounts that several organizations hold (the right platform:block), and makes
somebody one of them, or no longer. No organization
can give that right: on PostgreSQL only the owner of the tables can, as for db
migrate; on SQLite whoever may write the file. They act as operators of their
organizations do, with --as.`,
		Example: "  muster db operators\n  muster db operators --add ada@example.com\n  muster db operators --remove ada@example.com",
		Args:    arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Add != "" && o.Remove != "" {
				return flags.Usage("--add and --remove are two steps", "leave out one of them")
			}
			return a.platformOperators(cmd.Context(), o)
		},
	}
	c.Flags().StringVar(&o.Add, "add", "", "make the account of this `email` an operator of the platform")
	c.Flags().StringVar(&o.Remove, "remove", "", "the account of this `email` is none any more")
	return c
}

func (a *app) platformOperators(ctx context.Context, o operatorsOptions) error {
	d, err := a.database()
	if err != nil {
		return err
	}
	s, err := openStore(ctx, d, store.Config{})
	if err != nil {
		return err
	}
	defer s.Close()
	if o.Add+o.Remove == "" {
		return a.listPlatformOperators(ctx, s)
	}
	return a.changePlatformOperators(ctx, s, o)
}

func (a *app) listPlatformOperators(ctx context.Context, s *store.Store) error {
	all, err := s.PlatformOperators(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if a.common.JSON {
			a.out.Emit("operator", o)
		} else {
			fmt.Fprintf(a.out.Stdout, "%s  added by %s\n", o.Address, o.AddedBy)
		}
	}
	switch {
	case a.common.JSON:
		a.out.Emit("summary", map[string]int{"operators": len(all)})
	case len(all) == 0:
		fmt.Fprintln(a.out.Stdout, "nobody may act on the whole platform")
	}
	return nil
}

func (a *app) changePlatformOperators(ctx context.Context, s *store.Store, o operatorsOptions) error {
	email, _, err := identity.ParseEmail(o.Add + o.Remove)
	if err != nil {
		return flags.Usage(fmt.Sprintf("%q is no email address", o.Add+o.Remove), "name the address of an account")
	}
	by := provision.Author{Source: "db operators", At: time.Now()}
	entry := uuid.Must(uuid.NewV7()).String()
	said := "is no longer an operator of the platform"
	var changed bool
	if o.Add != "" {
		said = "is an operator of the platform now"
		changed, err = s.AddPlatformOperator(ctx, email, userName(), by, entry)
	} else {
		changed, err = s.RemovePlatformOperator(ctx, email, by, entry)
	}
	if errors.Is(err, provision.ErrNotFound) {
		return &provision.ConfigError{
			Msg:  fmt.Sprintf("no account has the address %s", email.Address),
			Hint: "an operator of the platform acts for an organization first: name one of its people",
		}
	}
	if errors.Is(err, provision.ErrDenied) {
		return &provision.ConfigError{
			Msg:  "this login of the database makes nobody an operator of the platform",
			Hint: "only the owner of the tables does: log in as for muster db migrate",
		}
	}
	if err != nil {
		return err
	}
	if !changed {
		said = "was so before: nothing was changed"
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"email": email.Address, "changed": changed})
		return nil
	}
	fmt.Fprintln(a.out.Stdout, email.Address, said)
	return nil
}
