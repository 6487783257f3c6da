package report

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/provision"
	"muster/provision/words"
)

// Widths of the columns that long texts run over.
const (
	countWidth   = 9
	meaningWidth = 72
	sheetWidth   = 13
)

// summaryColumns are those of the first sheet, the last for the picture alone: programs
// draw columns wider than they are asked to, and pages end between them.
var summaryColumns = []column{{width: 22}, {width: countWidth}, {width: meaningWidth}, {width: sheetWidth}, {width: 3}, {width: 57}}

// chartWidth is how many pixels the picture of the totals is wide.
const chartWidth = 400

// page writes the summary sheet from top to bottom.
type page struct {
	*book
	row int
	err error
}

// summary writes the first sheet: in a sentence what became of the list, the
// totals and their picture, what to do next, how to read the rest, and where it
// all came from.
func (b *book) summary(s provision.Summary) error {
	p := &page{book: b}
	p.check(b.widths(b.first(), summaryColumns))
	p.heading(b.styles.title, b.words.title(s))
	p.say(b.styles.headline, b.words.headline(s))
	if life := b.words.linkLife(s); life != "" {
		p.say(b.styles.lead, life)
	}
	p.say(b.styles.faint, b.words.about(s))
	p.row++
	first := p.row + 2
	shown := p.totals(s)
	p.row++
	p.since(s)
	p.heading(b.styles.heading, b.words.Say("What to do next"))
	p.steps(b.words.next(s))
	p.effects()
	p.row++
	p.links(s)
	p.guide(s)
	p.sources(s)
	p.engineers(s)
	p.check(b.chart(first, shown))
	p.check(b.layoutSummary())
	return p.err
}

// since says what changed since the last run of the list.
func (p *page) since(s provision.Summary) {
	if s.Since == nil {
		return
	}
	p.heading(p.styles.heading, p.words.Say("Since the list was last read"))
	p.say(p.styles.lead, p.words.Since(s.Since, p.words.zone))
	for _, line := range p.words.SinceLines(s.Since, s.Lists) {
		p.say(p.styles.text, line)
	}
	p.row++
}

// aboutRun says in one sentence whose run this was.
func (w *wording) aboutRun(s provision.Summary) string {
	brand, organization := w.Names.Brand(s.Brand), w.Names.Organization(s.Organization)
	text := w.Say("Imported into the brand %s of %s", brand, organization)
	switch {
	case !provision.TakesIn(s.Command):
		text = w.Say("Done by muster %s in %s", s.Command, organization)
	case brand == organization:
		text = w.Say("Imported into %s", brand)
	}
	if s.Operator != "" {
		text += w.Say(" on the authority of %s", s.Operator)
	}
	if !s.FinishedAt.IsZero() {
		text += w.Say("; finished on %s", w.moment(s.FinishedAt))
	}
	return text + "."
}

func (p *page) check(err error) {
	if p.err == nil {
		p.err = err
	}
}

// set writes one cell of the row under way: text, or a number of our own.
func (p *page) set(col string, style int, value any) {
	cell := fmt.Sprintf("%s%d", col, p.row)
	if text, ok := value.(string); ok {
		p.check(p.text(p.first(), cell, style, text))
		return
	}
	p.check(p.file.SetCellValue(p.first(), cell, value))
	p.check(p.file.SetCellStyle(p.first(), cell, cell, style))
}

func (p *page) heading(style int, text string) {
	p.row++
	p.set("A", style, text)
}

// say writes a text over the width of the page.
func (p *page) say(style int, text string) {
	p.row++
	p.set("A", style, text)
	p.check(p.file.MergeCell(p.first(), fmt.Sprintf("A%d", p.row), fmt.Sprintf("D%d", p.row)))
	p.check(p.file.SetRowHeight(p.first(), p.row,
		min(height(wrapped(text, 22+countWidth+meaningWidth+sheetWidth-6))+3, maxHeight)))
}

// item writes a name and a text beside it.
func (p *page) item(name, text string) {
	p.row++
	p.set("A", p.styles.bold, name)
	p.beside(p.styles.text, text)
}

// beside writes a text beside the first column, over all others.
func (p *page) beside(style int, text string) {
	p.set("B", style, text)
	p.set("C", style, "")
	p.set("D", style, "")
	p.check(p.file.MergeCell(p.first(), fmt.Sprintf("B%d", p.row), fmt.Sprintf("D%d", p.row)))
	// A merged cell does not grow by itself.
	p.check(p.file.SetRowHeight(p.first(), p.row,
		min(height(wrapped(text, countWidth+meaningWidth+sheetWidth))+3, maxHeight)))
}

// steps writes what to do next, and under a step, in grey, the command for
// whoever ran it.
func (p *page) steps(steps []Step) {
	for i, step := range steps {
		said := step.Text
		if len(step.Places) > 0 {
			said += " " + p.words.Say("See %s.", step.where(p.words.In))
		}
		p.item(p.words.Number(i+1)+".", said)
		if step.Command != "" {
			p.row++
			p.set("A", p.styles.faint, p.words.Say("ask whoever ran this"))
			p.beside(p.styles.command, step.Command)
		}
	}
}

// effects writes what a plan does besides.
func (p *page) effects() {
	if all := p.words.effects(); len(all) > 0 {
		p.row++
		p.heading(p.styles.heading, p.words.Say("What else will happen"))
		for _, text := range all {
			p.item("", text)
		}
	}
}

// totals writes the table of outcomes; it returns those that are rows of it.
func (p *page) totals(s provision.Summary) (outcomes []provision.Outcome) {
	p.row++
	s, all := counted(p.words.In, s)
	p.set("A", p.styles.header, p.words.Say("Outcome"))
	p.set("B", p.styles.countHeader, all.Counted)
	p.set("C", p.styles.header, p.words.Say("What it means"))
	p.set("D", p.styles.header, p.words.Say("Sheet"))
	var removed int
	for _, o := range shown(s) {
		if o == provision.Removed && !all.People {
			removed = s.Outcomes[o]
			continue
		}
		outcomes = append(outcomes, o)
		w := p.words.OutcomeOf(s.Command, o)
		w.Meaning = p.words.meaning(o, s)
		sheet := outcomeSheets[o]
		if all.People {
			sheet = ""
			if o == provision.Removed {
				sheet = removedSheet
			}
		}
		p.total(w, sheet, s.Outcomes[o])
	}
	p.row++
	p.set("A", p.styles.bold, all.Title)
	p.set("B", p.styles.boldCount, all.Count)
	p.set("C", p.styles.text, all.Meaning)
	p.set("D", p.styles.text, "")
	if s.Differ > 0 {
		p.total(words.Word{Title: p.words.Say("Differ"), Meaning: p.words.Say("Other than the account: %s", differencesIn(p.words.In, s.Differences))},
			differSheet, s.Differ)
	}
	if n := p.drift.rows(); n > 0 {
		p.total(words.Word{Title: p.words.Say(driftSheet), Meaning: p.words.Say("Changed by hand or by another source, and left so")}, driftSheet, n)
	}
	if !all.People && (removed > 0 || p.removed.rows() > 0) {
		sheet := ""
		if p.removed.rows() > 0 {
			sheet = removedSheet
		}
		word := p.words.Outcome(provision.Removed)
		if p.words.plan != nil {
			word.Meaning = p.words.meaning(provision.Removed, s)
		}
		p.total(word, sheet, removed)
	}
	return outcomes
}

func (p *page) total(w words.Word, sheet string, n int) {
	p.row++
	p.set("A", p.styles.bold, w.Title)
	p.set("B", p.styles.count, n)
	p.means(w.Meaning)
	p.set("D", p.styles.text, "")
	if sheet = p.words.Say(sheet); sheet != "" {
		p.set("D", p.styles.sheetLink, sheet)
		p.leads("D", sheet)
	}
}

// means writes what a number means. Other languages take more room: the row grows.
func (p *page) means(text string) {
	p.set("C", p.styles.text, text)
	if lines := wrapped(text, meaningWidth); lines > 1 {
		p.check(p.file.SetRowHeight(p.first(), p.row, height(lines)+3))
	}
}

// leads makes a cell of the row under way lead to a sheet.
func (p *page) leads(col, sheet string) {
	p.check(p.file.SetCellHyperLink(p.first(), fmt.Sprintf("%s%d", col, p.row), "'"+sheet+"'!A1", "Location"))
}

// links says how many links there are, where there are any.
func (p *page) links(s provision.Summary) {
	if len(s.Links) == 0 {
		return
	}
	p.heading(p.styles.heading, p.words.Say("Invite links"))
	for _, word := range words.LinkOrder {
		if n := s.Links[word]; n > 0 {
			p.row++
			state, todo := p.words.linkWord(word)
			p.set("A", p.styles.bold, words.Sentence(state))
			p.set("B", p.styles.count, n)
			p.means(words.Sentence(cmp.Or(todo, p.words.Say("nothing to hand over"))))
		}
	}
	p.row++
}

// guide says how to read the other sheets.
func (p *page) guide(s provision.Summary) {
	if p.words.plan != nil {
		return
	}
	p.check(p.file.InsertPageBreak(p.first(), fmt.Sprintf("A%d", p.row+1))) // what there is to do stands on paper by itself
	p.heading(p.styles.heading, p.words.Say("How to read this workbook"))
	updated, unchanged := p.words.Say("People of the brand who got something new."), p.words.Say("People who were in the brand already. Nothing was written for them.")
	if !provision.TakesIn(s.Command) {
		updated, unchanged = p.words.Say("People for whom it was done."), p.words.Say("People for whom there was nothing to do. Nothing was written for them.")
	}
	for _, entry := range [][2]string{
		{invitesSheet, "Everybody there is something to say to: new links first, then links of earlier runs, then those without a link. The links themselves are in links.csv, so that this workbook can be passed on."},
		{differSheet, "Where your list says something else than the account, both side by side. Nothing of it was changed on the account."},
		{claimedSheet, "People who had an account on the platform already and were added to the brand."},
		{updatedSheet, updated},
		{reviewSheet, "Rows that nobody should decide but you: each stands beside the accounts it may be, one below the other, with what leads there. Nothing was written for them."},
		{rejectedSheet, "Rows with a mistake, with the cells as your list had them; the wrong ones are red. The same rows are in %s."},
		{unchangedSheet, unchanged},
		{otherSheet, "Second rows of the same person, blocked people, and rows that could not be written."},
	} {
		said := p.words.Say(entry[1])
		if entry[0] == rejectedSheet {
			said = p.words.Say(entry[1], rejects(p.words.In, s))
		}
		sheet := p.words.Say(entry[0])
		p.item(sheet, said)
		p.set("A", p.styles.sheetLink, sheet)
		p.leads("A", sheet)
	}
	for _, entry := range [][2]string{
		{"Profiles", "A profile that a list names is shown with its name; a click opens it. Statistics appear once its owner has connected it (public X/Twitter profiles show them at once); blogs are processed as usual, with Google Analytics figures once the owner has authorised them."},
		{"Line", "The line of your list as a spreadsheet or an editor shows it; its file and sheet stand in the same row, on the right."},
		{"(not shown)", "An account of another organization, or in none of the brands you see: you see what your own list said, never what the account holds."},
	} {
		p.item(p.words.Say(entry[0]), p.words.Say(entry[1]))
	}
	p.row++
}

// sources names the lists, and what was assumed in reading them, a line each.
func (p *page) sources(s provision.Summary) {
	lists := listsRead(s)
	if len(lists) == 0 && !s.Resumed {
		return
	}
	p.heading(p.styles.heading, p.words.Say("Where the rows came from"))
	for i, l := range lists {
		p.item(nth(p.words.Say("List"), i+1), listName(p.words.In, l)+p.words.Say(": ")+p.words.Count(listRows(l, s), "1 row", "%s rows"))
		if len(l.Ignored) > 0 {
			p.item("", p.words.Say("Not used: %s", strings.Join(l.Ignored, ", ")))
		}
		if p.words.undone != "" {
			p.item("", p.words.rowsOfUndone())
		}
		for _, note := range l.Notes {
			p.item("", words.Sentence(p.words.ReadNote(note)))
		}
	}
	if s.Resumed {
		p.item(p.words.Say("Resumed"), p.words.Say("This run was interrupted and carried on; no row was written twice."))
	}
	p.row++
}

// engineers writes what only they ask for.
func (p *page) engineers(s provision.Summary) {
	p.heading(p.styles.heading, p.words.Say("For engineers"))
	for _, f := range [][2]string{
		{"Run", s.Run}, {"Program", s.Program}, {"Started", p.words.moment(s.StartedAt)}, {"Finished", p.words.moment(s.FinishedAt)},
	} {
		if f[1] != "" {
			p.item(p.words.Say(f[0]), f[1])
		}
	}
	for _, l := range s.Lists {
		if l.SHA256 == "" {
			continue
		}
		p.item("SHA-256", l.SHA256+"  "+listName(p.words.In, l)+", "+l.Format)
	}
}

// barColors say how it stands with rows of an outcome: done, waiting for
// somebody, or wrong. All others are grey.
var barColors = map[provision.Outcome]string{
	provision.Created: "548235", provision.Claimed: "70AD47", provision.Updated: "70AD47",
	provision.Review: "ED7D31", provision.Stale: "ED7D31", provision.Pending: "ED7D31",
	provision.Rejected: "C00000", provision.Failed: "C00000",
}

const restColor = "A6A6A6"

// barFills colours the bars one by one, which excelize does for pies only.
func barFills(outcomes []provision.Outcome) string {
	var text strings.Builder
	for i, o := range outcomes {
		fmt.Fprintf(&text,
			`<dPt><idx val="%d"/><invertIfNegative val="0"/><bubble3D val="0"/><spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill></spPr></dPt>`,
			i, cmp.Or(barColors[o], restColor))
	}
	return text.String()
}

// chart draws the totals beside the table, where there are any: the outcomes
// that stand in it from a row on.
func (b *book) chart(first int, outcomes []provision.Outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	cells := func(col string) string {
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", b.first(), col, first, col, first+len(outcomes)-1)
	}
	b.inserts = map[string]insert{"xl/charts/chart1.xml": {before: "<dLbls>", text: barFills(outcomes)}}
	gap := uint(40)
	return b.file.AddChart(b.first(), "F2", &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{{
			Name:       fmt.Sprintf("'%s'!$B$%d", b.first(), first-1), // of a text Excel makes the name of a cell
			Categories: cells("A"),
			Values:     cells("B"),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{restColor}},
		}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: b.words.Say("Rows by outcome")}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(90 + 30*len(outcomes))},
		GapWidth:  &gap,
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Color: "404040", Size: 10}},
		YAxis:     excelize.ChartAxis{None: true},
		Format: excelize.GraphicOptions{
			AltText: b.words.Say("Bar chart of the totals in the table beside it: done is green, waiting is orange, wrong is red"),
		},
	})
}

// fallback is how much wider still columns become where there is neither Calibri nor
// a font of its measures. Words go on below; a picture would be cut in two.
const fallback = 1.14

// layoutSummary says how the sheet prints, and hides the grid.
func (b *book) layoutSummary() error {
	no := false
	return errors.Join(
		b.file.SetSheetView(b.first(), 0, &excelize.ViewOptions{ShowGridLines: &no}),
		b.printedAt(b.first(), fallback*pixels(summaryColumns...)))
}
