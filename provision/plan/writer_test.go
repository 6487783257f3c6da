package plan

import (
	"os"
	"path/filepath"
	"testing"

	"muster/importer/record"
	"muster/provision"
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
