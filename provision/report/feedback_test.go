package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/importer"
)

// readBack reads the cells of a list as an import does.
func readBack(t interface{ Fatal(...any) }, path, temp string) [][]string {
	l, err := importer.Open(path, importer.Options{TempDir: temp})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var rows [][]string
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.Cells)
	}
	return rows
}

// Whatever a cell holds, what we write comes back through the reader as it was.
func TestGuardedCellsSurviveTheReader(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "list.csv")
	rapid.Check(t, func(t *rapid.T) {
		note := rapid.Custom(func(t *rapid.T) string {
			// The reader takes NULs out and reads every line end as LF.
			return strings.NewReplacer("\x00", "", "\r", "\n").Replace(cells().Draw(t, "cell"))
		})
		notes := rapid.SliceOfN(note, 1, 5).Draw(t, "notes")
		var out bytes.Buffer
		w := newCSV(&out)
		w.header("Name", "Email", "Note")
		for _, n := range notes {
			w.row("Ann Lee", "ann@example.com", n)
		}
		if err := w.flush(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		rows := readBack(t, path, dir)
		if len(rows) != len(notes) {
			t.Fatalf("%d rows came back of %d", len(rows), len(notes))
		}
		for i, want := range notes {
			if got := rows[i][2]; got != want {
				t.Fatalf("%q came back as %q", want, got)
			}
		}
	})
}
