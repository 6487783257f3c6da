package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
)

// People on no row, and what was changed by hand, have sheets of their own where
// there are any, and nobody is named who may not be.
func TestRemovedAndDrift(t *testing.T) {
	lines := sampleLines()
	lines[0].Notes = append(lines[0].Notes, dedupe.Note{Code: reason.GrantedByHand, Said: "campaign outdoor/summer"})
	person := func(o provision.Outcome, why reason.Code, name string, masked bool) provision.MissingPerson {
		return provision.MissingPerson{Removal: provision.Removal{Outcome: o, Reason: why, Account: account(9)}, Name: name, Masked: masked,
			Lost: provision.RemovalDetail{Brands: []string{"outdoor"}, Link: true}}
	}
	people := []provision.MissingPerson{
		person(provision.Removed, reason.AbsentFromList, "Bob Ray", false),
		person(provision.Removed, reason.AbsentFromList, "", true),
		person(provision.Unchanged, reason.MissingOnce, "Cyd Fox", false),
	}
	dir := filepath.Join(t.TempDir(), "report")
	o := Options{Rendering: provision.Rendering{Missing: func() ([]provision.MissingPerson, error) { return people, nil }}}
	if _, err := Write(t.Context(), dir, seq(lines), sampleSummary(), o); err != nil {
		t.Fatal(err)
	}
	missing := sampleSummary()
	missing.Missing = map[reason.Code]int{reason.AbsentFromList: 2, reason.MissingOnce: 1}
	german := filepath.Join(t.TempDir(), "bericht")
	if _, err := Write(t.Context(), german, seq(lines), missing, Options{Rendering: provision.Rendering{Missing: o.Missing, Language: "de"}}); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(german, RemovedFile))
	if said := "Marke outdoor, Einladungslink"; err != nil || !strings.Contains(string(list), said) || strings.Contains(string(list), "missing from") {
		t.Errorf("%s does not say %q: %s %v", RemovedFile, said, list, err)
	}
	texts := textsOf(t, filepath.Join(dir, WebpageFile), filepath.Join(dir, WorkbookFile))
	for _, want := range []string{removedSheet, driftSheet, "Bob Ray", "brand outdoor, invite link", "campaign outdoor/summer",
		"(not shown: not yours to see)"} {
		if n := len(slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return !strings.Contains(text, want) })); n < 2 {
			t.Errorf("%q stands %d times in page and workbook", want, n)
		}
	}
	if slices.Contains(texts, "Cyd Fox") {
		t.Error("somebody is shown who has what they had")
	}
	if slices.Contains(textsOf(t, filepath.Join(reportIn(t, ""), WebpageFile), filepath.Join(reportIn(t, ""), WorkbookFile)), driftSheet) {
		t.Error("there is a sheet for nobody")
	}
}
