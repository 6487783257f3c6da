package view

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/importer"
)

// What a person reads of every list of the importer's corpus.
func TestInspectionText(t *testing.T) {
	lists, err := filepath.Glob("../../../importer/testdata/lists/*")
	if err != nil || len(lists) == 0 {
		t.Fatal(lists, err)
	}
	var all strings.Builder
	for _, path := range lists {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		lists, err := importer.Inspect(path, importer.Options{TempDir: t.TempDir()}, "", false)
		n := lists[0]
		if n.Path = filepath.Base(path); err == nil {
			all.WriteString(InspectionText(n, nil) + "\n")
		}
	}
	want := filepath.Join("testdata", "inspection.txt")
	if os.Getenv("UPDATE_SCRIPTS") != "" {
		if err := os.WriteFile(want, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(want)
	if err != nil || string(text) != all.String() {
		t.Errorf("%s differs (%v), got\n%s", want, err, all.String())
	}
}

// What is said of several cells alike is said once, also where other cells stand between.
func TestPlacesThatSayTheSameShareALine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	list := "Email,Status\na@example.com,Paused\nb@example.com,Blocked\nc@example.com,Paused\nd@example.com,Blocked\ne@example.com,Paused\nf@example.com,New\n"
	if err := os.WriteFile(path, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	lists, err := importer.Inspect(path, importer.Options{TempDir: t.TempDir()}, "", false)
	if err != nil {
		t.Fatal(err)
	}
	want := "  Status, line 2: \"Paused\": this seems to say that somebody is blocked or gone, and is not read as a status – " +
		"block the person if they are to have no access, and take the row out of the list\n" +
		"    likewise lines 4 and 6\n" +
		"    lines 3 and 5: \"Blocked\": this seems to say that somebody is blocked or gone, and is not read as a status\n"
	if text := InspectionText(lists[0], nil); !strings.Contains(text, want) {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
