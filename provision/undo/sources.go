package undo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"muster/provision"
	"muster/provision/change"
)

// Begin says of sources what is so once the run is taken back: one that it ended goes
// on, and one whose last complete list it had has the one before again.
func (u *Undo) Begin(ctx context.Context, e *provision.Engine, tx provision.Tx, _ provision.Run) error {
	for _, s := range u.sources {
		now, err := e.Store.Source(ctx, u.Run.Organization, s.Name)
		if err != nil {
			return err
		}
		if now.EndedRun == u.Run.ID || now.LastRun == u.Run.ID {
			err = tx.SaveSource(ctx, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// standing is how sources will stand that the run ended, or synced last. What a part of
// a sync is taken back of has been synced all the same.
func (u *Undo) standing(ctx context.Context, e *provision.Engine) ([]provision.Source, error) {
	all, err := e.Store.Sources(ctx, u.Run.Organization)
	if err != nil {
		return nil, err
	}
	var changed []provision.Source
	for _, s := range all {
		whole := u.Brand == "" && len(u.Rows) == 0
		switch {
		case s.EndedRun == u.Run.ID:
			s.EndedAt, s.EndedRun = time.Time{}, ""
		case s.LastRun == u.Run.ID && whole:
			if s, err = u.before(ctx, e, s); err != nil {
				return nil, err
			}
		default:
			continue
		}
		changed = append(changed, s)
	}
	return changed, nil
}

// before is a source as it stood before the run: with the last complete list that was
// not taken back, or as one that never had any.
func (u *Undo) before(ctx context.Context, e *provision.Engine, s provision.Source) (provision.Source, error) {
	s.LastRun, s.LastRows, s.LastAt, s.Header = "", 0, time.Time{}, nil
	of := provision.LastOf{Organization: u.Run.Organization, List: provision.SourceListName(s.Name), Before: u.Run.StartedAt}
	for {
		last, err := provision.LastStanding(ctx, e, of)
		if errors.Is(err, provision.ErrNotFound) {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		var summary provision.Summary
		if err := json.Unmarshal(last.Summary, &summary); err != nil {
			return s, fmt.Errorf("reading run %s: %w", provision.ShortRun(last.ID), err)
		}
		if summary.Source != nil && summary.Source.Complete {
			s.LastRun = last.ID
			s.LastRows = provision.Listed(summary.Rows, summary.Outcomes)
			s.LastAt = last.FinishedAt
			s.Header = provision.ListsOf(summary.Lists)
			return s, nil
		}
		of.Before = last.StartedAt
	}
}

// formerNames are what sources are called now that were renamed, by their former names.
func formerNames(all []provision.Source) map[string]string {
	to := map[string]string{}
	for _, s := range all {
		if s.RenamedTo != "" {
			to[s.Name] = s.RenamedTo
		}
	}
	now := map[string]string{}
	for name := range to {
		called := name
		for range to { // as often as there are names: a former one may be had back
			if next, more := to[called]; more {
				called = next
			}
		}
		now[name] = called
	}
	return now
}

// renamed is a change in the names that sources have now.
func renamed(c change.Change, now map[string]string) change.Change {
	switch c := c.(type) {
	case change.Own:
		if to, is := now[c.Source]; is {
			c.Source = to
		}
		return c
	case change.Disown:
		if to, is := now[c.Source]; is {
			c.Source = to
		}
		return c
	case change.Attend:
		if to, is := now[c.Source]; is {
			c.Source = to
		}
		return c
	}
	return c
}

// renamed puts the names that sources have now into a past.
func (p past) renamed(now map[string]string) past {
	if len(now) == 0 {
		return p
	}
	for i := range p.done {
		p.done[i].Change = renamed(p.done[i].Change, now)
	}
	for _, e := range p.since {
		for i := range e.Changes {
			e.Changes[i] = renamed(e.Changes[i], now)
		}
	}
	return p
}
