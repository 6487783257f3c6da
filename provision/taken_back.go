package provision

import (
	"context"
	"encoding/json"
	"strings"
)

// UndoKind is that of the runs that take others back.
const UndoKind = "undo"

// UndoOf is what the command is called that takes all of a run back, and how one
// begins that takes a part of it back.
func UndoOf(run string) string { return UndoKind + " " + ShortRun(run) }

// TakenBackBefore says of a report by which run that of it was taken back.
type TakenBackBefore struct {
	Run    string `json:"run"`
	Partly bool   `json:"partly,omitempty"` // only what it did in a brand, or on some rows
}

// EndedByUndo reports whether a run was interrupted, and taken back instead of gone
// on with. It is over for good.
func (r Run) EndedByUndo() bool {
	return !r.FinishedAt.IsZero() && len(r.Summary) == 0 && r.ExitCode == ExitTerminated
}

// WroteNothing reports whether a run ended before anything of it was written: a guard
// stopped it, somebody declined it, or another was at work. It has no totals.
func (r Run) WroteNothing() bool {
	return !r.FinishedAt.IsZero() && len(r.Summary) == 0 && !r.EndedByUndo()
}

// TookBack reports whether a run took another one back, or a part of it; wholly,
// whether all of that was asked for.
func (r Run) TookBack(other Run) (any, wholly bool) {
	var lists []ListInfo
	if r.Kind != UndoKind || len(r.Summary) == 0 || json.Unmarshal(r.Lists, &lists) != nil || len(lists) == 0 {
		return false, false
	}
	called := UndoOf(other.ID)
	wholly = lists[0].File == called
	return wholly || strings.HasPrefix(lists[0].File, called+" "), wholly
}

// TakenBackBy finds among runs, the newest first, the one that took another one back
// last, and whether it took back all of it. What was taken back in its turn, or found
// nothing to do, does not count.
func TakenBackBy(runs []Run, r Run) (by Run, wholly, is bool) {
	for _, u := range runs {
		took, all := u.TookBack(r)
		if !took || !u.updated() {
			continue
		}
		if _, again, _ := TakenBackBy(runs, u); again {
			continue
		}
		if !is || all {
			by, wholly, is = u, all, true
		}
		if wholly {
			break
		}
	}
	return by, wholly, is
}

// updated reports whether a run changed anybody.
func (r Run) updated() bool {
	var s Summary
	return json.Unmarshal(r.Summary, &s) == nil && s.Outcomes[Updated] > 0
}

// TakenBack is TakenBackBy among all runs that were begun after it.
func TakenBack(ctx context.Context, e *Engine, r Run) (by Run, wholly, is bool, err error) {
	var runs []Run
	err = Persist(ctx, func() (err error) {
		runs, err = e.Store.Undoings(ctx, r.Organization, r.StartedAt)
		return err
	})
	by, wholly, is = TakenBackBy(runs, r)
	return by, wholly, is, err
}

// LastStanding is the last run of a list that was not taken back; ErrNotFound where
// there is none.
func LastStanding(ctx context.Context, e *Engine, of LastOf) (last Run, err error) {
	for {
		err = Persist(ctx, func() (err error) {
			last, err = e.Store.LastRun(ctx, of)
			return err
		})
		if err != nil {
			return last, err
		}
		_, wholly, _, err := TakenBack(ctx, e, last)
		if err != nil || !wholly {
			return last, err
		}
		of.Before = last.StartedAt
	}
}
