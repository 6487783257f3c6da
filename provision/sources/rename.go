package sources

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/provision"
	"muster/provision/run"
)

// RenameKind is what the audit calls that a source was renamed.
const RenameKind = "sources rename"

// Rename calls a source otherwise. Its old name stays known, so that a list that comes
// under it is told what it is called now; it can be had back.
func Rename(ctx context.Context, e *provision.Engine, a *provision.Authority, s provision.Source, to string) error {
	if err := provision.CheckSourceName(to); err != nil {
		return err
	}
	there, err := e.Store.Source(ctx, a.Organization.ID, to)
	if err == nil && !leadsTo(ctx, e, there, s.Name) {
		return taken(there)
	}
	if err != nil && !errors.Is(err, provision.ErrNotFound) {
		return err
	}
	detail := map[string]any{"source": s.Name, "to": to}
	return run.ChangeSource(ctx, e, a, s.Name, RenameKind, detail, func(ctx context.Context, tx provision.Tx, now provision.Source) error {
		if now.RenamedTo != "" {
			return &provision.EndedError{Source: now}
		}
		named, left := renamed(now, to, e.Now())
		if err := tx.SaveSource(ctx, named); err != nil {
			return err
		}
		if err := tx.SaveSource(ctx, left); err != nil {
			return err
		}
		return tx.RenameSource(ctx, a.Organization.ID, now.Name, to)
	})
}

// renamed is a source under its new name, and what stays of the old one.
func renamed(s provision.Source, to string, at time.Time) (named, left provision.Source) {
	left = provision.Source{Organization: s.Organization, Name: s.Name, Brand: s.Brand, Kind: s.Kind, CreatedAt: s.CreatedAt,
		EndedAt: at.UTC(), RenamedTo: to}
	s.Name = to
	return s, left
}

// leadsTo reports whether a name is a former one of a source.
func leadsTo(ctx context.Context, e *provision.Engine, s provision.Source, name string) bool {
	seen := map[string]bool{}
	for s.RenamedTo != "" && !seen[s.Name] {
		seen[s.Name] = true
		if s.RenamedTo == name {
			return true
		}
		next, err := e.Store.Source(ctx, s.Organization, s.RenamedTo)
		if err != nil {
			return false
		}
		s = next
	}
	return false
}

func taken(s provision.Source) error {
	msg := fmt.Sprintf("there is a source %s already", s.Name)
	switch {
	case s.RenamedTo != "":
		msg = fmt.Sprintf("%s was the name of source %s", s.Name, s.RenamedTo)
	case s.Ended():
		msg = fmt.Sprintf("%s was the name of a source that was ended", s.Name)
	}
	return &provision.ConfigError{Msg: msg, Hint: "choose another name"}
}
