package plan

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// A plan that could not be written to its end leaves the one that stands under
// its name alone.
func TestAPlanThatIsNotWholeGetsNoName(t *testing.T) {
	path := standing(t, File)
	w, err := NewWriter(path, provision.PlanHeader{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	if err := w.Row(record.Record{Row: 1, Name: "Ana Lima"}); err != nil {
		t.Fatal(err)
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	breaks(t, w.lineWriter)
	if _, err := w.Close(nil); err == nil {
		t.Error("no error")
	}
	stands(t, path)
}

// Held people that could not be written are not taken for written by whoever
// finishes them again.
func TestHeldPeopleThatAreNotWholeGetNoName(t *testing.T) {
	path := standing(t, HeldFile)
	k := NewHeldKeeper(filepath.Dir(path), &Plan{}, "run")
	defer k.Drop()
	if err := k.begin(); err != nil {
		t.Fatal(err)
	}
	breaks(t, k.w)
	for range 2 {
		if err := k.Finish(); err == nil {
			t.Error("no error")
		}
	}
	stands(t, path)
}

// standing is the path of a file that an earlier run wrote.
func standing(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// breaks makes the next write fail, as a full disk does.
func breaks(t *testing.T, w *lineWriter) {
	t.Helper()
	if err := w.file.Close(); err != nil {
		t.Fatal(err)
	}
}

func stands(t *testing.T, path string) {
	t.Helper()
	if text, err := os.ReadFile(path); err != nil || string(text) != "before" {
		t.Errorf("%q, %v stands under the name", text, err)
	}
}

// The line of a step is the same whichever way it is put into words.
func TestLinesOfSteps(t *testing.T) {
	watched := []dedupe.Watched{{Key: identity.Key{Space: "email", Value: "ana@example.com"}, Account: "a1", Version: 2}}
	var buffer []byte
	for name, s := range map[string]change.Step{
		"a person":       {Rows: []int{1, 2}, Account: "a1", Watch: watched, First: change.Verdict{Outcome: provision.Unchanged}},
		"changes":        {Rows: []int{3}, Changes: change.Changes{change.Create{}, change.GrantProduct{Product: "<reports>"}}},
		"an explanation": {Rows: []int{4}, Detail: &provision.Detail{Error: "Zoë & \u2028 co"}},
	} {
		want, err := planText(stepLine, s)
		if err != nil {
			t.Fatal(err)
		}
		got, again, err := stepText(buffer, s)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, want)
		}
		var back change.Step
		if err := json.Unmarshal(got, &back); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		buffer = again
	}
}
