package run

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"muster/provision"
)

// since says what changed since the last run of the list; nil where this run is
// the first, or not of a list.
func (w *work) since(ctx context.Context, r rendering) (*provision.Since, error) {
	if w.run.List == "" {
		return nil, nil
	}
	var last provision.Run
	of := provision.LastOf{Organization: w.run.Organization, List: w.run.List, Before: w.run.StartedAt}
	err := provision.Persist(ctx, func() (err error) {
		last, err = w.Store.LastRun(ctx, of)
		return err
	})
	if errors.Is(err, provision.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := comparison{Engine: w.Engine, earlier: last, later: w.run, visible: w.visible(r)}
	c.rows = func(turned provision.Turned) (provision.NamedRow, error) {
		record, err := r.planned.Row(turned.Row)
		if err != nil {
			return provision.NamedRow{}, err
		}
		record = r.shows.veil.row(record)
		return provision.NamedRow{Place: record.Place, Who: provision.Who(record)}, nil
	}
	return c.since(ctx)
}

// visible are the brands whose people whoever the report is for sees.
func (w *work) visible(r rendering) []string {
	if v := r.shows.veil; v != nil {
		return v.brands
	}
	return r.planned.Header.Policy.VisibleBrands
}

// A comparison is what changed between two runs, an earlier one and a later one.
// Rows names a row of the later run.
type comparison struct {
	*provision.Engine
	earlier, later provision.Run
	visible        []string // brands whose people are named
	rows           func(provision.Turned) (provision.NamedRow, error)
}

// since counts what changed, and names the first of each.
func (c comparison) since(ctx context.Context) (*provision.Since, error) {
	s := &provision.Since{Run: c.earlier.ID, FinishedAt: c.earlier.FinishedAt, Lost: lostLinks(c.earlier)}
	if s.Purged = !c.earlier.PurgedAt.IsZero(); s.Purged {
		return s, nil
	}
	err := provision.Persist(ctx, func() (err error) {
		s.Turns, err = c.Store.Compare(ctx, c.earlier, c.later)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.First = map[provision.Turn][]provision.NamedRow{}
	for turn := range s.Turns {
		if turn.OfRows() && turn.OfEarlier() {
			continue // whose rows they were is in the report of that run
		}
		turned, err := c.Store.Turned(ctx, c.earlier, c.later, turn, 0, provision.FirstPlaces)
		if err == nil {
			s.First[turn], err = c.named(ctx, turn, turned)
		}
		if err != nil {
			return nil, fmt.Errorf("comparing with run %s: %w", provision.ShortRun(c.earlier.ID), err)
		}
	}
	return s, nil
}

// named says whose those are that took a turn. Who is gone has no row, and goes by
// the name of their account, where the operator may see it.
func (c comparison) named(
	ctx context.Context, turn provision.Turn, turned []provision.Turned,
) (all []provision.NamedRow, err error) {
	if turn.OfEarlier() {
		return c.people(ctx, turned)
	}
	for _, t := range turned {
		row, err := c.rows(t)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

// people names accounts that the operator may see.
func (c comparison) people(ctx context.Context, turned []provision.Turned) ([]provision.NamedRow, error) {
	var ids []string
	for _, t := range turned {
		ids = append(ids, t.Account)
	}
	names := map[string]string{}
	err := provision.Persist(ctx, func() error {
		return c.Store.Snapshot(ctx, func(d provision.Directory) error {
			accounts, err := d.Accounts(ctx, c.later.Organization, ids, c.Now())
			for _, a := range accounts {
				if a.Visible(c.visible) {
					names[a.ID] = cmp.Or(a.Name, a.Email.Address)
				}
			}
			return err
		})
	})
	var all []provision.NamedRow
	for _, id := range ids {
		if name := names[id]; name != "" {
			all = append(all, provision.NamedRow{Who: name})
		}
	}
	return all, err
}

// lostLinks is how many links a run could not show any more.
func lostLinks(r provision.Run) int {
	var s provision.Summary
	_ = json.Unmarshal(r.Summary, &s) // of one that cannot be read every link counts
	return s.Links[provision.LinkExpired] + s.Links[provision.LinkNoKey]
}
