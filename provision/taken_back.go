package provision

import (
	"encoding/json"
	"strings"
)

// UndoKind is that of the runs that take others back.
const UndoKind = "undo"

// UndoOf is what the command is called that takes all of a run back, and how one
// begins that takes a part of it back.
func UndoOf(run string) string { return UndoKind + " " + ShortRun(run) }

// EndedByUndo reports whether a run was interrupted, and taken back instead of gone
// on with. It is over for good.
func (r Run) EndedByUndo() bool {
	return !r.FinishedAt.IsZero() && len(r.Summary) == 0 && r.ExitCode == ExitTerminated
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
