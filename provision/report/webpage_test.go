package report

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// webpageOf writes a report and returns its page.
func webpageOf(t *testing.T, lines iter.Seq2[provision.Line, error], s provision.Summary) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "report")
	if _, err := Write(t.Context(), dir, lines, s, Options{}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, WebpageFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// webpageAlone draws the page and no other file of the report.
func webpageAlone(t *testing.T, lines iter.Seq2[provision.Line, error], s provision.Summary) string {
	t.Helper()
	f, err := openFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	lists := grouped(s.Lists)
	p := newWebpage(f.bundle(), newWording(time.UTC, lists))
	counted := newTally()
	for l := range lines {
		if err := errors.Join(counted.count(&l), p.line(p.words.view(&l, listOf(lists, &l)))); err != nil {
			t.Fatal(err)
		}
	}
	if s, err = counted.into(s); err == nil {
		err = errors.Join(p.finish(s), p.files.publish())
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(f.root.Name(), WebpageFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWebpageOfTheSample(t *testing.T) {
	golden(t, WebpageFile, webpageOf(t, seq(sampleLines()), sampleSummary()))
}

// The page can be mailed on: it loads nothing, runs nothing, and holds no link
// that lets anybody in.
func TestWebpageIsHarmless(t *testing.T) {
	lines := sampleLines()
	lines[0].Name = `<script>alert(1)</script>`
	lines[0].Email.Address = `"><img src=x onerror=alert(1)>@example.com`
	lines[7].Name = `<b>Fay</b>`
	lines[7].Candidates[0].Name = `</style><script>alert(2)</script>`
	page := webpageOf(t, seq(lines), sampleSummary())
	if strings.Contains(strings.ReplaceAll(page, "mst1_[redacted]", ""), "mst1_") {
		t.Error("a link stands in the page")
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)") || !strings.Contains(page, "&lt;b&gt;Fay") {
		t.Error("what a list says is not text")
	}
	if strings.Contains(page, "must never be seen") || strings.Contains(page, "hidden@example.org") {
		t.Error("the page shows an account that the operator may not see")
	}
	for n := range nodes(t, page) {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "img", "link", "iframe", "object", "form", "base":
			t.Errorf("the page has an element %q", n.Data)
		}
		for _, a := range n.Attr {
			inside := a.Key == "href" && strings.HasPrefix(a.Val, "#")
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "href" && !inside {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	if !strings.Contains(html.UnescapeString(page), webpagePolicy) {
		t.Error("the page does not say what it may load")
	}
}

// Rows that somebody decided to leave out wait for nobody, and stand apart from those that do.
func TestWebpageOfRowsThatAreLeftOut(t *testing.T) {
	held := func(row int, why reason.Code) provision.Line {
		return provision.Line{Record: record.Record{Row: row, Place: record.Place{File: "a.csv", Line: row + 1}}, Outcome: provision.Review, Reason: why}
	}
	s := provision.Summary{Run: account(1), Command: "import", Brand: "summer", Rows: 3, Lists: []provision.ListInfo{{File: "a.csv", Rows: 3}},
		Outcomes: map[provision.Outcome]int{provision.Review: 3}}
	page := webpageAlone(t, seq([]provision.Line{held(1, reason.Skipped), held(2, reason.LooksLike), held(3, reason.Skipped)}), s)
	for _, want := range []string{
		`<title>Review: 1</title>`, `<title>Left out: 2</title>`,
		`<td>1 held until somebody decides; 2 left out, as somebody decided</td>`,
		`<td class="n" data-label="Waiting">1</td><td class="n" data-label="Wrong">0</td><td class="n" data-label="Nothing to do">2</td>`,
		`<h2 id="review">Review: who are these? <span class="count">1</span></h2>`,
		`<h2 id="left">Left out <span class="count">2</span></h2>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
}

// Whoever is to be handed a link is named by its address where their row has none, and
// by nobody's where the link is not theirs to hand over.
func TestWebpageNamesWhomALinkIsFor(t *testing.T) {
	row := func(n int, live bool) provision.Line {
		return provision.Line{Record: record.Record{Row: n, Place: record.Place{File: "a.csv", Line: n + 1}, Name: "Ann Lee"}, Outcome: provision.Claimed,
			Reason: reason.ProfileMatch, Link: linkTo(provision.LinkKept, "Ann Lee", fmt.Sprintf("ann%d@example.com", n), live)}
	}
	s := provision.Summary{Run: account(1), Command: "import", Brand: "summer", Rows: 2, Lists: []provision.ListInfo{{File: "a.csv", Rows: 2}},
		Outcomes: map[provision.Outcome]int{provision.Claimed: 2}}
	page := webpageAlone(t, seq([]provision.Line{row(1, true), row(2, false)}), s)
	if !strings.Contains(page, "ann1@example.com") || strings.Contains(page, "ann2@example.com") {
		t.Error("the page names the wrong people")
	}
}

// Where a table leads there is something.
func TestWebpageLeadsSomewhere(t *testing.T) {
	page := webpageOf(t, seq(sampleLines()), sampleSummary())
	for _, to := range regexp.MustCompile(`href="#([a-z]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+to[1]+`"`) {
			t.Errorf("nothing has the id %q", to[1])
		}
	}
}

// A hundred thousand rows keep the page small; it says where the rest stands.
func TestWebpageOfManyRows(t *testing.T) {
	const n = 100_000
	s := provision.Summary{Run: account(1), Command: "import", Organization: "acme", Brand: "summer", Rows: n,
		Lists:    []provision.ListInfo{{File: "many.csv", Rows: n, Format: "csv", Columns: []string{"Name", "Email"}}},
		Outcomes: map[provision.Outcome]int{provision.Created: n / 2, provision.Review: n / 4, provision.Rejected: n / 4}}
	page := webpageAlone(t, many(n), s)
	if len(page) > 2<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
	for _, want := range []string{
		"And 49,900 more. All of them are on the sheet Invites of report.xlsx.",
		"And 24,940 more. All of them are on the sheet Review of report.xlsx.",
		"And 24,900 more. All of them are on the sheet Rejected of report.xlsx.",
		"And 960 more kinds; report.csv has all of them.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// many are rows of which half are created, and a quarter each held and
// rejected, everyone for the mistake of another column.
func many(n int) iter.Seq2[provision.Line, error] {
	return func(yield func(provision.Line, error) bool) {
		for i := 1; i <= n; i++ {
			name := fmt.Sprintf("Person %d", i)
			l := provision.Line{
				Record: record.Record{
					Row: i, Place: record.Place{File: "many.csv", Line: i + 1}, Name: name,
					Email: email(fmt.Sprintf("p%d@example.com", i)), Cells: []string{name, ""},
				},
				Outcome: provision.Created,
				Reason:  reason.NewPerson,
				Account: account(i),
			}
			switch i % 4 {
			case 0:
				l.Outcome, l.Reason, l.Account = provision.Review, reason.SharedAddress, ""
			case 1:
				l.Outcome, l.Reason, l.Account = provision.Rejected, reason.EmailMalformed, ""
				l.Problems = []record.Problem{{Code: reason.EmailMalformed, Column: fmt.Sprintf("Column %d", i), Fatal: true}}
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

// nodes are all of a page.
func nodes(t *testing.T, page string) iter.Seq[*html.Node] {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root.Descendants()
}
