package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"muster/provision"
	"muster/provision/locale"
)

// A date in a sheet is one, in the zone of the report, and is shown as the language writes
// it; on the page it is written so.
func TestDatesAreWrittenInTheLanguage(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for l, want := range map[locale.Language]struct{ cell, page string }{
		locale.English: {"6 March 2030, 15:31 CET", "until 6 March 2030, 15:31 CET"},
		locale.German:  {"6. März 2030, 15:31 CET", "bis 6. März 2030, 15:31 Uhr (CET)"},
		locale.Spanish: {"6 de marzo de 2030, 15:31 CET", "hasta el 6 de marzo de 2030, 15:31 (CET)"},
		locale.French:  {"6 mars 2030, 15:31 CET", "jusqu’au 6 mars 2030 à 15:31 (CET)"},
	} {
		dir := filepath.Join(t.TempDir(), "report")
		o := Options{Rendering: provision.Rendering{Language: string(l)}, Zone: berlin}
		if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), o); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenFile(filepath.Join(dir, WorkbookFile))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		invites := book.GetSheetList()[1]
		if raw, err := book.GetCellValue(invites, "E2", excelize.Options{RawCellValue: true}); err != nil || !strings.HasPrefix(raw, "47548.6465") {
			t.Errorf("%s: the cell holds %q, %v", l, raw, err)
		}
		if shown, err := book.GetCellValue(invites, "E2"); err != nil || shown != want.cell {
			t.Errorf("%s: the cell shows %q, %v", l, shown, err)
		}
		page, err := os.ReadFile(filepath.Join(dir, WebpageFile))
		if err != nil || !strings.Contains(string(page), want.page) {
			t.Errorf("%s: the page does not say %q (%v)", l, want.page, err)
		}
	}
}

// Who is told until when their link is good reads it by their clock, in their language.
func TestLocalTimesAreInTheLanguageOfThePerson(t *testing.T) {
	w := newWording(time.UTC, nil)
	w.Language = locale.German
	at := time.Date(2030, 7, 1, 14, 31, 0, 0, time.UTC)
	for _, c := range [][3]string{
		{"Europe/Paris", "fr", "1er juillet 2030 à 16:31 (CEST)"}, {"America/New_York", "en-US", "1 July 2030, 10:31 EDT"},
		{"Europe/Berlin", "", "1. Juli 2030, 16:31 Uhr (CEST)"}, {"", "fr", ""}, {"Mars/Base", "fr", ""},
	} {
		if got := w.localTime(at, c[0], c[1]); got != c[2] {
			t.Errorf("in %s: %q, want %q", c[0], got, c[2])
		}
	}
}
