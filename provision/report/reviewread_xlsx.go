package report

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/provision/review"
	"muster/provision/words"
)

// headerWithin is how many rows from the top the header may have slipped.
const headerWithin = 10

// What a workbook of decisions may be at most: unpacked, and the columns of a
// row, far more than there are.
const (
	reviewUnpacked = 256 << 20
	reviewWidth    = 1_000
)

// readReviewBook reads the decisions of a workbook. Sheet and columns are
// found by their titles, wherever they were moved.
func readReviewBook(path string) (_ review.Answers, err error) {
	f, err := excelize.OpenFile(path, excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    reviewUnpacked,
		UnzipXMLSizeLimit: reviewUnpacked,
	})
	if err != nil {
		return review.Answers{}, notAReview(path, "%v", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, sheet := range reviewFirst(f.GetSheetList()) {
		rows, err := rowsOf(f, sheet)
		if err != nil {
			return review.Answers{}, notAReview(path, "sheet %q cannot be read: %v", sheet, err)
		}
		for i := range min(headerWithin, len(rows)) {
			if in, is := languageOf(rows[i]); is {
				return readRows(path, in, sheet, rows, i)
			}
		}
	}
	return review.Answers{}, notAReview(path, "no sheet has the columns %s and %s", decisionTitle, digestTitle)
}

// rowsOf reads the rows of a sheet, unless one of them is wider than any review:
// a cell at its right end makes thousands of each.
func rowsOf(f *excelize.File, sheet string) ([][]string, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]string
	said := 0 // rows, without the blank ones at the end
	for rows.Next() {
		row, err := rows.Columns()
		switch {
		case err != nil:
			return nil, err
		case len(row) > reviewWidth:
			return nil, fmt.Errorf("row %d has %s columns", len(all)+1, words.Number(len(row)))
		}
		if all = append(all, row); len(row) > 0 {
			said = len(all)
		}
	}
	return all[:said], rows.Error()
}

// reviewFirst puts the sheet first that is called as the one to decide on is in
// some language: somebody may have copied it.
func reviewFirst(sheets []string) []string {
	called := map[string]bool{}
	for _, in := range words.Languages() {
		called[in.Say(decideSheet)] = true
	}
	slices.SortStableFunc(sheets, func(a, b string) int {
		switch {
		case called[a] == called[b]:
			return 0
		case called[a]:
			return -1
		}
		return 1
	})
	return sheets
}

// peopleTitles are the columns that are read, as people see them.
var peopleTitles = []string{decisionTitle, nameTitle, emailTitle, remarkTitle}

// languageOf is the language of a header: the one in which most of the columns
// are there that people see, with that of decisions. It is none where a row is
// no header of a review.
func languageOf(header []string) (found words.In, is bool) {
	if !slices.Contains(header, digestTitle) {
		return found, false
	}
	most := 0
	for _, in := range words.Languages() {
		there := 0
		for _, title := range peopleTitles {
			if slices.Contains(header, in.Say(title)) {
				there++
			}
		}
		if there > most && slices.Contains(header, in.Say(decisionTitle)) {
			found, most = in, there
		}
	}
	return found, most > 0
}

// readRows reads the rows under the header.
func readRows(path string, in words.In, sheet string, rows [][]string, header int) (review.Answers, error) {
	r := reviewReader{sheet: sheet, at: map[string]int{}}
	r.answers.Path, r.answers.In = path, in
	at := map[string]int{}
	for i, title := range rows[header] {
		if _, twice := at[title]; !twice {
			at[title] = i
		}
	}
	for _, title := range []string{rowTitle, personTitle, runTitle, digestTitle, decisionTitle, nameTitle, emailTitle, remarkTitle} {
		shown := title
		if slices.Contains(peopleTitles, title) {
			shown = in.Say(title)
		}
		i, ok := at[shown]
		if !ok {
			return r.answers, notAReview(path, "the column %s of sheet %s is gone", shown, sheet)
		}
		r.at[title] = i
	}
	for i := header + 1; i < len(rows); i++ {
		r.row(rows[i], i+1)
	}
	if r.answers.Source == "" {
		return r.answers, notAReview(path, "no row says which run it is of")
	}
	return r.answers, nil
}

type reviewReader struct {
	sheet   string
	at      map[string]int // title in English → column from 0
	answers review.Answers
}

func (r *reviewReader) row(cells []string, line int) {
	text := func(title string) string {
		if i := r.at[title]; i < len(cells) {
			return cells[i]
		}
		return ""
	}
	decision := strings.TrimSpace(text(decisionTitle))
	letter, _ := excelize.ColumnNumberToName(r.at[decisionTitle] + 1)
	a := review.Answer{
		Digest:   text(digestTitle),
		Decision: decision,
		Remark:   strings.TrimSpace(text(remarkTitle)),
		Name:     text(nameTitle),
		Email:    text(emailTitle),
		Cell:     fmt.Sprintf("%s!%s%d", r.sheet, letter, line),
	}
	var err1, err2 error
	a.Person, err1 = strconv.Atoi(text(personTitle))
	a.Row, err2 = strconv.Atoi(text(rowTitle))
	run := text(runTitle)
	broken := err1 != nil || err2 != nil || a.Digest == "" || run == "" ||
		r.answers.Source != "" && run != r.answers.Source
	switch {
	case broken && decision == "": // somebody's own lines
	case broken:
		r.answers.Faults = append(r.answers.Faults, review.CellFault{
			Cell: a.Cell,
			Msg:  "the line was changed: Row, Person, Run and Digest no longer say which held row it is",
			Hint: "take the line from a fresh export",
		})
	default:
		r.answers.Source = run
		r.answers.All = append(r.answers.All, a)
	}
}
