package words_test

import (
	"slices"
	"testing"
	"time"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

func TestEveryTurnIsSaid(t *testing.T) {
	for _, turn := range provision.Turns {
		if one, many := words.Turn(turn, 1), words.Turn(turn, 1200); one[:2] != "1 " || many[:6] != "1,200 " {
			t.Errorf("%s is said %q and %q", turn, one, many)
		}
	}
}

func TestSince(t *testing.T) {
	at := time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
	s := &provision.Since{Run: "01890000-0000-7000-8000-00001a2b3c4d", FinishedAt: at}
	if got := words.Since(s, time.UTC); got != "Nothing changed since 28 November 2026, 03:00 UTC (run 1a2b3c4d)." {
		t.Error(got)
	}
	s.Turns = map[provision.Turn]int{provision.TurnedNew: 4, provision.TurnedGone: 1, provision.TurnedHeld: 1}
	s.First = map[provision.Turn][]provision.NamedRow{
		provision.TurnedNew:  {{Place: record.Place{File: "a.csv", Line: 2}, Who: "Ann Kim"}, {Place: record.Place{File: "a.csv", Line: 7}}},
		provision.TurnedGone: {{Who: "Ben Lee"}},
	}
	want := []string{"4 people are new: line 2 Ann Kim, line 7 and 2 more", "1 person has no row any more that leads to them: Ben Lee", "1 row is newly held"}
	if got := words.SinceLines(s, []provision.ListInfo{{File: "a.csv"}}); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	s.Purged = true
	if got := words.Since(s, time.UTC); got != "What changed since 28 November 2026, 03:00 UTC (run 1a2b3c4d) is not known: that run was purged." {
		t.Error(got)
	}
}
