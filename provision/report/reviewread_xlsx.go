package report

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/importer"
	"muster/importer/file"
	"muster/provision"
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

// readReviewBook reads the decisions of a workbook. Sheets and columns are found by
// their titles, wherever they were moved; somebody may have decided on a copy.
func readReviewBook(path string) (_ review.Answers, err error) {
	f, err := excelize.OpenFile(path, excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    reviewUnpacked,
		UnzipXMLSizeLimit: reviewUnpacked,
	})
	if err != nil {
		return review.Answers{}, notOpened(path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := reviewReader{path: path, seen: map[review.Answer]bool{}}
	var unread error
	for _, sheet := range reviewFirst(f.GetSheetList()) {
		rows, err := rowsOf(f, sheet)
		if err != nil {
			unread = cmp.Or(unread, notAReview(path, "sheet %q cannot be read: %v", sheet, err))
			continue
		}
		for i := range min(headerWithin, len(rows)) {
			if in, is := languageOf(rows[i]); is {
				if err := r.rows(in, sheet, rows, i); err != nil {
					return review.Answers{}, err
				}
				break
			}
		}
	}
	switch {
	case r.answers.Source != "":
		return r.answers, nil
	case r.found:
		return r.answers, notAReview(path, "no row says which run it is of")
	case unread != nil:
		return review.Answers{}, unread
	}
	return review.Answers{}, notAReview(path, "no sheet has the columns %s and %s", decisionTitle, digestTitle)
}

// notOpened says what a file is that is no workbook, and what to do: programs save
// one in other formats, too.
func notOpened(path string, err error) error {
	list, no := importer.Open(path, importer.Options{})
	if no == nil {
		err = errors.Join(list.Close(), zip.ErrFormat)
	}
	save := &file.Error{Path: path, Class: file.Unsupported, Msg: "is no workbook", Hint: "open it in a spreadsheet program, and save it as .xlsx"}
	var is *file.Error
	switch {
	case errors.As(no, &is) && is.Class == file.Encrypted:
		return is
	case is != nil && (is.Class == file.Unsupported || is.Class == file.LegacyXLS):
		save.Class, save.Msg = is.Class, is.Msg
		return save
	case errors.Is(err, zip.ErrFormat):
		return save
	}
	return notAReview(path, "%v", err)
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
	has := func(title string) bool {
		return slices.ContainsFunc(header, func(typed string) bool { return titled(typed) == titled(title) })
	}
	if !has(digestTitle) {
		return found, false
	}
	most := 0
	for _, in := range words.Languages() {
		there := 0
		for _, title := range peopleTitles {
			if has(in.Say(title)) {
				there++
			}
		}
		if there > most && has(in.Say(decisionTitle)) {
			found, most = in, there
		}
	}
	return found, most > 0
}

// titled is the title of a column without what people change of it unawares.
func titled(title string) string { return strings.ToLower(strings.Join(strings.Fields(title), " ")) }

// rows reads the rows under the header of a sheet.
func (r *reviewReader) rows(in words.In, sheet string, rows [][]string, header int) error {
	if !r.found {
		r.found = true
		r.answers.Path, r.answers.In = r.path, in
	}
	r.sheet = sheet
	r.at = map[string]int{}
	at := map[string]int{}
	for i, title := range rows[header] {
		if _, twice := at[titled(title)]; !twice {
			at[titled(title)] = i
		}
	}
	for _, title := range []string{rowTitle, personTitle, runTitle, digestTitle, decisionTitle, nameTitle, emailTitle, remarkTitle} {
		shown := title
		if slices.Contains(peopleTitles, title) {
			shown = in.Say(title)
		}
		i, ok := at[titled(shown)]
		if !ok {
			return notAReview(r.path, "the column %s of sheet %s is gone", shown, sheet)
		}
		r.at[title] = i
	}
	for i := header + 1; i < len(rows); i++ {
		r.row(rows[i], i+1)
	}
	return nil
}

type reviewReader struct {
	path    string
	found   bool // a sheet with decisions
	sheet   string
	at      map[string]int // title in English → column from 0
	seen    map[review.Answer]bool
	answers review.Answers
}

// number reads a number of ours. Some programs write 18 as 18.0.
func number(cell string) (int, error) {
	whole, rest, _ := strings.Cut(strings.TrimSpace(cell), ".")
	if strings.Trim(rest, "0") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.Atoi(whole)
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
	a.Person, err1 = number(text(personTitle))
	a.Row, err2 = number(text(rowTitle))
	run := text(runTitle)
	broken := err1 != nil || err2 != nil || a.Digest == "" || run == ""
	other := r.answers.Source != "" && run != r.answers.Source
	switch {
	case (broken || other) && decision == "": // somebody's own lines
	case broken:
		r.fault(a.Cell, "take the line from a fresh export", "the line was changed: Row, Person, Run and Digest no longer say which held row it is")
	case other:
		r.fault(a.Cell, "take the line out of this file, and decide in the review that it is of",
			"the line is of another review, that of "+provision.ShortRun(run)+": the lines above are of "+provision.ShortRun(r.answers.Source))
	default:
		r.answers.Source = run
		once := a
		once.Cell = ""
		if !r.seen[once] { // a line that was copied says it again
			r.seen[once] = true
			r.answers.All = append(r.answers.All, a)
		}
	}
}

func (r *reviewReader) fault(cell, hint, msg string) {
	r.answers.Faults = append(r.answers.Faults, review.CellFault{Cell: cell, Msg: msg, Hint: hint})
}
