package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"muster/importer/reason"
	"muster/provision"
)

// A NamedTurn is a person, or a row, that is otherwise in one run than in another,
// and whose it is as far as the operator may see.
type NamedTurn struct {
	Turn    provision.Turn `json:"turn"`
	Account string         `json:"account,omitempty"`
	Row     int            `json:"row"` // of the later run, or of the earlier one where it is not in the later
	Reason  reason.Code    `json:"reason,omitempty"`
	provision.NamedRow
}

// Diff says what changed from an earlier run to a later one of an organization,
// whatever lists they were of, and names the first few of each. What is told of
// everybody goes to each, unless that is nil.
func Diff(
	ctx context.Context, e *provision.Engine, a *provision.Authority, earlier, later provision.Run, few int,
	each func(NamedTurn) error,
) (_ *provision.Since, err error) {
	if err := errors.Join(earlier.Unpurged(), later.Unpurged()); err != nil {
		return nil, err
	}
	c := comparison{Engine: e, earlier: earlier, later: later, visible: a.VisibleBrands()}
	dir, err := os.MkdirTemp("", "muster-diff-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for _, r := range []struct {
		run  provision.Run
		rows *namedRows
	}{{earlier, &c.earlierRows}, {later, &c.laterRows}} {
		planned, err := ownRows(r.run, filepath.Join(dir, r.run.ID))
		if err != nil {
			continue // they are named as far as their accounts are
		}
		defer planned.Close()
		*r.rows = namedRows{planned: planned, veil: veilFor(a, r.run)}
	}
	s, err := c.since(ctx, few)
	if err != nil || each == nil {
		return s, err
	}
	return s, c.all(ctx, s, each)
}

// diffPage is how many are read at a time.
const diffPage = 5000

// all tells of everybody.
func (c comparison) all(ctx context.Context, s *provision.Since, each func(NamedTurn) error) error {
	for _, turn := range provision.Turns {
		for after, full := 0, s.Turns[turn] > 0; full; {
			page, err := c.page(ctx, turn, after, diffPage)
			if err != nil {
				return err
			}
			for _, t := range page {
				if err := each(t); err != nil {
					return err
				}
				after = t.Row
			}
			full = len(page) == diffPage
		}
	}
	return nil
}
