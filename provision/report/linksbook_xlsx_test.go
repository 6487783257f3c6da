package report

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A link is shown whole, however long the address of the claim page is.
func TestALinkHasRoomInItsColumn(t *testing.T) {
	lines := sampleLines()
	longest := 0
	for i := range lines {
		if l := lines[i].Link; l != nil && l.URL != "" {
			l.URL = strings.Replace(l.URL, "claim.example.com", "join."+strings.Repeat("programme.", i+3)+"example.com", 1)
			longest = max(longest, len(l.URL))
		}
	}
	dir := filepath.Join(t.TempDir(), "report")
	if _, err := Write(t.Context(), dir, seq(lines), sampleSummary(), Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, LinksBook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if width, err := f.GetColWidth(linksSheet, "D"); err != nil || longest < 120 || int(width) < longest {
		t.Errorf("the column is %v wide, the longest link %d, %v", width, longest, err)
	}
}
