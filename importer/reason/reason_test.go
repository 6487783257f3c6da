package reason

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the table for readers anew")

// README.md of this package is the table that people read who program against
// the reports: it is made of the codes, and is never behind them.
func TestTableForReaders(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Reasons\n\nWhat reports, plans and `rows.jsonl` give as `reason` and `code`, made of the tables in this folder.\n" +
		"A code is never renamed or given another meaning. `muster help reasons` prints the same.\n")
	for _, s := range Stages() {
		fmt.Fprintf(&b, "\n## %s\n\n| code | what it means | what to do |\n| --- | --- | --- |\n", s.Title)
		for _, e := range s.Entries {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", e.Code, cell(e.Meaning), cell(e.Remedy))
		}
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(kept)); diff != "" {
		t.Errorf("README.md is not what the codes say; go test ./importer/reason -update writes it (-want +kept):\n%s", diff)
	}
}

// cell is a text as a cell of such a table takes it.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// Programs read the codes, and people the rest.
func TestCodes(t *testing.T) {
	code := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	for _, e := range All() {
		if !code.MatchString(string(e.Code)) {
			t.Errorf("%q is no word in small letters", e.Code)
		}
		if e.Meaning == "" || strings.HasSuffix(e.Meaning, ".") || strings.HasSuffix(e.Remedy, ".") {
			t.Errorf("%s: meaning and remedy are texts without a full stop: %q, %q", e.Code, e.Meaning, e.Remedy)
		}
		if Of(e.Code) != e {
			t.Errorf("%s is not found by its code", e.Code)
		}
	}
}
