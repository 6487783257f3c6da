package words

import (
	"strings"
	"time"

	"muster/provision"
)

// turns say of one, and of many, what they have turned to since an earlier run.
var turns = map[provision.Turn][2]string{
	provision.TurnedNew:       {"1 person is new", "%s people are new"},
	provision.TurnedBack:      {"1 person is back on the list", "%s people are back on the list"},
	provision.TurnedUpdated:   {"1 person who was there was updated", "%s people who were there were updated"},
	provision.TurnedGone:      {"1 person has no row any more that leads to them", "%s people have no row any more that leads to them"},
	provision.TurnedRemoved:   {"1 person lost what the list gave them", "%s people lost what the list gave them"},
	provision.TurnedDiffering: {"1 person differs from their account now", "%s people differ from their accounts now"},
	provision.TurnedBlocked:   {"1 person is blocked now", "%s people are blocked now"},
	provision.TurnedHeld:      {"1 row is newly held", "%s rows are newly held"},
	provision.TurnedRejected:  {"1 row is newly rejected", "%s rows are newly rejected"},
	provision.TakenIn:         {"1 row that was held is in now", "%s rows that were held are in now"},
	provision.LeftOut:         {"1 row that was held is left out, as somebody decided", "%s rows that were held are left out, as somebody decided"},
	provision.HeldGone:        {"1 row that was held is not on the list any more", "%s rows that were held are not on the list any more"},
	provision.Mended:          {"1 row is no longer rejected", "%s rows are no longer rejected"},
}

// Turn says how many have turned to something.
func Turn(t provision.Turn, n int) string { return english.Turn(t, n) }

// Turn is Turn in a language.
func (in In) Turn(t provision.Turn, n int) string { return in.Count(n, turns[t][0], turns[t][1]) }

// Since says in a sentence whether anything changed since an earlier run, "" where
// there is none.
func Since(s *provision.Since, zone *time.Location) string { return english.Since(s, zone) }

// Since is Since in a language.
func (in In) Since(s *provision.Since, zone *time.Location) string {
	if s == nil {
		return ""
	}
	when := in.Stamp(s.FinishedAt, zone) + in.Say(" (run %s)", provision.ShortRun(s.Run))
	switch {
	case s.Purged:
		return in.Say("What changed since %s is not known: that run was purged.", when)
	case len(s.Turns) == 0:
		return in.Say("Nothing changed since %s.", when)
	}
	return in.Say("What changed since %s:", when)
}

// SinceLines say what changed, a line each, with the first of each by name.
func SinceLines(s *provision.Since, lists []provision.ListInfo) []string {
	return english.SinceLines(s, lists)
}

// SinceLines are SinceLines in a language.
func (in In) SinceLines(s *provision.Since, lists []provision.ListInfo) []string {
	if s == nil {
		return nil
	}
	var lines []string
	for _, t := range provision.Turns {
		if n := s.Turns[t]; n > 0 {
			lines = append(lines, in.Turn(t, n)+in.turnedNames(t, s.First[t], lists, n))
		}
	}
	return lines
}

// turnedNames names the first of n, "" where none is known by name.
func (in In) turnedNames(t provision.Turn, first []provision.NamedRow, lists []provision.ListInfo, n int) string {
	var names []string
	for _, row := range first {
		name := row.Who
		if row.Line > 0 && (name == "" || !t.OfEarlier()) { // not a line of the list at hand
			name = strings.TrimSpace(in.rowPlace(row.Place, lists) + " " + row.Who)
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	text := in.Say(": ") + strings.Join(names, ", ")
	if n > len(names) {
		text += in.Say(" and %s more", in.Number(n-len(names)))
	}
	return text
}
