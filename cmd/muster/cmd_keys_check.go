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

func (a *app) keysCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Say whether the keyring belongs to the database, and who needs which key",
		Long: `Check compares the keyring with the database. For every key it says how many
live links open with it, and how many erased people are recognised by it. It
ends with 14 where a key is not the one that the database knows by its id, where
a key that is needed is missing, or where live links were made with a retired
key.`,
		Example: "  muster keys check",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.checkKeys(cmd.Context()) },
	}
}

func (a *app) checkKeys(ctx context.Context) error {
	return a.withKeys(ctx, func(s *session, ring *link.Keyring) error {
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
