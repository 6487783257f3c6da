package provision

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"muster/importer/reason"
	"muster/importer/record"
)

// A Turn is something that is otherwise in a run than it was in an earlier run of
// the same list.
type Turn string

// The turns. Those of people count everybody once, those of rows every row. Who is
// held or rejected otherwise than before is newly so; that a held row is rejected now,
// or its person blocked, is told by that alone.
const (
	TurnedNew       Turn = "new"                // people who have not been on the list, not on a row that was held either
	TurnedBack      Turn = "back"               // people who were on the list, but not in the earlier run
	TurnedUpdated   Turn = "updated"            // people who were there, and for whom something was written but a block
	TurnedGone      Turn = "gone"               // people who are not on the list any more
	TurnedRemoved   Turn = "removed"            // people who are missing, and lost what the list gave them
	TurnedDiffering Turn = "differing"          // people of whom the list says something else than the account
	TurnedBlocked   Turn = "blocked"            // people who are blocked now
	TurnedHeld      Turn = "held"               // rows that are held
	TurnedRejected  Turn = "rejected"           // rows that are rejected
	TakenIn         Turn = "held_taken_in"      // rows that were held, and are in now
	LeftOut         Turn = "held_left_out"      // rows that were held, and that somebody decided to leave out
	HeldGone        Turn = "held_gone"          // rows that were held, and are not on the list any more
	Mended          Turn = "no_longer_rejected" // rows that were rejected
)

// Turns lists every turn, in the order they are told.
var Turns = []Turn{
	TurnedNew, TurnedBack, TurnedUpdated, TurnedGone, TurnedRemoved, TurnedDiffering, TurnedBlocked, TurnedHeld, TurnedRejected,
	TakenIn, LeftOut, HeldGone, Mended,
}

// OfRows reports whether a turn counts rows, and not people.
func (t Turn) OfRows() bool {
	return t == TurnedHeld || t == TurnedRejected || t == Mended || t.OfHeld()
}

// OfHeld reports whether a turn says what became of rows that were held.
func (t Turn) OfHeld() bool { return t == TakenIn || t == LeftOut || t == HeldGone }

// OfRemovals reports whether what a turn counts stands on no row, but among those
// who are missing.
func (t Turn) OfRemovals() bool { return t == TurnedRemoved }

// OfEarlier reports whether what a turn counts stands in the earlier run alone.
func (t Turn) OfEarlier() bool { return t == TurnedGone || t == HeldGone || t == Mended }

// Since is what changed since an earlier run, the last one of the same list unless
// somebody asks for another.
type Since struct {
	Run        string       `json:"run"` // the earlier one
	FinishedAt time.Time    `json:"finished_at"`
	Purged     bool         `json:"purged,omitempty"` // what stood on its rows is no longer kept: nothing can be said
	Turns      map[Turn]int `json:"turns,omitempty"`  // none at nought

	// First are the first few of each turn, by name; they are kept nowhere.
	First map[Turn][]NamedRow `json:"-"`
	// Lost is how many links could no longer be shown then.
	Lost int `json:"-"`
}

// Compared reports whether it is known what changed.
func (s *Since) Compared() bool { return s != nil && !s.Purged }

// Turned is one person, or one row, that is otherwise than in an earlier run.
type Turned struct {
	Account string // "" of a row that led to none
	Row     int    // of the later run, or of the earlier one where the turn is OfEarlier
	Reason  reason.Code
}

// LastOf says which runs are compared with which: those of an organization that
// have the name of a list, and were started before a time.
type LastOf struct {
	Organization string
	List         string
	Before       time.Time
}

// ListName is what all runs of one list have in common: the brand and the kind of
// people it is for, and the names of its files, without folders and dates, and of
// their sheets. The list of every night is one list, "creators-2026-11-29.csv" and
// the one of the night after. A part of it is another list: part says which.
func ListName(brand string, kind record.Kind, lists []ListInfo, part string) string {
	var files []string
	for _, l := range lists {
		name := dates.ReplaceAllString(filepath.Base(l.File), "*")
		if l.Sheet != "" {
			name += " [" + dates.ReplaceAllString(l.Sheet, "*") + "]"
		}
		files = append(files, name)
	}
	slices.Sort(files)
	return strings.TrimSpace(string(kind) + "s of " + brand + ": " + strings.Join(files, ", ") + " " + part)
}

// SourceListName is what all runs of a source have in common, whatever its files
// are called.
func SourceListName(source string) string { return "source " + source }

// dates are those in the names of files, with the time behind them where there is one.
var dates = regexp.MustCompile(`(\d{4}[-_.]?\d\d[-_.]?\d\d|\d\d[-_.]\d\d[-_.]\d{4})([-_T ]?\d\d[-_.h]?\d\d([-_.]?\d\d)?Z?)?`)

// Settled reports whether a run brought nothing that anybody has to know or to do
// who knows the last run of its list: nothing was written, nobody is gone, and
// whatever is held, rejected or different was so before. Of a run that cannot be
// compared nothing may be open at all.
func (s Summary) Settled() bool {
	fresh := s.Outcomes[Created] + s.Outcomes[Claimed] + s.Outcomes[Updated] + s.Outcomes[Removed]
	lost := s.Links[LinkExpired] + s.Links[LinkNoKey]
	undone := s.Outcomes[Failed] + s.Outcomes[Stale] + s.Outcomes[Pending] + len(s.Undrawn) + UnreadRows(s.Lists) + s.InVain
	if s.Since.Compared() {
		return fresh+undone+len(s.Since.Turns) == 0 && lost <= s.Since.Lost
	}
	return fresh+undone+lost+len(s.Differences) == 0 && s.ExitCode == ExitOK
}
