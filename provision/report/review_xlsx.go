package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/provision"
	"muster/provision/words"
)

// Sheets of a review, as they are in English.
const (
	howToSheet   = "How to"
	decideSheet  = reviewSheet // has the header in its first row
	choicesSheet = "Choices"
)

// Titles of columns that are found again when a review is read.
const (
	decisionTitle = "Decision"
	nameTitle     = "Name"
	emailTitle    = "Email"
	remarkTitle   = "Remark"
	digestTitle   = "Digest"

	rowTitle    = "Row"
	personTitle = "Person"
	runTitle    = "Run"
)

// decideColumns are the columns of the sheet to decide on; candidates stand
// between the first two groups. They are found again by their titles: the last
// say to which held row a decision belongs, and nobody has to see them.
var (
	decideColumns = []column{
		{title: decisionTitle, width: 24, name: true},
		{title: "Line", width: 7, number: true, name: true},
		{title: nameTitle, width: 20, name: true},
		{title: emailTitle, width: 28},
		{title: "Profiles", width: 24},
		{title: "Why it is held", width: 30},
	}
	trailingColumns = []column{
		{title: "External id", width: 14},
		{title: remarkTitle, width: 28},
		{title: "File", width: 22},
		{title: "Sheet", width: 14},
	}
	hiddenColumns = []column{ // for programs, in every language the same
		{title: rowTitle, width: 7, number: true},
		{title: personTitle, width: 8, number: true},
		{title: runTitle, width: 38},
		{title: digestTitle, width: 66},
	}
)

// reviewBook is a review being written.
type reviewBook struct {
	book
	review     provision.HeldReview
	columns    []column
	free       []string // free columns of the lists, in order
	candidates int      // the most a person has
	choices    map[string]*choiceList
	open       int // style of an undecided cell
	targets    *linkParts
}

// choiceList is a row of choices, and the cells that offer them.
type choiceList struct {
	row, n int
	cells  []int // rows of the column of decisions
}

func writeReviewBook(w io.Writer, in words.In, r provision.HeldReview) (err error) {
	b := &reviewBook{review: r, choices: map[string]*choiceList{}}
	b.file, b.words = excelize.NewFile(), &wording{In: in}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if b.styles, err = newStyles(b.file, b.words.dateFormat()); err != nil {
		return err
	}
	if b.targets, err = newLinkParts(""); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.targets.close()) }()
	b.layOut()
	for _, step := range []func() error{b.howTo, b.decide, b.dropDowns} {
		if err := step(); err != nil {
			return err
		}
	}
	part := fmt.Sprintf("xl/worksheets/sheet%d.xml", decidePart)
	splices := map[string]*splice{part: {rows: &stretch{}, links: b.targets}}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newSplicer(context.Background(), w, splices) })
	return b.file.Write(io.Discard) // the splicer has written to w
}

// layOut settles the columns.
func (b *reviewBook) layOut() {
	for _, p := range b.review.People {
		b.candidates = max(b.candidates, len(p.Candidates))
		for _, row := range p.Rows {
			for _, a := range row.Attributes {
				if len(b.free) < maxFree && !slices.Contains(b.free, a.Column) {
					b.free = append(b.free, a.Column)
				}
			}
		}
	}
	b.columns = b.said(decideColumns)
	for i := range b.candidates {
		letter := candidateLetter(b.review, i)
		b.columns = append(b.columns,
			column{title: b.words.Say("Candidate %s", letter), width: 28, other: true},
			column{title: b.words.Say("Profiles of %s", letter), width: 24, other: true},
			column{title: b.words.Say("What leads to %s", letter), width: 28, other: true})
	}
	trailing := b.said(trailingColumns)
	own := slices.Concat(b.columns, trailing, hiddenColumns)
	for _, title := range b.free {
		if slices.ContainsFunc(own, func(c column) bool { return strings.EqualFold(c.title, title) }) {
			title += b.words.Say(" (in the list)")
		}
		b.columns = append(b.columns, column{title: title, width: 22, single: true})
	}
	b.columns = slices.Concat(b.columns, trailing, hiddenColumns)
}

// said are columns with their titles in the language of the book.
func (b *reviewBook) said(columns []column) []column {
	all := slices.Clone(columns)
	for i := range all {
		all[i].title = b.words.Say(all[i].title)
	}
	return all
}

func candidateLetter(r provision.HeldReview, i int) string {
	for _, p := range r.People {
		if i < len(p.Candidates) {
			return p.Candidates[i].Letter
		}
	}
	return ""
}

// name is how a sheet is called in the language of the book.
func (b *reviewBook) name(sheet string) string { return b.words.Say(sheet) }

// howTo is the first sheet: what this is and what may be decided.
func (b *reviewBook) howTo() error {
	if err := b.file.SetSheetName("Sheet1", b.name(howToSheet)); err != nil {
		return err
	}
	for i, t := range howToTexts(b.words.In, b.review) {
		if err := b.howToLine(i+1, t[0], t[1]); err != nil {
			return err
		}
	}
	no := false
	yes := true
	one := 1
	return errors.Join(
		b.file.SetSheetProps(b.name(howToSheet), &excelize.SheetPropsOptions{FitToPage: &yes}),
		b.file.SetColWidth(b.name(howToSheet), "A", "A", 38),
		b.file.SetColWidth(b.name(howToSheet), "B", "B", 96),
		b.file.SetSheetView(b.name(howToSheet), 0, &excelize.ViewOptions{ShowGridLines: &no}),
		b.printed(b.name(howToSheet)),
		b.file.SetPageLayout(b.name(howToSheet), &excelize.PageLayoutOptions{FitToHeight: &one}),
	)
}

func (b *reviewBook) howToLine(row int, name, text string) error {
	style := b.styles.bold
	points := height(wrapped(text, 96))
	switch {
	case row == 1:
		style = b.styles.title
		points = 30
	case text == "":
		style = b.styles.heading
		points = 28
	}
	err := errors.Join(
		b.text(b.name(howToSheet), fmt.Sprintf("A%d", row), style, name),
		b.file.SetRowHeight(b.name(howToSheet), row, points),
	)
	if err != nil || text == "" {
		return err
	}
	return b.text(b.name(howToSheet), fmt.Sprintf("B%d", row), b.styles.text, text)
}

// decidePart is the number of the sheet to decide on among those of the file.
const decidePart = 2

// decide writes the sheet to decide on.
func (b *reviewBook) decide() error {
	rows := b.review.RowCount()
	if err := b.begin(reviewSheet, b.name(decideSheet), b.columns, rows); err != nil {
		return err
	}
	if err := errors.Join(b.hide(), b.paper(rows+1)); err != nil {
		return err
	}
	var err error
	b.open, err = b.file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2CC"}},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Color: "BF9000", Style: 1}},
		NumFmt:    49,
	})
	if err != nil {
		return err
	}
	at := 1
	for _, p := range b.review.People {
		for _, row := range p.Rows {
			at++
			if err := b.row(at, p, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// candidateColumns is how many columns a candidate has.
const candidateColumns = 3

// paper prints what is needed to decide, all of it large enough to be read: the
// row beside its first candidate, further ones on pages to the right, where the
// columns that name the row stand again. A page ends between two candidates.
func (b *reviewBook) paper(rows int) error {
	sheet := b.name(decideSheet)
	row := len(decideColumns)
	end := row + candidateColumns*b.candidates
	names := 0
	for b.columns[names].name {
		names++
	}
	var err error
	var breaks []int
	wide := pixels(b.columns[:row]...)
	widest := wide
	for at := row; at < end; at += candidateColumns {
		candidate := pixels(b.columns[at : at+candidateColumns]...)
		if at > row && leeway*(wide+candidate) > readable {
			breaks = append(breaks, at+1)
			wide = pixels(b.columns[:names]...)
		}
		wide += candidate
		widest = max(widest, wide)
	}
	if len(breaks) == 0 {
		return errors.Join(b.printed(sheet), b.printedArea(sheet, end, rows, ""))
	}
	for _, at := range breaks {
		cell, _ := excelize.CoordinatesToCellName(at, 1)
		err = errors.Join(err, b.file.InsertPageBreak(sheet, cell))
	}
	last, _ := excelize.ColumnNumberToName(names)
	sideways := "overThenDown"
	return errors.Join(err, b.printedAt(sheet, widest), b.printedArea(sheet, end, rows, "$A:$"+last),
		b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{PageOrder: &sideways}))
}

// hide takes out of sight the columns that say to which held row a decision
// belongs, and those with nothing on any row.
func (b *reviewBook) hide() error {
	var err error
	for i, c := range b.columns {
		empty := c.title == b.words.Say("External id") && !b.anyRow(func(r provision.HeldRow) bool { return r.ExternalID != "" }) ||
			c.title == b.words.Say("Sheet") && !b.anyRow(func(r provision.HeldRow) bool { return r.Sheet != "" })
		if letter, _ := excelize.ColumnNumberToName(i + 1); empty || slices.Contains(hiddenColumns, c) {
			err = errors.Join(err, b.file.SetColVisible(b.name(decideSheet), letter, false))
		}
	}
	return err
}

func (b *reviewBook) anyRow(has func(provision.HeldRow) bool) bool {
	return slices.ContainsFunc(b.review.People, func(p provision.HeldPerson) bool {
		return slices.ContainsFunc(p.Rows, has)
	})
}

// decideCell is a cell of the sheet to decide on: a number, or lines of text of
// which some differ from what they are compared with.
type decideCell struct {
	number  int
	lines   []string
	differs []bool // for the lines, where there is something to compare
	url     string
}

func said(text string) decideCell { return decideCell{lines: []string{text}} }

// row writes one row of the list.
func (b *reviewBook) row(at int, p provision.HeldPerson, row provision.HeldRow) error {
	lines := 1
	for i, c := range b.cells(p, row) {
		ref, err := excelize.CoordinatesToCellName(i+1, at)
		if err != nil {
			return err
		}
		if i == 0 {
			b.offer(at, p, row)
		}
		if err := b.write(ref, i, c); err != nil {
			return err
		}
		if !b.columns[i].single && !slices.Contains(hiddenColumns, b.columns[i]) {
			lines = max(lines, wrapped(strings.Join(c.lines, "\n"), b.columns[i].width))
		}
	}
	return b.file.SetRowHeight(b.name(decideSheet), at, 15*float64(min(lines, 20)))
}

// cells are the cells of a row, a cell a column.
func (b *reviewBook) cells(p provision.HeldPerson, row provision.HeldRow) []decideCell {
	cells := []decideCell{
		said(""), {number: row.Line}, said(row.Name), said(row.Email.Address), profilesCell(row.Profiles, nil),
		said(b.words.WhyRow(p, row)),
	}
	for i := range b.candidates {
		if i < len(p.Candidates) {
			c := p.Candidates[i]
			cells = append(cells, candidateCell(b.words.In, c, row), profilesCell(candidateProfiles(b.words.In, c), row.Profiles),
				decideCell{lines: b.words.Evidence(c, row.Row)})
		} else {
			cells = append(cells, said(""), said(""), said(""))
		}
	}
	for _, column := range b.free {
		text := ""
		for _, a := range row.Attributes {
			if a.Column == column {
				text = a.Value
			}
		}
		cells = append(cells, said(text))
	}
	return append(cells, said(row.ExternalID), said(""), said(row.File), said(row.Sheet),
		decideCell{number: row.Row}, decideCell{number: p.Number}, said(b.review.Source), said(p.Digest))
}

// write writes a cell of a column.
func (b *reviewBook) write(ref string, at int, c decideCell) error {
	column := b.columns[at]
	style := b.styles.of(column)
	switch {
	case column.number:
		return errors.Join(b.file.SetCellInt(b.name(decideSheet), ref, int64(c.number)),
			b.file.SetCellStyle(b.name(decideSheet), ref, ref, style))
	case at == 0:
		style = b.open
	case c.url != "" && b.targets.add(ref, []byte(c.url)):
		style = b.styles.leading(column)
	}
	text := strings.Join(c.lines, "\n")
	if !slices.Contains(c.differs, true) || cut(text) != text {
		return b.text(b.name(decideSheet), ref, style, text)
	}
	var runs []excelize.RichTextRun
	for i, line := range c.lines {
		run := excelize.RichTextRun{Text: line, Font: &excelize.Font{Family: "Calibri", Size: 11}}
		if i < len(c.lines)-1 {
			run.Text += "\n"
		}
		if c.differs[i] {
			run.Font.Bold = true
			run.Font.Color = "C00000"
		}
		runs = append(runs, run)
	}
	return errors.Join(b.file.SetCellRichText(b.name(decideSheet), ref, runs),
		b.file.SetCellStyle(b.name(decideSheet), ref, ref, style))
}

// offer notes which choices a cell has.
func (b *reviewBook) offer(cell int, p provision.HeldPerson, row provision.HeldRow) {
	offered := make([]string, len(row.Choices))
	for i, c := range row.Choices {
		offered[i] = b.words.Choice(p, row, c)
	}
	key := strings.Join(offered, "\n")
	if b.choices[key] == nil {
		b.choices[key] = &choiceList{row: len(b.choices) + 1, n: len(offered)}
	}
	b.choices[key].cells = append(b.choices[key].cells, cell)
}

// ranges names cells of the first column, those below each other in one: Excel takes
// so many names for one list of choices.
func ranges(rows []int) string {
	var all []string
	for from := 0; from < len(rows); {
		to := from
		for to+1 < len(rows) && rows[to+1] == rows[to]+1 {
			to++
		}
		name := fmt.Sprintf("A%d", rows[from])
		if to > from {
			name += fmt.Sprintf(":A%d", rows[to])
		}
		all = append(all, name)
		from = to + 1
	}
	return strings.Join(all, " ")
}

// dropDowns writes the choices on a hidden sheet, where they may hold commas
// and be as many as there are, and lets the cells point there.
func (b *reviewBook) dropDowns() error {
	if _, err := b.file.NewSheet(b.name(choicesSheet)); err != nil {
		return err
	}
	byRow := func(x, y string) int { return b.choices[x].row - b.choices[y].row }
	for _, key := range slices.SortedFunc(maps.Keys(b.choices), byRow) {
		list := b.choices[key]
		for i, option := range strings.Split(key, "\n") {
			cell, err := excelize.CoordinatesToCellName(i+1, list.row)
			if err != nil {
				return err
			}
			if err := b.file.SetCellStr(b.name(choicesSheet), cell, option); err != nil {
				return err
			}
		}
		last, err := excelize.ColumnNumberToName(list.n)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = ranges(list.cells)
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$A$%d:$%s$%d", b.name(choicesSheet), list.row, last, list.row))
		v.SetError(excelize.DataValidationErrorStyleStop, b.words.Say("Not possible here"),
			b.words.Say("Choose one of the list, or leave the cell empty."))
		v.SetInput(b.words.Say(decisionTitle), b.words.Say("Choose one of the list. The sheet %s explains them.", b.name(howToSheet)))
		if err := b.file.AddDataValidation(b.name(decideSheet), v); err != nil {
			return err
		}
	}
	return b.file.SetSheetVisible(b.name(choicesSheet), false)
}
