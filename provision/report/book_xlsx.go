package report

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

// sheetRows is how many rows a sheet takes before the next one begins; the
// format ends at 1,048,576.
const sheetRows = 1_048_000

// book writes report.xlsx: the Summary, and the rows on a sheet for each thing
// that a person would do about them.
type book struct {
	folder *folder
	words  *words
	file   *excelize.File
	styles styles
	limit  int // rows a sheet takes

	invites, claimed, updated, review, unchanged, other *sheet

	rejected map[int]*sheet // by group of lists
	sheets   []*sheet       // all of them, in order
}

func newBook(f *folder, w *words, lists []*list, limit int) (*book, error) {
	if limit == 0 {
		limit = sheetRows
	}
	b := &book{folder: f, words: w, limit: limit, rejected: map[int]*sheet{}}
	b.file = excelize.NewFile(excelize.Options{TmpDir: f.scratch()})
	if err := b.open(lists); err != nil {
		return nil, errors.Join(fmt.Errorf("beginning %s: %w", WorkbookFile, err), b.close())
	}
	return b, nil
}

// open makes the sheets in their order.
func (b *book) open(lists []*list) error {
	if err := b.file.SetSheetName("Sheet1", summarySheet); err != nil {
		return err
	}
	var err error
	if b.styles, err = newStyles(b.file); err != nil {
		return err
	}
	b.invites = b.sheet(invitesSheet, inviteColumns)
	b.claimed = b.sheet(claimedSheet, personColumns)
	b.updated = b.sheet(updatedSheet, personColumns)
	b.review = b.sheet(reviewSheet, reviewColumns)
	for _, l := range lists {
		if b.rejected[l.group] == nil {
			b.rejected[l.group] = b.sheet(nth(rejectedSheet, len(b.rejected)+1), rejectedColumns(l))
		}
	}
	if len(lists) == 0 {
		b.sheet(rejectedSheet, rejectedColumns(&list{}))
	}
	b.unchanged = b.sheet(unchangedSheet, personColumns)
	b.other = b.sheet(otherSheet, otherColumns)
	for _, s := range b.sheets {
		if err := s.begin(); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) sheet(title string, columns []column) *sheet {
	s := &sheet{book: b, title: title, columns: columns}
	b.sheets = append(b.sheets, s)
	return s
}

func nth(title string, n int) string {
	if n == 1 {
		return title
	}
	return fmt.Sprintf("%s %d", title, n)
}

// line puts a row where somebody will look for it. A person with a link, or
// to be told in another way, stands among the invites too.
func (b *book) line(v view) error {
	var err error
	if v.Outcome == provision.Created || invited(v) {
		err = b.invites.add(inviteCells(v))
	}
	switch v.Outcome {
	case provision.Created:
	case provision.Claimed:
		err = errors.Join(err, b.claimed.add(personCells(v)))
	case provision.Updated:
		err = errors.Join(err, b.updated.add(personCells(v)))
	case provision.Unchanged:
		err = errors.Join(err, b.unchanged.add(personCells(v)))
	case provision.Review:
		err = errors.Join(err, b.addReview(v))
	case provision.Rejected:
		err = errors.Join(err, b.addRejected(v))
	default:
		err = errors.Join(err, b.other.add(otherCells(v)))
	}
	return err
}

// finish writes the summary and saves the book.
func (b *book) finish(s provision.Summary) error {
	for _, sheet := range b.sheets {
		if err := sheet.end(); err != nil {
			return err
		}
	}
	if err := b.summary(s); err != nil {
		return err
	}
	file, err := b.folder.create(WorkbookFile)
	if err != nil {
		return err
	}
	if err := b.file.Write(file); err != nil {
		return fmt.Errorf("saving %s: %w", WorkbookFile, err)
	}
	return nil
}

// close removes the temporary files of the book.
func (b *book) close() error { return b.file.Close() }
