package importer

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// A list as campaigns really keep them, in two sheets: what each row says, which
// rows are nobody, and what is said of the cells.
func TestMessyList(t *testing.T) {
	var b strings.Builder
	for _, sheet := range []string{"Kampagne Frühjahr", "Talentos ES"} {
		info, records, err := read(t, "../fixtures/messy.xlsx", Options{Sheet: sheet})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n", sheet)
		for _, r := range records {
			fmt.Fprintf(&b, "%d %s", r.Line, show(r))
			if r.Relation != "" {
				fmt.Fprintf(&b, " relation=%s", r.Relation)
			}
			b.WriteByte('\n')
		}
		for _, n := range info.Notes {
			if n.Code == "relation_column" || n.Code == "rows_of_nobody" || n.Code == "totals_row" {
				fmt.Fprintf(&b, "  %s\n", n.Text())
			}
		}
	}
	if *update {
		if err := os.WriteFile("testdata/messy.golden", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("testdata/messy.golden")
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
