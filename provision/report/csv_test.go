package report

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/importer"
)

// cells draws texts that are likely to go wrong.
func cells() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("'\"=+-@＝ \t\n,;a\ufeff")), 0, 8, -1))
}

func TestCSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(cells(), 1, 6).Draw(t, "cells")
		var out bytes.Buffer
		w := newCSV(&out)
		w.exact = true
		w.row(want...)
		w.row("next")
		if err := w.flush(); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(&out)
		r.FieldsPerRecord = -1
		records, err := r.ReadAll()
		if err != nil || len(records) != 2 {
			t.Fatalf("%d records, %v", len(records), err)
		}
		for i := range want {
			// encoding/csv reads a line break inside quotes as LF.
			if got, want := importer.Unguard(records[0][i]), strings.ReplaceAll(want[i], "\r\n", "\n"); got != want {
				t.Fatalf("cell %q came back as %q", want, got)
			}
		}
	})
}

func TestRejectedFileFedBackKeepsOneErrorColumnAndWhereTheRowCameFrom(t *testing.T) {
	s, lines := sampleSummary(), sampleLines()[11:12]
	s.Rows, s.Outcomes = 1, nil
	s.Lists[0].Columns = append([]string{importer.ErrorColumn, importer.FromColumn}, rosterColumns...)
	lines[0].Cells = []string{"what was wrong before", "first.csv, line 7", "Zoë", "", "@zoe"}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, seq(lines), s, Options{}); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(filepath.Join(dir, RejectedFile))
	rest, marked := strings.CutPrefix(string(text), "\ufeff")
	if !marked {
		t.Error("no byte order mark although there is a letter beyond ASCII")
	}
	header, row, _ := strings.Cut(rest, "\n")
	if header != `"error (muster)","from (muster)","Name","E-Mail","Instagram"` || !strings.HasPrefix(row, `"nobody matches`) ||
		!strings.HasSuffix(row, `,"first.csv, line 7","Zoë","","'@zoe"`+"\n") || strings.Contains(row, "wrong before") {
		t.Errorf("got %s", rest)
	}
	if got := names(t, dir); slices.ContainsFunc(got, func(n string) bool { return strings.Contains(n, "plain") }) {
		t.Errorf("files %q", got)
	}
}

// Whoever looks at a report on a terminal is shown what a list says, and nothing is done
// because a list says it.
func TestControlCharactersOfListsAreNotObeyed(t *testing.T) {
	for cell, want := range map[string]string{
		"ann\x1b[2J@example.com": "ann\ufffd[2J@example.com",
		"a\x07\x00\x7f":          "a\ufffd\ufffd\ufffd",
		"\u009b31m":              "\ufffd31m",
		"two\r\nlines\tand é £":  "two\r\nlines\tand é £",
	} {
		var out bytes.Buffer
		w := newCSV(&out)
		w.row(cell)
		if err := w.flush(); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != `"`+want+"\"\n" {
			t.Errorf("%q is written as %q", cell, got)
		}
	}
}
