package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/locale"
	"muster/provision/words"
)

// How many rows the page shows of each kind: it is to be looked at, not
// searched. The workbook has all of them.
const (
	shownHeld = 60
	shownRows = 100
)

//go:embed assets/report.html
var webpageText string

//go:embed assets/report.css
var webpageStyle string

// webpageTemplate is the page. Whatever a list says goes into it as text: the
// package escapes by where in the page it stands.
var webpageTemplate = template.Must(template.New("report.html").Parse(webpageText))

// A webpage draws report.html, the report as one file that opens in any
// browser, and can be mailed on: it needs no script and no other file, asks
// nothing of the net, and holds no invite link.
type webpage struct {
	nothingToClose
	files  *bundle
	words  *wording
	counts *webCounts
	held   webHeld             // rows that wait for somebody
	left   webHeld             // those that somebody decided to leave out
	rows   map[string]*webRows // by section
}

func newWebpage(b *bundle, w *wording) *webpage {
	p := &webpage{
		files:  b,
		words:  w,
		counts: newWebCounts(),
		held:   webHeld{ID: heldSection},
		left:   webHeld{ID: leftOutSection},
		rows:   map[string]*webRows{},
	}
	for _, s := range webSections {
		p.rows[s.ID] = &webRows{webSection: s}
	}
	return p
}

// line takes a row in: it is counted, and shown while there are few of its kind.
func (p *webpage) line(v *view) error {
	p.counts.count(v, p.words)
	p.drifted(v)
	if v.Outcome == provision.Review {
		held := &p.held
		if v.Reason == reason.Skipped {
			held = &p.left
		}
		held.add(v, p.words)
		return nil
	}
	if s := p.rows[webSectionOf[v.Outcome]]; s != nil {
		s.add(v, p.words)
	}
	return nil
}

// finish writes the page from what was kept of the lines.
func (p *webpage) finish(s provision.Summary) error {
	file, err := p.files.create(WebpageFile)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<16)
	if err := webpageTemplate.Execute(out, p.content(s)); err != nil {
		return fmt.Errorf("writing %s: %w", WebpageFile, err)
	}
	return out.Flush()
}

// webContent is all that the page shows.
type webContent struct {
	words.In
	Tag       locale.Language // of the page
	RowsTitle string
	Title     string
	Headline  string
	Life      string // until when links are good, "" for no links
	About     string
	Mood      mood
	Future    bool         // it is about what is to come
	Effects   []string     // what a plan does besides
	Book      string       // the workbook that has all rows
	Policy    string       // what the page may load: nothing but its own style
	Style     template.CSS // the style sheet as it is

	Strip    []webSegment
	Outcomes []webOutcome
	All      whole
	Differ   string   // in what rows differ from their accounts, "" for nothing
	Removed  int      // people beside the rows
	Since    string   // whether anything changed since the last run, "" where there is none
	Turns    []string // what did
	Steps    []webStep
	Links    []webOutcome
	Brands   []webStanding
	Problems []webProblem
	MoreProblems,
	MoreBrands int
	Held     []*webHeld // those that wait, and those that were left out
	Sections []*webRows
	Sources  []webSource
	Facts    []webFact
}

func (p *webpage) content(s provision.Summary) webContent {
	counts, all := counted(p.words.In, s)
	c := webContent{
		In:        p.words.In,
		Tag:       cmp.Or(p.words.Language, locale.English),
		RowsTitle: p.words.rowsTitle(s),
		Title:     p.words.title(s),
		Headline:  p.words.headline(s),
		Future:    p.words.plan != nil,
		Effects:   p.words.effects(),
		Book:      p.words.book(),
		Life:      p.words.linkLife(s),
		About:     p.words.about(s),
		Mood:      moodOf(counts),
		Policy:    webpagePolicy,
		Style:     template.CSS(webpageStyle), // our own
		Strip:     strip(counts, all, p.words),
		Outcomes:  webOutcomes(counts, all, p.words),
		All:       all,
		Differ:    differencesIn(p.words.In, s.Differences),
		Removed:   s.Outcomes[provision.Removed],
		Since:     p.words.In.Since(s.Since, p.words.zone),
		Turns:     p.words.SinceLines(s.Since, s.Lists),
		Steps:     webSteps(s, p.words),
		Links:     webLinks(s, p.words),
		Sources:   webSources(s, p.words),
		Facts:     p.facts(s),
	}
	if provision.TakesIn(s.Command) {
		c.Brands, c.MoreBrands = p.counts.standings(p.words)
	}
	c.Problems, c.MoreProblems = p.counts.problems(p.words)
	for _, held := range []*webHeld{&p.held, &p.left} {
		if held.Total > 0 {
			held.say(s, p.words)
			c.Held = append(c.Held, held)
		}
	}
	for _, section := range webSections {
		if rows := p.rows[section.ID]; rows.Total > 0 {
			rows.say(p.words, s.Command)
			c.Sections = append(c.Sections, rows)
		}
	}
	return c
}

// webpagePolicy lets the page load nothing at all, and use no style but its own,
// known by its digest.
var webpagePolicy = func() string {
	sum := sha256.Sum256([]byte(webpageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
}()

// webSource is a list that was read, and what was assumed in reading it.
type webSource struct {
	Name  string
	Rows  int
	Notes []string
}

func webSources(s provision.Summary, w *wording) []webSource {
	var all []webSource
	for _, l := range listsRead(s) {
		source := webSource{Name: listName(w.In, l), Rows: listRows(l, s)}
		if len(l.Ignored) > 0 {
			source.Notes = append(source.Notes, w.Say("Not used: %s", strings.Join(l.Ignored, ", ")))
		}
		if w.undone != "" {
			source.Notes = append(source.Notes, w.rowsOfUndone())
		}
		for _, note := range l.Notes {
			source.Notes = append(source.Notes, words.Sentence(w.ReadNote(note)))
		}
		all = append(all, source)
	}
	return all
}

// rowsOfUndone says what lines and rows are of a run that is taken back.
func (w *wording) rowsOfUndone() string {
	return w.Say("Lines are those of the lists of run %s, as its report has them. "+
		"Its rows are counted over all its lists, from 1: these are what --rows of muster undo names.", w.undone)
}

// webFact is what engineers ask for.
type webFact struct{ Name, Text string }

func (p *webpage) facts(s provision.Summary) []webFact {
	facts := []webFact{
		{"Run", s.Run},
		{"Command", "muster " + s.Command},
		{"Done by", s.Operator},
		{"Started", p.words.moment(s.StartedAt)},
		{"Finished", p.words.moment(s.FinishedAt)},
		{"Took", took(p.words.In, s.FinishedAt.Sub(s.StartedAt))},
		{"Exit code", fmt.Sprint(s.ExitCode)},
		{"Program", s.Program},
		{"Database", s.Database},
	}
	if plan := p.words.plan; plan != nil {
		facts = []webFact{
			{"Plan", plan.SHA256}, {"Made", p.words.moment(plan.CreatedAt)}, {"Kept in", plan.Kept}, {"Done by", s.Operator},
			{"Program", s.Program}, {"Database", s.Database},
		}
	}
	for _, l := range s.Lists {
		if l.SHA256 != "" {
			facts = append(facts, webFact{p.words.Say("SHA-256 of %s", listName(p.words.In, l)), l.SHA256})
		}
	}
	if s.Resumed {
		facts = append(facts, webFact{"Resumed", p.words.Say("This run was interrupted and carried on; no row was written twice.")})
	}
	kept := facts[:0]
	for _, f := range facts {
		if f.Name = p.words.Say(f.Name); f.Text != "" {
			kept = append(kept, f)
		}
	}
	return kept
}
