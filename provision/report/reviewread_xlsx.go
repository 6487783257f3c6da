package report

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/provision/review"
)

// headerWithin is how many rows from the top the header may have slipped.
const headerWithin = 10

// readReviewBook reads the decisions of a workbook. Sheet and columns are
// found by their titles, wherever they were moved.
func readReviewBook(path string) (_ review.Answers, err error) {
	f, err := excelize.OpenFile(path, excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    1 << 30,
		UnzipXMLSizeLimit: 1 << 29,
	})
	if err != nil {
		return review.Answers{}, notAReview(path, "%v", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sheets := f.GetSheetList()
	if slices.Contains(sheets, decideSheet) {
		sheets = append([]string{decideSheet}, sheets...)
	}
	for _, sheet := range sheets {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return review.Answers{}, notAReview(path, "sheet %q cannot be read: %v", sheet, err)
		}
		for i := range min(headerWithin, len(rows)) {
			if slices.Contains(rows[i], decisionTitle) && slices.Contains(rows[i], "Digest") {
				return readRows(path, sheet, rows, i)
			}
		}
	}
	return review.Answers{}, notAReview(path, "no sheet has the columns %s and Digest", decisionTitle)
}

// readRows reads the rows under the header.
func readRows(path, sheet string, rows [][]string, header int) (review.Answers, error) {
	r := reviewReader{sheet: sheet, at: map[string]int{}}
	r.answers.Path = path
	for i, title := range rows[header] {
		if _, twice := r.at[title]; !twice {
			r.at[title] = i
		}
	}
	for _, title := range []string{"Row", "Person", "Name", "Email", "Remark", "Run"} {
		if _, ok := r.at[title]; !ok {
			return r.answers, notAReview(path, "the column %s of sheet %s is gone", title, sheet)
		}
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
	at      map[string]int // title → column from 0
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
		Digest:   text("Digest"),
		Decision: decision,
		Remark:   strings.TrimSpace(text("Remark")),
		Name:     text("Name"),
		Email:    text("Email"),
		Cell:     fmt.Sprintf("%s!%s%d", r.sheet, letter, line),
	}
	var err1, err2 error
	a.Person, err1 = strconv.Atoi(text("Person"))
	a.Row, err2 = strconv.Atoi(text("Row"))
	run := text("Run")
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
