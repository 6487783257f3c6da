package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// A BalanceError says which sum of a report does not agree with what was
// reported.
type BalanceError struct {
	What     string // "rows", or "outcome claimed"
	Expected int    // by the run
	Counted  int    // among the lines
}

func (e *BalanceError) Error() string {
	return fmt.Sprintf("the report does not balance: %s: the run has %d, the report %d", e.What, e.Expected, e.Counted)
}

// Failure says that the program is at fault.
func (e *BalanceError) Failure() (failure.Class, string) { return failure.Internal, "" }

// tally counts lines.
type tally struct {
	undo        string // the list of a run that takes another one back, "" of any other
	rows        int
	last        int // number of the last row
	outcomes    map[provision.Outcome]int
	reasons     map[reason.Code]int
	updates     map[reason.Code]int // of rows that were updated
	links       map[provision.LinkWord]int
	ends        map[provision.LinkWord]time.Time
	differ      int // rows with any difference
	differences map[reason.Code]int
	problems    map[reason.Code]int
	drift       map[reason.Code]int
	disputes    map[string]int // by what another source says otherwise
	over        int            // that replace what a source wrote last
	untold      int
	dead        int // people whose link stays dead that the run taken back had ended
	first       provision.Places
	waits       map[waitKey]*provision.Waiting
	notRead     []provision.StatusNotRead // by column
	lacking     int                       // rows that ask for what the organization does not have
	lacks       map[string]int            // how many ask for each
}

func newTally() *tally {
	return &tally{
		outcomes:    map[provision.Outcome]int{},
		reasons:     map[reason.Code]int{},
		updates:     map[reason.Code]int{},
		links:       map[provision.LinkWord]int{},
		ends:        map[provision.LinkWord]time.Time{},
		differences: map[reason.Code]int{},
		problems:    map[reason.Code]int{},
		drift:       map[reason.Code]int{},
		disputes:    map[string]int{},
		first:       provision.Places{},
		waits:       map[waitKey]*provision.Waiting{},
	}
}

// count takes a line in. A line without a proper outcome, or out of order, is
// a mistake of the run, not of the row: no report is written.
func (t *tally) count(l *provision.Line) error {
	if _, known := words.Outcomes[l.Outcome]; !known || l.Outcome == provision.Removed {
		return fmt.Errorf("line %d of %s has %q for an outcome", l.Line, l.File, l.Outcome)
	}
	if l.Row != 0 && l.Row <= t.last {
		return fmt.Errorf("line %d of %s is row %d of the run, after row %d: every row is reported once, in list order",
			l.Line, l.File, l.Row, t.last)
	}
	t.last = l.Row
	t.rows++
	t.outcomes[l.Outcome]++
	if l.Reason != "" {
		t.reasons[l.Reason]++
		t.found(l.Reason, l)
	}
	if l.Outcome == provision.Updated {
		t.updates[updatedBy(l)]++
	}
	if l.Link != nil {
		t.links[l.Link.State]++
		t.end(l.Link)
	}
	t.said(l)
	t.wait(l)
	return nil
}

// found keeps where the first rows stand of which something is to be said. Of a run that is
// taken back some people were on none.
func (t *tally) found(code reason.Code, l *provision.Line) {
	if t.placed(l) {
		t.first.Add(code, l.Place)
	}
}

func (t *tally) placed(l *provision.Line) bool {
	return t.undo == "" || l.File != t.undo || l.OfRow > 0
}

// updatedBy is what was done for somebody who was updated: where a reviewer decided, what
// the decision changed first.
func updatedBy(l *provision.Line) reason.Code {
	if l.Reason != reason.Decided {
		return l.Reason
	}
	for _, n := range l.Notes {
		if slices.ContainsFunc(changes, func(c changed) bool { return c.code == n.Code }) {
			return n.Code
		}
	}
	return l.Reason
}

// end keeps when the first of the live links that stand alike ends.
func (t *tally) end(l *provision.Link) {
	if first, known := t.ends[l.State]; live(l) && (!known || l.ExpiresAt.Before(first)) {
		t.ends[l.State] = l.ExpiresAt.UTC()
	}
}

// said counts what else a line says, each code once.
func (t *tally) said(l *provision.Line) {
	seen := map[reason.Code]bool{}
	add := func(counts map[reason.Code]int, code reason.Code) {
		if !seen[code] {
			seen[code] = true
			counts[code]++
			t.found(code, l)
		}
	}
	for _, p := range l.Problems {
		add(t.problems, p.Code)
		if p.Code == reason.StatusNotRead {
			t.passOver(l, p.Column)
		}
		if l.Account != "" && p.Code.LosesProfile() {
			add(t.problems, reason.ProfileLost)
		}
	}
	if lacks(l.Reason) || slices.ContainsFunc(l.Problems, func(p record.Problem) bool { return lacks(p.Code) }) {
		t.lacking++
	}
	t.lacked(l.Problems)
	if slices.ContainsFunc(l.Notes, func(n dedupe.Note) bool { return n.Code == reason.DashboardUntold }) {
		t.untold++
		t.found(reason.DashboardUntold, l)
	}
	if slices.ContainsFunc(l.Notes, func(n dedupe.Note) bool { return n.Code == reason.OverSource }) {
		t.over++
		t.first.Add(reason.OverSource, l.Place)
	}
	if slices.ContainsFunc(l.Notes, func(n dedupe.Note) bool { return n.Code == reason.LinkStaysEnded }) {
		t.dead++
		t.found(reason.LinkStaysEnded, l)
	}
	for _, code := range provision.DriftOf(l.Notes) {
		add(t.drift, code)
	}
	for _, n := range l.Notes {
		if n.Code == reason.OtherSource || n.Code == reason.OverSource {
			t.disputes[n.Said]++
		}
	}
	differ := provision.Differences(l.Account, l.Reason, l.Notes)
	for _, code := range differ {
		add(t.differences, code)
	}
	if len(differ) > 0 {
		t.differ++
	}
}

// lacked counts what a row asks for that the organization does not have, as its problems
// quote it.
func (t *tally) lacked(problems []record.Problem) {
	seen := map[string]bool{}
	for _, p := range problems {
		_, quoted, _ := strings.Cut(p.Message, `"`)
		name, err := strconv.QuotedPrefix(`"` + quoted)
		if !lacks(p.Code) || err != nil || seen[name] {
			continue
		}
		seen[name] = true
		if t.lacks == nil {
			t.lacks = map[string]int{}
		}
		t.lacks[name]++
	}
}

// lacks reports whether a row of this reason asks for what the organization does not have.
func lacks(code reason.Code) bool {
	switch code {
	case reason.UnknownBrand, reason.UnknownCampaign, reason.ProductNotEnabled, reason.UnknownRole:
		return true
	}
	return false
}

// passOver takes in a row that seems to say, in a column that is not read as a status,
// that somebody is blocked or gone, where the person was taken in.
func (t *tally) passOver(l *provision.Line, column string) {
	in := []provision.Outcome{provision.Created, provision.Claimed, provision.Updated, provision.Unchanged, provision.Merged}
	at := slices.IndexFunc(l.Attributes, func(a record.Attribute) bool { return a.Column == column })
	if at < 0 || !slices.Contains(in, l.Outcome) {
		return
	}
	i := slices.IndexFunc(t.notRead, func(s provision.StatusNotRead) bool { return s.Column == column })
	if i < 0 {
		i = len(t.notRead)
		t.notRead = append(t.notRead, provision.StatusNotRead{Column: column})
	}
	t.notRead[i].Add(l.Attributes[at].Value, l.Place)
}

// into puts the counts into a summary whose own must agree with them.
func (t *tally) into(s provision.Summary) (provision.Summary, error) {
	if s.Rows != t.rows {
		return s, &BalanceError{What: "rows", Expected: s.Rows, Counted: t.rows}
	}
	given := s.Outcomes
	s.Outcomes = map[provision.Outcome]int{}
	for _, o := range provision.Outcomes {
		s.Outcomes[o] = t.outcomes[o]
	}
	s.Outcomes[provision.Removed] = given[provision.Removed] // people, who stand beside the rows
	for _, o := range slices.Sorted(maps.Keys(given)) {
		if given[o] != s.Outcomes[o] {
			return s, &BalanceError{What: "outcome " + string(o), Expected: given[o], Counted: s.Outcomes[o]}
		}
	}
	s.Reasons = t.reasons
	s.Updates = t.updates
	s.Links = t.links
	s.LinksEnd = t.ends
	s.Differ = t.differ
	s.Differences = t.differences
	s.Problems = t.problems
	s.Untold = t.untold
	s.StayedDead = t.dead
	s.OverSource = t.over
	if len(t.drift) > 0 {
		s.Drift = t.drift
	}
	if len(t.disputes) > 0 {
		s.Disputes = t.disputes
	}
	s.First = t.first
	s.Waiting = t.waiting()
	s.NotRead = t.notRead
	s.Lacking = t.lacking
	s.Lacks = t.lacks
	if n := s.OfMissing(); n > 0 && s.Command == provision.EndSourceKind {
		s.Outcomes = ofMissing(s, n)
	}
	return s, nil
}
