package report

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

// Sheets of a review.
const (
	howToSheet    = "How to"
	decideSheet   = "Review" // has the header in its first row
	choicesSheet  = "Choices"
	decisionTitle = "Decision"
)

// decideColumns are the columns of the sheet to decide on; candidates stand
// between the two groups. They are found again by their titles.
var (
	decideColumns = []column{
		{title: decisionTitle, width: 26}, {title: "Row", width: 7, number: true}, {title: "Person", width: 8, number: true}, {title: "Line", width: 7, number: true},
		{title: "Name", width: 22}, {title: "Email", width: 30}, {title: "External id", width: 13}, {title: "Profiles", width: 26}, {title: "Why it is held", width: 34},
	}
	trailingColumns = []column{{title: "Remark", width: 28}, {title: "File", width: 22}, {title: "Sheet", width: 12}, {title: "Run", width: 38}, {title: "Digest", width: 66}}
	hiddenTitles    = []string{"Run", "Digest"}
)

// reviewBook is a review being written.
type reviewBook struct {
	book
	review  provision.HeldReview
	columns []column
	choices map[string]*choiceList
}

// choiceList is a row of choices, and the cells that offer them.
type choiceList struct {
	row, n int
	cells  []string
}

func writeReviewBook(w io.Writer, r provision.HeldReview) (err error) {
	b := &reviewBook{review: r, choices: map[string]*choiceList{}}
	b.file = excelize.NewFile()
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if b.styles, err = newStyles(b.file); err != nil {
		return err
	}
	candidates := 0
	for _, p := range r.People {
		candidates = max(candidates, len(p.Candidates))
	}
	b.columns = slices.Clone(decideColumns)
	for i := range candidates {
		b.columns = append(b.columns, column{title: "Candidate " + candidateLetter(r, i), width: 34, other: true}, column{title: "What leads to " + candidateLetter(r, i), width: 36, other: true})
	}
	b.columns = append(b.columns, trailingColumns...)
	for _, step := range []func() error{b.howTo, b.decide, b.dropDowns} {
		if err := step(); err != nil {
			return err
		}
	}
	return b.file.Write(w)
}

func candidateLetter(r provision.HeldReview, i int) string {
	for _, p := range r.People {
		if i < len(p.Candidates) {
			return p.Candidates[i].Letter
		}
	}
	return ""
}

// howTo is the first sheet: what this is and what may be decided.
func (b *reviewBook) howTo() error {
	if err := b.file.SetSheetName("Sheet1", howToSheet); err != nil {
		return err
	}
	texts := [][2]string{
		{"Who are these people?", ""},
		{"", heldWords(len(b.review.People)) + " Nothing was written for them. This workbook shows each beside the accounts they may be, for you to decide."},
		{"What to do", ""},
		{"1", "Go to the sheet Review. Every line is a row of your list; lines with the same number under Person are one person, or share something that only one person can have."},
		{"2", "Compare the row with each candidate to its right, and read what leads there."},
		{"3", "Choose in the column Decision. The drop-down offers exactly what is possible for that row. Where the lines of one person contradict each other, each of them needs a decision."},
		{"4", "Save the workbook and send it back, or run: muster review apply FILE"},
		{"What the decisions mean", ""},
	}
	texts = append(texts, choiceMeanings...)
	texts = append(texts, [2]string{"Good to know", ""},
		[2]string{"", "Change nothing but Decision and Remark: correcting a name or an address here corrects nothing. Correct the list instead and import it again."},
		[2]string{"", "Lines may be sorted, filtered and deleted; what is missing stays held."},
		[2]string{"", "A decision holds for every night to come, until the row or the accounts change."},
		[2]string{"(not shown)", "An account of another organization, or in none of the brands you see: you see what your own list said, never what the account holds."},
		[2]string{"Run", b.review.Source})
	for i, t := range texts {
		if err := b.howToLine(i+1, t[0], t[1]); err != nil {
			return err
		}
	}
	no, yes := false, true
	return errors.Join(b.file.SetSheetProps(howToSheet, &excelize.SheetPropsOptions{FitToPage: &yes}), b.file.SetColWidth(howToSheet, "A", "A", 28), b.file.SetColWidth(howToSheet, "B", "B", 96),
		b.file.SetSheetView(howToSheet, 0, &excelize.ViewOptions{ShowGridLines: &no}), b.printed(howToSheet))
}

func heldWords(people int) string {
	if people == 1 {
		return "One person of the list is held: it is not certain who they are."
	}
	return Number(people) + " people of the list are held: it is not certain who they are."
}

func (b *reviewBook) howToLine(row int, name, text string) error {
	style, points := b.styles.bold, height(wrapped(text, 96))
	switch {
	case row == 1:
		style, points = b.styles.title, 30
	case text == "":
		style, points = b.styles.heading, 28
	}
	if err := errors.Join(b.text(howToSheet, fmt.Sprintf("A%d", row), style, name), b.file.SetRowHeight(howToSheet, row, points)); err != nil || text == "" {
		return err
	}
	return b.text(howToSheet, fmt.Sprintf("B%d", row), b.styles.text, text)
}

// decide writes the sheet to decide on.
func (b *reviewBook) decide() error {
	rows := 0
	for _, p := range b.review.People {
		rows += len(p.Rows)
	}
	if err := b.begin(reviewSheet, decideSheet, b.columns, rows); err != nil {
		return err
	}
	if err := b.file.SetPanes(decideSheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	for i, c := range b.columns {
		if slices.Contains(hiddenTitles, c.title) {
			letter, _ := excelize.ColumnNumberToName(i + 1)
			if err := b.file.SetColVisible(decideSheet, letter, false); err != nil {
				return err
			}
		}
	}
	open, err := b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2CC"}},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: []excelize.Border{{Type: "bottom", Color: "BF9000", Style: 1}}, NumFmt: 49})
	if err != nil {
		return err
	}
	at := 1
	for _, p := range b.review.People {
		for _, row := range p.Rows {
			at++
			if err := b.row(at, p, row, open); err != nil {
				return err
			}
		}
	}
	return nil
}

// row writes one row of the list.
func (b *reviewBook) row(at int, p provision.HeldPerson, row provision.HeldRow, open int) error {
	values := []any{"", row.Row, p.Number, row.Line, row.Name, row.Email.Address, row.ExternalID, strings.ReplaceAll(profiles(row.Record), ", ", "\n"), WhyRow(p, row)}
	for i := range (len(b.columns) - len(decideColumns) - len(trailingColumns)) / 2 {
		if i < len(p.Candidates) {
			c := p.Candidates[i]
			values = append(values, strings.Join(CandidateWords(c), "\n"), strings.Join(EvidenceWords(c, row.Row), "\n"))
		} else {
			values = append(values, "", "")
		}
	}
	values = append(values, "", row.File, row.Sheet, b.review.Source, p.Digest)
	lines := 1
	for i, v := range values {
		cell, err := excelize.CoordinatesToCellName(i+1, at)
		if err != nil {
			return err
		}
		if n, ok := v.(int); ok {
			err = errors.Join(b.file.SetCellInt(decideSheet, cell, int64(n)), b.file.SetCellStyle(decideSheet, cell, cell, b.styles.of(b.columns[i])))
		} else {
			style := b.styles.of(b.columns[i])
			if i == 0 {
				style = open
				b.offer(cell, row.Options)
			}
			err = b.text(decideSheet, cell, style, v.(string))
			if b.columns[i].title != "Digest" && b.columns[i].title != "Run" {
				lines = max(lines, wrapped(v.(string), b.columns[i].width))
			}
		}
		if err != nil {
			return err
		}
	}
	return b.file.SetRowHeight(decideSheet, at, 15*float64(min(lines, 20)))
}

// offer notes which choices a cell has.
func (b *reviewBook) offer(cell string, options []string) {
	key := strings.Join(options, "\n")
	if b.choices[key] == nil {
		b.choices[key] = &choiceList{row: len(b.choices) + 1, n: len(options)}
	}
	b.choices[key].cells = append(b.choices[key].cells, cell)
}

// dropDowns writes the choices on a hidden sheet, where they may hold commas
// and be as many as there are, and lets the cells point there.
func (b *reviewBook) dropDowns() error {
	if _, err := b.file.NewSheet(choicesSheet); err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(b.choices), func(x, y string) int { return b.choices[x].row - b.choices[y].row }) {
		list := b.choices[key]
		for i, option := range strings.Split(key, "\n") {
			cell, err := excelize.CoordinatesToCellName(i+1, list.row)
			if err != nil {
				return err
			}
			if err := b.file.SetCellStr(choicesSheet, cell, option); err != nil {
				return err
			}
		}
		last, err := excelize.ColumnNumberToName(list.n)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = strings.Join(list.cells, " ")
		v.SetSqrefDropList(fmt.Sprintf("%s!$A$%d:$%s$%d", choicesSheet, list.row, last, list.row))
		v.SetError(excelize.DataValidationErrorStyleStop, "Not possible here", "Choose one of the list, or leave the cell empty.")
		v.SetInput("Decision", "Choose one of the list. The sheet How to explains them.")
		if err := b.file.AddDataValidation(decideSheet, v); err != nil {
			return err
		}
	}
	return b.file.SetSheetVisible(choicesSheet, false)
}
