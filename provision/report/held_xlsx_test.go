package report

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

// review.xlsx is there where somebody is held; one that somebody has begun to
// decide in is moved out of the way of the next, and only that.
func TestReviewBesideTheReport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	held := Options{Rendering: provision.Rendering{Held: func() (provision.HeldReview, error) { return sampleReview(), nil }}}
	write := func() {
		t.Helper()
		if s, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), held); err != nil || len(s.Undrawn) > 0 {
			t.Fatalf("%v, undrawn %+v", err, s.Undrawn)
		}
	}
	aside := "review-00000001.xlsx"
	write()
	write()
	if got := names(t, dir); !slices.Contains(got, ReviewFile) || slices.Contains(got, aside) {
		t.Errorf("nothing was decided, and there are %q", got)
	}
	path := filepath.Join(dir, ReviewFile)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue(decideSheet, "A2", "create"); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	write()
	for name, want := range map[string]int{ReviewFile: 0, aside: 1} {
		answers, err := ReadReview(filepath.Join(dir, name))
		n := 0
		for _, a := range answers.All {
			if a.Decision != "" {
				n++
			}
		}
		if err != nil || n != want {
			t.Errorf("%s: %d decisions, want %d, %v", name, n, want, err)
		}
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !personal(aside) {
		t.Errorf("%s stays when the run is purged", aside)
	}
}
