package provision

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"muster/importer/failure"
)

var sourceNames = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// CheckSourceName refuses what no source can be called, with a *ConfigError.
func CheckSourceName(name string) error {
	if sourceNames.MatchString(name) {
		return nil
	}
	return &ConfigError{
		Msg:  fmt.Sprintf("%q is no name of a source", name),
		Hint: "use small letters, digits and hyphens, at most 63, like hr or crm-outdoor",
	}
}

// source finds the source whose lists an operator wants to sync, or what is to
// become one. Its brand and kind are the same every night: a list of somebody
// else under the same name would have everybody removed.
func (e *Engine) source(ctx context.Context, a *Authority, name string) (*Source, error) {
	if err := CheckSourceName(name); err != nil {
		return nil, err
	}
	if err := a.Operator.Needs(MaySync, "sync a list"); err != nil {
		return nil, err
	}
	s, err := e.Store.Source(ctx, a.Organization.ID, name)
	if errors.Is(err, ErrNotFound) {
		return &Source{Organization: a.Organization.ID, Name: name, Brand: a.Brand.Slug, Kind: a.Kind, CreatedAt: e.Now().UTC()}, nil
	}
	if err != nil {
		return nil, err
	}
	if !slices.Contains(a.VisibleBrands(), s.Brand) {
		return nil, &ConfigError{
			Msg:  fmt.Sprintf("source %s is of other lists than this one, in a brand that you do not see", name),
			Hint: "give this list another --source",
		}
	}
	if s.Ended() {
		return nil, &EndedError{Source: s}
	}
	if s.Brand != a.Brand.Slug || s.Kind != a.Kind {
		return nil, &ConfigError{
			Msg:  fmt.Sprintf("source %s is of %ss of brand %q, and this list of %ss of brand %q", name, s.Kind, s.Brand, a.Kind, a.Brand.Slug),
			Hint: fmt.Sprintf("sync it with --brand %s --kind %s, or give this list another --source", s.Brand, s.Kind),
		}
	}
	return &s, nil
}

// A HeldError says that a source was held, and runs no more until somebody has
// looked at it.
type HeldError struct{ Source Source }

func (e *HeldError) Error() string {
	s := e.Source
	text := fmt.Sprintf("source %s is held since %s", s.Name, s.HeldAt.Local().Format("2006-01-02 15:04"))
	if s.HeldRun != "" {
		text += ", by run " + ShortRun(s.HeldRun)
	}
	if s.HeldWhy != "" {
		text += ": " + s.HeldWhy
	}
	return text
}

// Failure says that somebody has to release the source.
func (e *HeldError) Failure() (failure.Class, string) {
	return failure.Stale, "see what is wrong with its list, then: muster sources release " + e.Source.Name
}

// An EndedError says that a source was given up, or is called otherwise by now: no list
// is synced under its name.
type EndedError struct{ Source Source }

func (e *EndedError) Error() string {
	s := e.Source
	day := s.EndedAt.Local().Format("2006-01-02 15:04")
	if s.RenamedTo != "" {
		return fmt.Sprintf("source %s is called %s since %s", s.Name, s.RenamedTo, day)
	}
	text := fmt.Sprintf("source %s was ended on %s", s.Name, day)
	if s.EndedRun != "" {
		text += ", by run " + ShortRun(s.EndedRun)
	}
	return text
}

// Failure says that somebody has to look.
func (e *EndedError) Failure() (failure.Class, string) {
	s := e.Source
	switch {
	case s.RenamedTo != "":
		return failure.Stale, "name it so: " + s.RenamedTo
	case s.EndedRun != "":
		return failure.Stale, fmt.Sprintf("a list that goes on needs another --source; muster undo %s takes the end back", ShortRun(s.EndedRun))
	}
	return failure.Stale, "a list that goes on needs another --source"
}
