package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/provision/store/storetest"
)

// A run that is taken back by a process that is killed again and again leaves what
// was there before it, like one that is taken back at once.
func TestKilledUndo(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killedUndo(t, "") })
	t.Run("postgres", func(t *testing.T) { killedUndo(t, storetest.Postgres(t)) })
}

func killedUndo(t *testing.T, url string) {
	const rows = 2600
	k := newKiller(t, url, rows)
	if err := os.WriteFile(filepath.Join(k.dir, "first.csv"), []byte(peopleList("earlier", 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	k.args = []string{"import", "first.csv", "--invite", "none"}
	k.finish()
	before := k.standing()
	k.args = []string{"import", "people.csv", "--invite", "none"}
	k.finish()
	if grown := k.standing(); len(grown) < len(before)+2*rows {
		t.Fatalf("%d rows of tables before the import, %d after", len(before), len(grown))
	}
	k.args = []string{"undo", "last"}
	k.out = "undone"
	k.kill(3)
	if diff := cmp.Diff(before, k.standing()); diff != "" {
		t.Errorf("-before the import +after it was taken back:\n%s", diff)
	}
	text, err := os.ReadFile(filepath.Join(k.dir, k.out, "rows.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	// A start killed behind its last commit leaves nothing for the last one.
	reversed := strings.Count(string(text), `"outcome":"updated","reason":"reversed"`)
	left := strings.Count(string(text), `"outcome":"unchanged","reason":"nothing_left"`)
	if max(reversed, left) != rows {
		t.Errorf("of %d people %d are reported as taken back, %d as not there any more", rows, reversed, left)
	}
}

// standing are the rows of the database that say how things are.
func (k *killer) standing() []string {
	var b bytes.Buffer
	if err := storetest.Dump(context.Background(), k.db.URL, &b); err != nil {
		k.t.Fatal(err)
	}
	return standing(b.String())
}

// An import that was killed is taken back instead of gone on with: what it did is
// gone, and the same import is another run.
func TestUndoOfAKilledImport(t *testing.T) {
	const rows = 2600
	k := newKiller(t, "", rows)
	k.args = append(k.args, "--invite", "none")
	open := false
	for pause := 300 * time.Millisecond; !open && pause < 10*time.Second; pause += 200 * time.Millisecond {
		if k.start(pause) {
			t.Skip("it is too fast to be killed")
		}
		open = k.remember() > 0
	}
	imported := k.args
	k.args = []string{"undo", "last"}
	k.out = "undone"
	k.finish()
	for _, row := range k.standing() {
		if strings.HasPrefix(row, "accounts: ") && strings.Contains(row, "person") {
			t.Fatalf("it is still there: %s", row)
		}
	}
	k.args = imported
	k.out = "report"
	k.ids, k.links = map[int]string{}, map[int]string{}
	k.finish()
	k.checkRows(rows)
}
