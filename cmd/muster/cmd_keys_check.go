package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/keys"
	"muster/provision/link"
)

// keysCheckOptions are the flags of keys check.
type keysCheckOptions struct {
	door
	Adopt bool
}

func (a *app) keysCheckCommand() *cobra.Command {
	var o keysCheckOptions
	c := &cobra.Command{
		Use:   "check",
		Short: "Say whether the keyring belongs to the database, and who needs which key",
		Long: `Check compares the keyring with the database. For every key it says how many
live links open with it, and how many erased people are recognised by it. It
ends with 14 where a key is not the one that the database knows by its id, where
a key that is needed is missing, or where live links were made with a retired
key.

A keyring of which the database knows no key is somebody else's, and refused by
every command that makes or opens links. Where the right one is lost for good,
--adopt lets the database know this one: new links are made with it, those of
before open no more, and people who were erased are no longer recognised.`,
		Example: "  muster keys check\n  muster keys check --adopt",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.checkKeys(cmd.Context(), o) },
	}
	c.Flags().BoolVar(&o.Adopt, "adopt", false,
		"let the database know the keys of this file, in place of those that are lost; needs the right organization:edit")
	o.door.flags(c.Flags())
	return c
}

func (a *app) checkKeys(ctx context.Context, o keysCheckOptions) error {
	return a.withKeys(ctx, func(s *session, ring *link.Keyring) error {
		if o.Adopt {
			if err := a.adoptKeys(ctx, s, ring, o.door); err != nil {
				return err
			}
		}
		all, err := keys.Check(ctx, s.Engine, ring)
		if err != nil {
			return err
		}
		a.out.Keys(all)
		return keyFaults(all)
	})
}

// withKeys does something with a database and the keys of its links.
func (a *app) withKeys(ctx context.Context, do func(*session, *link.Keyring) error) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	ring, err := a.keyring(s.db)
	if err != nil {
		return err
	}
	return do(s, ring)
}

// adoptKeys lets the database know the keys of a ring.
func (a *app) adoptKeys(ctx context.Context, s *session, ring *link.Keyring, d door) error {
	authority, err := s.authority(ctx, d, provision.MayEditOrganization, "let the database know other keys")
	if err != nil {
		return err
	}
	adopted, err := keys.Adopt(ctx, s.Engine, ring, authority)
	if err == nil && len(adopted) > 0 {
		a.out.Say("the database knows key %s from now on; links that were made with others open with those alone",
			strings.Join(adopted, ", "))
	}
	return err
}

// keyFaults says what is wrong with the keys of a database, nil where nothing is.
func keyFaults(all []keys.Key) error {
	var faults []string
	hint := "restore the keyring from its backup; or give the people new links with muster import --reissue-expired " +
		"once theirs have expired"
	for _, k := range all {
		switch k.Fault {
		case keys.Strange:
			faults = append(faults, "key "+k.ID+" is not the key this database knows by that name")
			hint = "use the key file that belongs to the database"
		case keys.Missing:
			faults = append(faults, fmt.Sprintf("the keyring does not have key %s, which %s and %s need", k.ID,
				view.Plural(k.Links, "live link"), view.Plural(k.Marks, "mark")))
		case keys.DeadLinks:
			faults = append(faults, fmt.Sprintf("key %s is retired, and %s cannot be opened", k.ID,
				view.Plural(k.Links, "live link")))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return &provision.ConfigError{Msg: strings.Join(faults, "; "), Hint: hint}
}
