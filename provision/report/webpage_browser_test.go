//go:build browser

package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/claim/page/pagetest"
	"muster/provision/locale"
)

// sticksOut names what reaches beyond its card, or beyond the window where it is in none.
const sticksOut = `[...document.querySelectorAll("header, main, header *, main *")].filter(e => {
	const box = e.getBoundingClientRect(), card = e.closest("section")
	return box.width > 1 && box.right > (card && card != e ? card.getBoundingClientRect().right : innerWidth) + 1
}).map(e => e.tagName + " " + e.className + " " + e.textContent.slice(0, 40)).slice(0, 5)`

// cutWords are words of a table that are broken, although they are no longer than a file is called.
const cutWords = `(() => {
	const cut = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), range = new Range()
	for (let n; n = walk.nextNode();) if (n.parentElement.closest("table"))
		for (const word of n.data.matchAll(/[^\s-]{2,14}(?![^\s-])/g)) {
			if (/[^\s-]/.test(n.data[word.index - 1] ?? " ")) continue
			range.setStart(n, word.index), range.setEnd(n, word.index + word[0].length)
			if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) cut.push(word[0])
		}
	return cut.slice(0, 5)
})()`

// a4 is how many pixels wide the page is printed on A4, between its margins.
const a4 = 680

// The page fits any window and A4 paper, in every language: nothing sticks out of
// its card or makes the page scroll sideways, however long the words are that a list
// brings, and no word is cut that is not long. Where MUSTER_SHOTS names a folder,
// pictures are left there.
func TestBrowserWebpageFits(t *testing.T) {
	tab := pagetest.Start(t).Open(t)
	fits := func(language locale.Language, width int64) {
		t.Helper()
		if wide := pagetest.Eval[int64](tab, "document.documentElement.scrollWidth"); wide > width {
			t.Errorf("%s: %d pixels wide, on a screen of %d", language, wide, width)
		}
		for _, e := range pagetest.Eval[[]string](tab, sticksOut) {
			t.Errorf("%s, %d pixels: out of its card: %s", language, width, e)
		}
		for _, word := range pagetest.Eval[[]string](tab, cutWords) {
			t.Errorf("%s, %d pixels: cut in two: %s", language, width, word)
		}
	}
	for _, language := range locale.Languages() {
		tab.Go("file://" + webpageFile(t, language))
		for _, size := range []struct {
			name          string
			width, height int64
		}{{"narrowest", 320, 640}, {"narrow", 390, 844}, {"middle", 720, 900}, {"wide", 1010, 900}, {"wider", 1100, 900}} {
			tab.Size(size.width, size.height)
			pagetest.Eval[int](tab, `document.querySelectorAll("details").forEach(d => d.open = true) || 0`)
			fits(language, size.width)
			if shots := os.Getenv("MUSTER_SHOTS"); shots != "" {
				name := filepath.Join(shots, "report-"+string(language)+"-"+size.name)
				tab.Picture(name + ".png")
				tab.Prefers("prefers-color-scheme", "dark")
				tab.Picture(name + "-dark.png")
				tab.Prefers("prefers-color-scheme", "light")
			}
		}
		tab.OnPaper(a4)
		fits(language, a4)
		tab.Prefers("prefers-color-scheme", "light")
	}
}

// webpageFile is the page of the sample, with rows and files of long names.
func webpageFile(t *testing.T, language locale.Language) string {
	t.Helper()
	long := strings.Repeat("longwordwithoutanyspace", 5)
	lines, s := sampleLines(), sampleSummary()
	lines[0].Name = long
	lines[7].Email.Address = long + "@example.com"
	lines[7].Candidates[0].Name = long
	lines[10].Problems = append(lines[10].Problems, record.Problem{Code: lines[10].Problems[0].Code, Column: long, Fatal: true})
	for i := range lines {
		lines[i].Brands = []string{long, "summer"}[i%2:]
	}
	s.Lists[0].File = long + ".csv"
	for i := range lines {
		if lines[i].File == "roster.csv" {
			lines[i].File = s.Lists[0].File
		}
	}
	lines[6].MergedInto.File = s.Lists[0].File
	lines[8].HeldWith[0].File = s.Lists[0].File
	s.Asked = []string{"--brand " + long}
	dir := filepath.Join(t.TempDir(), "report")
	if _, err := Write(t.Context(), dir, seq(lines), s, Options{Rendering: provision.Rendering{Language: string(language)}}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, WebpageFile)
}
