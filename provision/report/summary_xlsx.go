package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

// Widths of the columns that long texts run over.
const (
	countWidth   = 9
	meaningWidth = 66
)

// page writes the summary sheet from top to bottom.
type page struct {
	*book
	row int
	err error
}

// summary writes the first sheet: totals and their picture, what to do next,
// how to read the rest, and where it all came from.
func (b *book) summary(s provision.Summary) error {
	p := &page{book: b}
	for i, width := range []float64{24, countWidth, meaningWidth, 14, 3} {
		col, _ := excelize.ColumnNumberToName(i + 1)
		p.check(b.file.SetColWidth(summarySheet, col, col, width))
	}
	p.heading(b.styles.title, "What became of the list")
	p.say(about(s, b.words))
	p.row++
	first, last := p.totals(s)
	p.row++
	p.heading(b.styles.heading, "What to do next")
	p.steps(Next(s))
	p.row++
	p.links(s)
	p.guide(s)
	p.sources(s)
	p.check(b.chart(first, last))
	p.check(b.layoutSummary(len(s.Lists)))
	return p.err
}

// about says in one sentence whose run this was.
func about(s provision.Summary, w *words) string {
	text := "Brand " + s.Brand + " of " + s.Organization
	if s.Operator != "" {
		text += ", on the authority of " + s.Operator
	}
	if !s.FinishedAt.IsZero() {
		text += ", finished " + w.time(s.FinishedAt)
	}
	return text
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
		p.check(p.text(summarySheet, cell, style, text))
		return
	}
	p.check(p.file.SetCellValue(summarySheet, cell, value))
	p.check(p.file.SetCellStyle(summarySheet, cell, cell, style))
}

func (p *page) heading(style int, text string) {
	p.row++
	p.set("A", style, text)
}

// say writes a text over the width of the page.
func (p *page) say(text string) {
	p.row++
	p.set("A", p.styles.plain, text)
	p.check(p.file.MergeCell(summarySheet, fmt.Sprintf("A%d", p.row), fmt.Sprintf("C%d", p.row)))
}

// item writes a name and a text beside it.
func (p *page) item(name, text string) {
	p.row++
	p.set("A", p.styles.bold, name)
	p.set("B", p.styles.text, text)
	p.set("C", p.styles.text, "")
	p.check(p.file.MergeCell(summarySheet, fmt.Sprintf("B%d", p.row), fmt.Sprintf("C%d", p.row)))
	// A merged cell does not grow by itself.
	p.check(p.file.SetRowHeight(summarySheet, p.row, height(wrapped(text, countWidth+meaningWidth+9))))
}

// steps writes what to do next, and under a step, in grey, the command for
// whoever ran it.
func (p *page) steps(steps []Step) {
	for i, step := range steps {
		said := step.Text
		if len(step.Places) > 0 {
			said += " See " + placesWords(step.Places) + "."
		}
		p.item(Number(i+1)+".", said)
		if step.Command != "" {
			p.row++
			p.set("A", p.styles.faint, "")
			p.set("B", p.styles.faint, "For whoever ran this: "+step.Command)
			p.check(p.file.MergeCell(summarySheet, fmt.Sprintf("B%d", p.row), fmt.Sprintf("C%d", p.row)))
		}
	}
}

// totals writes the table of outcomes; it returns its first and last row.
func (p *page) totals(s provision.Summary) (first, last int) {
	p.row++
	p.set("A", p.styles.header, "Outcome")
	p.set("B", p.styles.countHeader, "Rows")
	p.set("C", p.styles.header, "What it means")
	p.set("D", p.styles.header, "Sheet")
	first = p.row + 1
	var removed int
	for _, o := range shown(s) {
		if o == provision.Removed {
			removed = s.Outcomes[o]
			continue
		}
		p.total(WordOf(o), s.Outcomes[o])
	}
	last = p.row
	p.row++
	p.set("A", p.styles.bold, "All rows")
	p.set("B", p.styles.boldCount, s.Rows)
	p.set("C", p.styles.text, "Every row of the list is counted once")
	p.set("D", p.styles.text, "")
	if removed > 0 {
		p.total(WordOf(provision.Removed), removed)
	}
	return first, last
}

func (p *page) total(w Word, n int) {
	p.row++
	p.set("A", p.styles.bold, w.Title)
	p.set("B", p.styles.count, n)
	p.set("C", p.styles.text, w.Meaning)
	p.set("D", p.styles.text, w.Sheet)
}

// links says how many links there are, where there are any.
func (p *page) links(s provision.Summary) {
	if len(s.Links) == 0 {
		return
	}
	p.heading(p.styles.heading, "Invite links")
	for _, word := range linkOrder {
		if n := s.Links[word]; n > 0 {
			p.row++
			p.set("A", p.styles.bold, sentence(linkWords[word].state))
			p.set("B", p.styles.count, n)
			p.set("C", p.styles.text, sentence(cmp.Or(linkWords[word].todo, "nothing to hand over")))
		}
	}
	p.row++
}

// guide says how to read the other sheets.
func (p *page) guide(s provision.Summary) {
	p.heading(p.styles.heading, "How to read this workbook")
	for _, entry := range [][2]string{
		{invitesSheet, "New people, and everybody whose invite link can be handed over or who has to be told in another way. The links themselves are in links.csv, so that this workbook can be passed on."},
		{claimedSheet, "People who had an account on the platform already and were added to the brand."},
		{updatedSheet, "People of the brand who got something new."},
		{reviewSheet, "Rows that nobody should decide but you: each stands beside the accounts it may be, one below the other, with what leads there. Nothing was written for them."},
		{rejectedSheet, "Rows with a mistake, with the cells as your list had them. The same rows are in " + strings.Join(rejectedFiles(s.Lists), " and ") + "."},
		{unchangedSheet, "People who were in the brand already. Nothing to do."},
		{otherSheet, "Second rows of the same person, blocked people, and rows that could not be written."},
		{"Profiles", "A profile that a list names is shown with its name and address. Statistics appear once its owner has connected it (public X/Twitter profiles show them at once); blogs are processed as usual, with Google Analytics figures once the owner has authorised them."},
		{"Line", "The line of your list as a spreadsheet or an editor shows it; its file and sheet stand in the same row."},
		{"(not shown)", "An account of another organization, or in none of the brands you see: you see what your own list said, never what the account holds."},
	} {
		p.item(entry[0], entry[1])
	}
	p.row++
}

// sources names the lists, and what was assumed in reading them.
func (p *page) sources(s provision.Summary) {
	p.heading(p.styles.heading, "Where the rows came from")
	for i, l := range s.Lists {
		name := l.File
		if l.Sheet != "" {
			name += ", sheet " + l.Sheet
		}
		text := fmt.Sprintf("%s: %s rows, %s\nSHA-256 %s", name, Number(l.Rows), l.Format, l.SHA256)
		if len(l.Ignored) > 0 {
			text += "\nnot used: " + strings.Join(l.Ignored, ", ")
		}
		for _, note := range l.Notes {
			text += "\n" + note
		}
		p.item(nth("List", i+1), text)
	}
	p.item("Run", s.Run)
	p.item("Program", s.Program)
	p.item("Started", p.words.time(s.StartedAt))
	p.item("Finished", p.words.time(s.FinishedAt))
	if s.Resumed {
		p.item("Resumed", "This run was interrupted and carried on; no row was written twice.")
	}
}

// chart draws the totals beside the table, where there are any.
func (b *book) chart(first, last int) error {
	if last < first {
		return nil
	}
	cells := func(col string) string { return fmt.Sprintf("%s!$%s$%d:$%s$%d", summarySheet, col, first, col, last) }
	gap := uint(40)
	return b.file.AddChart(summarySheet, "F2", &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{{
			Name: "Rows", Categories: cells("A"), Values: cells("B"),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"2E75B6"}},
		}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "Rows by outcome"}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		Dimension: excelize.ChartDimension{Width: 460, Height: uint(90 + 30*(last-first+1))},
		GapWidth:  &gap,
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Color: "404040", Size: 10}},
		YAxis:     excelize.ChartAxis{None: true},
		Format:    excelize.GraphicOptions{AltText: "Bar chart of the totals in the table beside it"},
	})
}

// layoutSummary makes the sheet print on one page, unless it names so many
// lists that nobody could read it, and hides the grid.
func (b *book) layoutSummary(lists int) error {
	no, yes := false, true
	if err := b.file.SetSheetView(summarySheet, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	if err := b.file.SetSheetProps(summarySheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	pages := 1
	if lists > 5 {
		pages = 0
	}
	return b.printed(summarySheet, pages)
}
