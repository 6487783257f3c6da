package run

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"muster/provision"
	"muster/provision/plan"
)

// since says what changed since the last run of the list; nil where this run is
// the first, or not of a list, or of the few rows of one that were reviewed.
func (w *work) since(ctx context.Context, r rendering) (*provision.Since, error) {
	if w.run.List == "" || w.run.Kind == provision.ReviewKind {
		return nil, nil
	}
	of := provision.LastOf{Organization: w.run.Organization, List: w.run.List, Before: w.run.StartedAt}
	last, err := provision.LastStanding(ctx, w.Engine, of)
	if errors.Is(err, provision.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := comparison{
		Engine:    w.Engine,
		earlier:   last,
		later:     w.run,
		visible:   w.visible(r),
		laterRows: namedRows{r.planned, r.shows.veil},
	}
	return c.since(ctx, provision.FirstPlaces)
}

// visible are the brands whose people whoever the report is for sees.
func (w *work) visible(r rendering) []string {
	if v := r.shows.veil; v != nil {
		return v.brands
	}
	return r.planned.Header.Policy.VisibleBrands
}

// A comparison is what changed between two runs, an earlier one and a later one.
type comparison struct {
	*provision.Engine
	earlier, later         provision.Run
	visible                []string // brands whose people are named
	earlierRows, laterRows namedRows
}

// namedRows are the rows of a run, as whoever asks may see them; without any nobody
// is named by a row.
type namedRows struct {
	planned *plan.Plan
	veil    *veil
}

func (n namedRows) named(row int) (provision.NamedRow, error) {
	if n.planned == nil {
		return provision.NamedRow{}, nil
	}
	record, err := n.planned.Row(row)
	if err != nil {
		return provision.NamedRow{}, err
	}
	record = n.veil.row(record)
	return provision.NamedRow{Place: record.Place, Who: provision.Who(record)}, nil
}

// since counts what changed, and names the first few of each.
func (c comparison) since(ctx context.Context, few int) (*provision.Since, error) {
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
		turned, err := c.page(ctx, turn, 0, few)
		if err != nil {
			return nil, err
		}
		for _, t := range turned {
			if t.Who != "" || t.Line > 0 {
				s.First[turn] = append(s.First[turn], t.NamedRow)
			}
		}
	}
	return s, nil
}

// page names those that took a turn, up to some after a row.
func (c comparison) page(ctx context.Context, turn provision.Turn, after, limit int) ([]NamedTurn, error) {
	turned, err := c.Store.Turned(ctx, c.earlier, c.later, turn, after, limit)
	if err != nil {
		return nil, fmt.Errorf("comparing with run %s: %w", provision.ShortRun(c.earlier.ID), err)
	}
	rows := c.laterRows
	if turn.OfEarlier() {
		rows = c.earlierRows
	}
	all := make([]NamedTurn, len(turned))
	var nameless []string
	for i, t := range turned {
		all[i] = NamedTurn{Turn: turn, Account: t.Account, Row: t.Row, Reason: t.Reason}
		if !turn.OfRemovals() {
			if all[i].NamedRow, err = rows.named(t.Row); err != nil {
				return nil, err
			}
		}
		if all[i].Who == "" && t.Account != "" {
			nameless = append(nameless, t.Account)
		}
	}
	names, err := c.people(ctx, nameless)
	for i := range all {
		all[i].Who = cmp.Or(all[i].Who, names[all[i].Account])
	}
	return all, err
}

// people are the names of accounts that the operator may see: who has no row any
// more goes by that.
func (c comparison) people(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
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
	return names, err
}

// lostLinks is how many links a run could not show any more.
func lostLinks(r provision.Run) int {
	var s provision.Summary
	_ = json.Unmarshal(r.Summary, &s) // of one that cannot be read every link counts
	return s.Links[provision.LinkExpired] + s.Links[provision.LinkNoKey]
}
