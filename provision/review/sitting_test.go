package review

import (
	"os"
	"path/filepath"
	"testing"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// heldTwo are two people: one with a row, one with two rows of which only the
// first is asked about.
func heldTwo(digest string) provision.HeldReview {
	row := func(n int, options ...string) provision.HeldRow {
		return provision.HeldRow{Record: record.Record{Row: n, Place: record.Place{File: "a.csv", Line: n + 1}}, Options: options}
	}
	return provision.HeldReview{Source: "run", People: []provision.HeldPerson{
		{Number: 1, Digest: digest, Rows: []provision.HeldRow{row(1, "claim A", "skip")}},
		{Number: 2, Digest: "two", Rows: []provision.HeldRow{row(2, "create", "skip"), row(3, "same as row 2")}},
	}}
}

func sitting(t *testing.T, path, digest string) *Sitting {
	t.Helper()
	s, err := Sit(heldTwo(digest), path, words.In{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASittingGoesThroughItsQuestions(t *testing.T) {
	s := sitting(t, filepath.Join(t.TempDir(), "answers.json"), "one")
	if len(s.Questions) != 2 || s.Open(1) != 1 {
		t.Fatalf("%d questions, from the second on %d is open", len(s.Questions), s.Open(1))
	}
	if err := s.Answer(0, "create"); err == nil {
		t.Error("took an answer that was not offered")
	}
	for question, option := range []string{"claim A", ""} {
		if err := s.Answer(question, option); err != nil {
			t.Fatal(err)
		}
	}
	if all := s.Answers().All; s.Open(0) != -1 || len(all) != 1 || all[0].Decision != "claim A" || all[0].Cell != "line 2" {
		t.Errorf("open %d, answers %+v", s.Open(0), all)
	}
	if at, undone, err := s.Undo(); at != 1 || !undone || err != nil || s.Open(0) != 1 {
		t.Errorf("undone: question %d, %t, %v; open %d", at, undone, err, s.Open(0))
	}
	if err := s.Reopen(0); err != nil || s.Undoable() || s.Open(0) != 0 {
		t.Errorf("reopened: %v, undoable %t, open %d", err, s.Undoable(), s.Open(0))
	}
}

// Answers are kept as they are given, and stand while their evidence does.
func TestASittingGoesOnAnotherTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "answers.json")
	if err := sitting(t, path, "one").Answer(0, "claim A"); err != nil {
		t.Fatal(err)
	}
	if s := sitting(t, path, "one"); s.Resumed != 1 || s.Undoable() || s.Open(0) != 1 {
		t.Errorf("%d answers stand, undoable %t, open %d", s.Resumed, s.Undoable(), s.Open(0))
	}
	s := sitting(t, path, "other")
	if s.Resumed != 0 || s.Open(0) != 0 {
		t.Errorf("on other evidence %d answers stand", s.Resumed)
	}
	s.Forget()
	if _, err := os.Stat(path); err == nil {
		t.Error("the file is still there")
	}
}

func TestASittingNamesRowsByTheirLines(t *testing.T) {
	s := sitting(t, "", "one")
	for text, want := range map[string]string{
		"same as row 2":                  "same as line 3",
		"row 2 (line 3: Ana) and row 12": "line 3 (Ana) and row 12",
		"claim A":                        "claim A",
	} {
		if got := s.InLines(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A fault names rows and decisions as whoever has the file finds them there.
func TestFaultsAreToldAsTheFileSaysThem(t *testing.T) {
	e := Error{in: words.In{Language: "de"}, places: linesOf(heldTwo("one")), Faults: []CellFault{{
		Msg: "row 3: row 2 and row 3 would both get the address a@example.com", Hint: `one of them can be "Somebody new, with an agency's address"`,
	}}}
	want := CellFault{Msg: "line 4: line 3 and line 4 would both get the address a@example.com", Hint: `one of them can be "Jemand Neues, mit der Adresse einer Agentur"`}
	if got := e.InLines()[0]; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	two := heldTwo("one")
	two.People[1].Rows[1].Sheet = "Two"
	if got, want := linesOf(two)[3], "line 4 of the sheet Two of a.csv"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
