package desk

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"muster/provision/review"
	"muster/provision/words"
)

// said are the texts of a page.
func said(page string) string {
	body := page[strings.Index(page, "<main>"):]
	text := regexp.MustCompile(`(?s)<[^>]*>`).ReplaceAllString(strings.ReplaceAll(body, "creators.csv", ""), "\n")
	return html.UnescapeString(text)
}

// In every language every page is in that language alone.
func TestPagesInEachLanguage(t *testing.T) {
	for _, in := range words.Languages()[1:] {
		book, err := in.Phrases()
		if err != nil {
			t.Fatal(err)
		}
		w := openIn(t, 4, in).enter()
		look := func(name string, status int, page string) {
			t.Helper()
			if status != http.StatusOK || !strings.Contains(page, `<html lang="`+string(in.Language)+`">`) {
				t.Errorf("%s: %s: status %d\n%s", in.Language, name, status, page)
			}
			text := said(page)
			for english, other := range book {
				if len(english) > 5 && !strings.Contains(english, "%") && !strings.Contains(other, english) && strings.Contains(text, english) {
					t.Errorf("%s: %q is left on the page %s", in.Language, english, name)
				}
			}
		}
		room := w.desk.door.room
		for _, path := range []string{"/", "/?state=later", "/row/1", "/row/2", "/row/4", "/apply"} {
			status, page := w.get(room + path)
			look(path, status, page)
		}
		w.refuse = &review.Error{Path: "review", Faults: []review.CellFault{
			{Cell: in.Say("line %s", "5"), Msg: "row 4: row 3 and row 4 are one person and are decided differently", Hint: "decide the same for both, or correct the list"},
		}}
		w.decide("3", "create")
		_, page := w.get(room + "/apply")
		status, page := w.post("/apply", "version", hidden(page, "version"))
		look("faults", status, page)
		if in.Language == "de" {
			expect(t, status, http.StatusOK, page, "Zeile 5</a>: Zeile 5: Zeile 4 und Zeile 5 sind eine Person und verschieden entschieden.")
		}
		w.refuse = nil
		w.decide("1", "create")
		w.decide("2", "claim B")
		status, page = w.get(room + "/apply")
		look("check", status, page)
		status, page = w.post("/apply", "version", hidden(page, "version"))
		look("plan", status, page)
		status, page = w.post("/confirm", "version", hidden(page, "version"), "answer", "yes")
		look("done", status, page)
		status, page = w.post("/end")
		look("end", status, page)
	}
}
