package report

import (
	"strings"
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// A run without rows counts the people who are on none, and each of them once.
func TestPeopleStandInPlaceOfRows(t *testing.T) {
	s := provision.Summary{
		Command:  provision.EndSourceKind,
		Outcomes: map[provision.Outcome]int{provision.Removed: 5},
		Missing: map[reason.Code]int{reason.SourceEnded: 5, reason.AdministratorStays: 1, reason.AccountChanged: 2,
			reason.NotReached: 3},
	}
	counts, all := counted(words.In{}, s)
	for o, want := range map[provision.Outcome]int{provision.Removed: 5, provision.Unchanged: 1, provision.Failed: 2, provision.Pending: 3} {
		if counts.Outcomes[o] != want {
			t.Errorf("%d %s, want %d", counts.Outcomes[o], o, want)
		}
	}
	if all.Title != "All people" || all.Count != 11 {
		t.Errorf("%s: %d", all.Title, all.Count)
	}
	if s.Outcomes[provision.Failed] != 0 {
		t.Error("the run itself counts nobody twice")
	}
	if got, want := Headline(s), "Done for 5 of 11 people; 5 of the 11 rows wait for you."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var said []string
	for _, step := range Next(s) {
		said = append(said, step.Text)
	}
	want := "The run stopped before 3 people were reached. Have the same command run again: it goes on where it stopped.\n" +
		"2 people still have what the source gave, because their accounts changed meanwhile: removed.csv says who. Take it away by hand.\n" +
		"1 administrator keeps what the source gave: removed.csv says who. Take the role away, if that is not meant."
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// What was done for those who were updated is told for each of them: the parts are as
// many as they, also where a reviewer decided about others.
func TestPartsOfUpdatedAreAsManyAsThey(t *testing.T) {
	counts := newTally()
	for i, l := range []provision.Line{
		{Outcome: provision.Updated, Reason: reason.DetailsChanged},
		{Outcome: provision.Updated, Reason: reason.DetailsChanged},
		{Outcome: provision.Updated, Reason: reason.Decided},
		{Outcome: provision.Updated, Reason: reason.Decided,
			Notes: []dedupe.Note{{Code: reason.DecidedBy}, {Code: reason.NewAddress}, {Code: reason.DetailsAdded}}},
		{Outcome: provision.Unchanged, Reason: reason.Decided},
		{Outcome: provision.Claimed, Reason: reason.Decided},
	} {
		l.Row = i + 1
		if err := counts.count(&l); err != nil {
			t.Fatal(err)
		}
	}
	s, err := counts.into(provision.Summary{Command: provision.ImportKind, Rows: 6, Outcomes: map[provision.Outcome]int{
		provision.Updated: 4, provision.Unchanged: 1, provision.Claimed: 1}})
	if err != nil {
		t.Fatal(err)
	}
	want := "Already in the brand: 1 with another address, 2 with changed details, 1 as a reviewer decided"
	if got := MeaningIn(words.In{}, provision.Updated, s); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
