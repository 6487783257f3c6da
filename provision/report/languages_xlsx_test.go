package report

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"muster/provision"
	"muster/provision/locale"
)

// reportIn writes the sample report in a language, and returns its folder.
func reportIn(t *testing.T, l locale.Language) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "report")
	o := Options{Rendering: provision.Rendering{Language: string(l)}}
	if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), o); err != nil {
		t.Fatal(err)
	}
	return dir
}

var fileNames = regexp.MustCompile(`[\w-]+\.(csv|xlsx|html|jsonl)`)

// textsOf are all texts of a page and of a workbook, but for commands, which are
// typed as they are.
func textsOf(t *testing.T, page, workbook string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range nodes(t, string(text)) {
		if n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "code" {
			all = append(all, strings.TrimSpace(n.Data))
		}
	}
	book, err := excelize.OpenFile(workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		all = append(all, sheet)
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all = append(all, row...)
		}
	}
	for i := range all {
		all[i] = fileNames.ReplaceAllString(all[i], "")
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" || strings.HasPrefix(text, "muster ") })
}

// matching is a pattern that finds a phrase with any values, as a whole or as a
// part of a longer text.
func matching(phrase string) *regexp.Regexp {
	var parts []string
	for _, part := range verbs.Split(phrase, -1) {
		parts = append(parts, regexp.QuoteMeta(part))
	}
	return regexp.MustCompile(`(?i)(^|[^\pL])` + strings.Join(parts, ".+") + `($|[^\pL])`)
}

// Of what the report says in English nothing is left in another language.
func TestNoEnglishIsLeft(t *testing.T) {
	english := textsOf(t, filepath.Join(reportIn(t, locale.English), WebpageFile), filepath.Join(reportIn(t, locale.English), WorkbookFile))
	for _, l := range locale.Languages() {
		if l == locale.English {
			continue
		}
		dir := reportIn(t, l)
		noEnglishIn(t, l, english, textsOf(t, filepath.Join(dir, WebpageFile), filepath.Join(dir, WorkbookFile)), 100)
	}
}

// noEnglishIn fails the test where texts of a language have phrases of the English
// ones, of which there are so many at least.
func noEnglishIn(t *testing.T, l locale.Language, english, texts []string, atLeast int) {
	t.Helper()
	book, err := l.Phrases()
	if err != nil {
		t.Fatal(err)
	}
	if len(texts) != len(english) {
		t.Errorf("%s: %d texts, in English %d", l, len(texts), len(english))
	}
	for i := range min(len(texts), len(english)) {
		if same := texts[i]; same == english[i] && strings.Count(same, " ") > 3 && !strings.Contains(same, "mst1_[redacted]") {
			t.Errorf("%s: the same as in English: %q", l, same)
		}
	}
	seen := 0
	for _, phrase := range slices.Sorted(maps.Keys(book)) {
		pattern := matching(phrase)
		if len(verbs.ReplaceAllString(phrase, "")) < 8 || pattern.MatchString(book[phrase]) {
			continue // too short to tell, or the same word
		}
		found := func(texts []string) int { return slices.IndexFunc(texts, pattern.MatchString) }
		if found(english) >= 0 {
			seen++
		}
		if i := found(texts); i >= 0 {
			t.Errorf("%s: %q is left in %q", l, phrase, texts[i])
		}
	}
	if seen < atLeast {
		t.Errorf("%s: only %d phrases are in the sample: the test looks in the wrong place", l, seen)
	}
}

// A page says in which language it is; sheets have names that a workbook allows,
// and lead to each other.
func TestAWorkbookInEachLanguage(t *testing.T) {
	for l, want := range map[locale.Language]string{
		locale.German: "Überblick Einladungen Unterschiede Hinzugefügt Aktualisiert Zu prüfen Abgelehnt Abgelehnt 2 Unverändert Sonstige",
		locale.French: "Résumé Invitations Différences Ajoutés Mis à jour À vérifier Rejetés Rejetés 2 Inchangés Autres",
	} {
		dir := reportIn(t, l)
		book, err := excelize.OpenFile(filepath.Join(dir, WorkbookFile))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		if got := strings.Join(book.GetSheetList(), " "); got != want {
			t.Errorf("%s: sheets %s", l, got)
		}
		text, err := os.ReadFile(filepath.Join(dir, WebpageFile))
		if err != nil || !strings.Contains(string(text), `<html lang="`+string(l)+`">`) {
			t.Errorf("%s: the page does not say so (%v)", l, err)
		}
	}
}
