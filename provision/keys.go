package provision

import (
	"context"

	"muster/importer/failure"
)

// KeyUse is what needs a key.
type KeyUse struct {
	Key   string // id
	Links int    // that are live: they open with this key alone
	Marks int    // of people who were erased: they are found by this key alone
}

// CompareKeys compares the check values of keys with those that a database
// knows, and returns which of the keys it does not know yet. A key that is not
// the one known by its id is a *ConfigError: links made with it would open for
// nobody.
func CompareKeys(ctx context.Context, s ValueStore, checks map[string]string) (unknown []string, err error) {
	known, err := s.KeyChecks(ctx)
	if err != nil {
		return nil, err
	}
	return compareKeys(known, checks)
}

func compareKeys(known, checks map[string]string) (unknown []string, err error) {
	for kid, check := range checks {
		switch was, seen := known[kid]; {
		case !seen:
			unknown = append(unknown, kid)
		case was != check:
			return nil, &ConfigError{
				Msg:  "key " + kid + " is not the key this database knows by that name",
				Hint: "use the key file that belongs to the database",
			}
		}
	}
	return unknown, nil
}

// FitKeys is CompareKeys, but refuses keys of which a database knows none while it
// knows others: links of before would open no more, and people who were erased
// would be taken for new. What is known is read once: another run may be the first
// beside this one.
func FitKeys(ctx context.Context, s ValueStore, checks map[string]string) (unknown []string, err error) {
	known, err := s.KeyChecks(ctx)
	if err != nil {
		return nil, err
	}
	unknown, err = compareKeys(known, checks)
	if err == nil && len(known) > 0 && len(checks) > 0 && len(unknown) == len(checks) {
		err = &ConfigError{Msg: "none of the keys has ever made a link of this database", Class: failure.ForeignKeys}
	}
	return unknown, err
}
