package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// A mood says how it stands with rows: done, waiting for somebody, wrong, or
// nothing to do. It is a class of the style sheet.
type mood string

// The moods.
const (
	goodMood mood = "good"
	waitMood mood = "wait"
	badMood  mood = "bad"
	restMood mood = "rest"
)

// moods say how it stands with rows of an outcome; all others are at rest.
var moods = map[provision.Outcome]mood{
	provision.Created: goodMood, provision.Claimed: goodMood, provision.Updated: goodMood,
	provision.Removed: goodMood,
	provision.Review:  waitMood, provision.Stale: waitMood, provision.Pending: waitMood,
	provision.Rejected: badMood, provision.Failed: badMood,
}

// moodOf is how it stands with a whole run.
func moodOf(s provision.Summary) mood {
	found := goodMood
	for o, n := range s.Outcomes {
		if n -= skipped(o, s); n > 0 && (moods[o] == badMood || moods[o] == waitMood && found == goodMood) {
			found = moods[o]
		}
	}
	return found
}

// skipped is how many rows of an outcome somebody decided to leave alone.
func skipped(o provision.Outcome, s provision.Summary) int {
	if o == provision.Review {
		return s.Reasons[reason.Skipped]
	}
	return 0
}

// A webSegment is a part of the strip that shows all rows: X and Width in
// thousandths of it.
type webSegment struct {
	X, Width float64
	Mood     mood
	Title    string
}

// strip is all rows as one picture, outcome by outcome.
func strip(s provision.Summary, all whole, w *wording) []webSegment {
	var segments []webSegment
	x := 0.0
	add := func(n int, m mood, title string) {
		if n > 0 {
			width := 1000 * float64(n) / float64(s.Rows)
			segments = append(segments, webSegment{X: x, Width: max(width-2, 0.5), Mood: m, Title: title + w.Say(": ") + w.Number(n)})
			x += width
		}
	}
	for _, o := range shown(s) {
		if o != provision.Removed || all.People {
			left := skipped(o, s)
			add(s.Outcomes[o]-left, cmp.Or(moods[o], restMood), w.OutcomeOf(s.Command, o).Title)
			add(left, restMood, w.Say("Left out"))
		}
	}
	return segments
}

// A webOutcome is a line of a table of counts. Bar is its part of all, in
// hundredths; Section is where its rows stand, "" for nowhere.
type webOutcome struct {
	Title, Meaning string
	Count          int
	Bar            float64
	Mood           mood
	Section        string
}

func webOutcomes(s provision.Summary, all whole, w *wording) []webOutcome {
	var lines []webOutcome
	for _, o := range shown(s) {
		if o == provision.Removed && !all.People {
			continue
		}
		section := webSectionOf[o]
		if all.People {
			section = ""
			if o == provision.Removed {
				section = removedSection
			}
		}
		lines = append(lines, webOutcome{
			Title:   w.OutcomeOf(s.Command, o).Title,
			Meaning: w.meaning(o, s),
			Count:   s.Outcomes[o],
			Bar:     100 * float64(s.Outcomes[o]) / float64(max(s.Rows, 1)),
			Mood:    cmp.Or(moods[o], restMood),
			Section: section,
		})
		if skipped(o, s) == s.Outcomes[o] {
			lines[len(lines)-1].Mood = restMood
			lines[len(lines)-1].Section = leftOutSection
		}
	}
	return lines
}

// linkMoods say how it stands with a link; all others are at rest.
var linkMoods = map[provision.LinkWord]mood{
	provision.LinkIssued: goodMood, provision.LinkKept: goodMood, provision.LinkMailed: goodMood, provision.LinkOldAddress: waitMood,
	provision.LinkWaits: waitMood, provision.LinkExpired: badMood, provision.LinkNoKey: badMood, provision.LinkNone: waitMood,
}

func webLinks(s provision.Summary, w *wording) []webOutcome {
	total := 0
	for _, n := range s.Links {
		total += n
	}
	var all []webOutcome
	for _, word := range words.LinkOrder {
		if n := s.Links[word]; n > 0 {
			state, todo := w.linkWord(word)
			all = append(all, webOutcome{
				Title:   words.Sentence(state),
				Meaning: words.Sentence(cmp.Or(todo, w.Say("nothing to hand over"))),
				Count:   n,
				Bar:     100 * float64(n) / float64(total),
				Mood:    cmp.Or(linkMoods[word], restMood),
			})
		}
	}
	return all
}

// A webStep is something to do next, and the command for whoever ran it.
type webStep struct{ Text, Places, Command string }

func webSteps(s provision.Summary, w *wording) []webStep {
	var all []webStep
	for _, step := range w.next(s) {
		said := webStep{Text: step.Text, Command: step.Command}
		if len(step.Places) > 0 {
			said.Places = w.Say("See %s.", step.where(w.In))
		}
		all = append(all, said)
	}
	return all
}

// webCounts are what the page counts beside the summary.
type webCounts struct {
	brands map[[2]string]map[mood]int // brand and kind → rows
	cells  map[webCell]*webProblem
}

// A webCell is a kind of mistake: what is wrong, and in which column.
type webCell struct {
	column string
	code   reason.Code
}

func newWebCounts() *webCounts {
	return &webCounts{brands: map[[2]string]map[mood]int{}, cells: map[webCell]*webProblem{}}
}

// count takes a row in. Brand is that of a row which names none.
func (c *webCounts) count(v *view, w *wording) {
	brands := v.Brands
	if len(brands) == 0 {
		brands = []string{w.brand}
	}
	for _, b := range brands {
		key := [2]string{b, string(cmp.Or(v.Kind, record.Creator))}
		if c.brands[key] == nil {
			if len(c.brands) == maxCounted {
				continue
			}
			c.brands[key] = map[mood]int{}
		}
		c.brands[key][moodOfRow(v)]++
	}
	seen := map[webCell]bool{}
	for _, p := range v.Problems {
		if key := (webCell{p.Column, p.Code}); !seen[key] { // a row counts once, however much is wrong in the cell
			seen[key] = true
			c.problem(p, v, w)
		}
	}
}

// moodOfRow is how it stands with one row.
func moodOfRow(v *view) mood {
	if v.Reason == reason.Skipped {
		return restMood
	}
	return cmp.Or(moods[v.Outcome], restMood)
}

// maxCounted is how many kinds of a thing are told apart: more are a mistake of
// the list, and not to be read by anybody.
const maxCounted = 1000

func (c *webCounts) problem(p record.Problem, v *view, w *wording) {
	key := webCell{p.Column, p.Code}
	known := c.cells[key]
	if known == nil {
		if len(c.cells) == maxCounted {
			return
		}
		entry := reason.Of(p.Code)
		known = &webProblem{
			Column:  p.Column,
			Problem: words.Sentence(w.Say(entry.Meaning)),
			Remedy:  words.Sentence(w.Remedy(p)),
			Mood:    waitMood,
		}
		c.cells[key] = known
	}
	known.Rows++
	if p.Fatal {
		known.Mood = badMood
	}
	if len(known.at) < provision.FirstPlaces {
		known.at = append(known.at, v.Place)
	}
}

// A webStanding is how it stands with the rows of a kind for a brand.
type webStanding struct {
	Brand, Kind           string
	Rows                  int
	Good, Wait, Bad, Rest int
}

// shownCounts is how many lines a table of counts has on the page.
const shownCounts = 40

// standings are the most of them first, and how many more there are.
func (c *webCounts) standings(w *wording) ([]webStanding, int) {
	var all []webStanding
	for key, by := range c.brands {
		s := webStanding{Brand: w.Names.Brand(key[0]), Kind: w.Say(key[1]), Good: by[goodMood], Wait: by[waitMood], Bad: by[badMood], Rest: by[restMood]}
		s.Rows = s.Good + s.Wait + s.Bad + s.Rest
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b webStanding) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Brand, b.Brand), cmp.Compare(a.Kind, b.Kind))
	})
	return all[:min(len(all), shownCounts)], max(len(all)-shownCounts, 0)
}

// A webProblem is what is wrong with cells of a column, in how many rows, and
// where the first of them stand.
type webProblem struct {
	Column, Problem, Remedy string
	Places                  string
	Rows                    int
	Mood                    mood
	at                      []record.Place
}

// problems are the most frequent first, and how many more kinds there are.
func (c *webCounts) problems(w *wording) ([]webProblem, int) {
	keys := slices.SortedFunc(maps.Keys(c.cells), func(a, b webCell) int {
		return cmp.Or(cmp.Compare(c.cells[b].Rows, c.cells[a].Rows), strings.Compare(a.column, b.column),
			strings.Compare(string(a.code), string(b.code)))
	})
	var all []webProblem
	for _, key := range keys[:min(len(keys), shownCounts)] {
		p := *c.cells[key]
		p.Places = placesIn(w.In, nil, p.at) + moreRows(w.In, p.Rows-len(p.at))
		all = append(all, p)
	}
	return all, max(len(keys)-shownCounts, 0)
}

// took says how long a run took, to the second.
func took(in words.In, d time.Duration) string {
	switch {
	case d < 0:
		return ""
	case d < time.Second:
		return in.Say("less than a second")
	}
	return d.Round(time.Second).String()
}
