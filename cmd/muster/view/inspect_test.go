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
