package directory

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"muster/importer/failure"
	"muster/importer/identity"
	"muster/provision"
)

// newcomers are the addresses that are nobody's.
func newcomers(emails []identity.Email, owners map[identity.Key]provision.Holding) []identity.Email {
	return slices.DeleteFunc(slices.Clone(emails), func(e identity.Email) bool {
		_, owned := owners[e.Key()]
		return owned
	})
}

// unerased refuses, with a *ConfigError, to make somebody of an organization who
// was erased earlier.
func unerased(
	ctx context.Context, tx provision.Tx, links provision.LinkMaker, o provision.Organization, emails []identity.Email,
) error {
	if len(emails) == 0 {
		return nil
	}
	any, err := tx.Suppressions(ctx, o.ID)
	if err != nil || !any {
		return err
	}
	if links == nil {
		return keyless("the file")
	}
	of := map[string]identity.Email{} // by mark
	for _, e := range emails {
		for _, m := range append(links.Marks(e.Key(), o.ID), links.Marks(e.Key(), "")...) {
			of[m] = e
		}
	}
	met, err := tx.Suppressed(ctx, o.ID, slices.Sorted(maps.Keys(of)))
	if err != nil || len(met) == 0 {
		return err
	}
	return &provision.ConfigError{
		Msg:   fmt.Sprintf("administrator %s was erased earlier, and an organization file brings nobody back", of[met[0]].Address),
		Hint:  "leave the address out of the file, or, if they asked to come back, lift the mark: muster accounts readmit ADDRESS",
		Class: failure.Authority,
	}
}
