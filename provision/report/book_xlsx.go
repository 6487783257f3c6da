package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"muster/provision"
)

// sheetRows is how many rows a sheet takes before the next one begins; the
// format ends at 1,048,576.
const sheetRows = 1_048_000

// book writes report.xlsx: the Summary, and the rows on a sheet for each thing
// that a person would do about them.
//
// excelize makes everything of the file but the rows. Its stream writer keeps
// 16 to 32 MB of every large sheet in memory until the file is saved, and
// there are eight of them; so rows are spooled, and the splicer puts them into
// their sheets while the file is saved.
type book struct {
	ctx    context.Context // of the one call to Write that the book lives in
	folder *bundle
	words  *wording
	limit  int // rows a sheet takes

	invites, differences, claimed, updated, review, unchanged, other, drift, removed *sheet

	rejected map[int]*sheet // by group of lists
	sheets   []*sheet       // all of them, in order

	file   *excelize.File
	styles styles
	links  []*linkParts // of the sheets

	inserts map[string]insert // into parts of the file, by their paths
}

// paper is a book without any sheet: what every workbook of a report begins
// with.
func (w *writer) paper(files *bundle) *book {
	return &book{
		ctx:      w.ctx,
		folder:   files,
		words:    w.words,
		limit:    cmp.Or(w.sheet, sheetRows),
		rejected: map[int]*sheet{},
	}
}

func newBook(b *book, lists []*list) (*book, error) {
	w := b.words
	b.invites = b.sheet(w.Say(invitesSheet), w.freeColumns(inviteColumns))
	b.differences = b.sheet(w.Say(differSheet), w.titled(differenceColumns))
	b.claimed = b.sheet(w.Say(claimedSheet), w.freeColumns(personColumns))
	b.updated = b.sheet(w.Say(updatedSheet), w.freeColumns(personColumns))
	b.review = b.sheet(w.Say(reviewSheet), w.freeColumns(reviewColumns))
	for _, l := range lists {
		if b.rejected[l.group] == nil {
			b.rejected[l.group] = b.sheet(w.Say(rejectedSheet), w.rejectedColumns(l))
		}
	}
	if len(lists) == 0 {
		b.sheet(w.Say(rejectedSheet), w.rejectedColumns(&list{}))
	}
	b.unchanged = b.sheet(w.Say(unchangedSheet), w.freeColumns(personColumns))
	b.other = b.sheet(w.Say(otherSheet), w.freeColumns(otherColumns))
	b.drift = b.sheet(w.Say(driftSheet), w.titled(driftColumns))
	b.removed = b.sheet(w.Say(removedSheet), w.titled(removedColumns))
	b.drift.applies, b.removed.applies = true, true
	for _, s := range b.sheets {
		bands := 1
		if s == b.invites {
			bands = inviteBands
		}
		if err := s.open(b.folder.scratch(), b.limit-1, bands); err != nil {
			return nil, errors.Join(fmt.Errorf("beginning %s: %w", WorkbookFile, err), b.close())
		}
	}
	return b, nil
}

func (b *book) sheet(title string, columns []column) *sheet {
	s := &sheet{title: title, columns: columns}
	b.sheets = append(b.sheets, s)
	return s
}

// first is the name of the first sheet.
func (b *book) first() string { return b.words.Say(summarySheet) }

// line puts a row where somebody will look for it. A person with a link, or
// to be told in another way, stands among the invites too.
func (b *book) line(v *view) error {
	var err error
	if v.Outcome == provision.Created || invited(v) {
		err = b.invites.add(inviteBand(v), inviteCells(v))
	}
	err = errors.Join(err, b.addDifferences(v), b.addDrift(v))
	switch v.Outcome {
	case provision.Created:
	case provision.Claimed:
		err = errors.Join(err, b.claimed.add(0, personCells(v)))
	case provision.Updated:
		err = errors.Join(err, b.updated.add(0, personCells(v)))
	case provision.Unchanged:
		err = errors.Join(err, b.unchanged.add(0, personCells(v)))
	case provision.Review:
		err = errors.Join(err, b.addReview(v))
	case provision.Rejected:
		err = errors.Join(err, b.addRejected(v))
	default:
		err = errors.Join(err, b.other.add(0, otherCells(v)))
	}
	return err
}

// finish puts the book together and saves it.
func (b *book) finish(s provision.Summary) error {
	return b.saveAs(WorkbookFile, func() (map[string]*splice, error) {
		if err := b.file.SetSheetName("Sheet1", b.first()); err != nil {
			return nil, err
		}
		if err := b.summary(s); err != nil {
			return nil, err
		}
		return b.layout()
	})
}

// saveAs makes a workbook. What makes its sheets returns the rows that belong
// into them, by the part of the file.
func (b *book) saveAs(name string, sheets func() (map[string]*splice, error)) (err error) {
	if err := b.closeLinks(); err != nil { // it was made once before
		return err
	}
	b.file = excelize.NewFile(excelize.Options{TmpDir: b.folder.scratch()})
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if b.styles, err = newStyles(b.file, b.words.dateFormat()); err != nil {
		return fmt.Errorf("saving %s: %w", name, err)
	}
	splices, err := sheets()
	if err != nil {
		return fmt.Errorf("saving %s: %w", name, err)
	}
	out, err := b.folder.create(name)
	if err != nil {
		return err
	}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		splicer := newSplicer(b.ctx, out, splices)
		splicer.inserts = b.inserts
		return splicer
	})
	if err := b.file.Write(io.Discard); err != nil { // the splicer has written to out
		return fmt.Errorf("saving %s: %w", name, err)
	}
	return nil
}

// layout makes the sheets, empty but for their headers, and says which rows
// belong into which part of the file.
func (b *book) layout() (map[string]*splice, error) {
	splices := map[string]*splice{}
	named := map[string]int{}
	for _, s := range b.sheets {
		if s.applies && s.rows() == 0 {
			continue
		}
		stretches, err := s.stretches()
		if err != nil {
			return nil, err
		}
		columns, pick := s.kept()
		for _, rows := range stretches {
			named[s.title]++
			name := nth(s.title, named[s.title])
			if err := errors.Join(b.begin(s.title, name, columns, rows.n), b.printedColumns(name, columns, rows.n+1)); err != nil {
				return nil, err
			}
			links, err := newLinkParts(b.folder.scratch())
			if err != nil {
				return nil, err
			}
			b.links = append(b.links, links)
			path := fmt.Sprintf("xl/worksheets/sheet%d.xml", b.file.SheetCount)
			splices[path] = &splice{rows: rows, columns: columns, pick: pick, styles: b.styles, links: links}
		}
	}
	return splices, nil
}

func nth(title string, n int) string {
	if n == 1 {
		return title
	}
	return fmt.Sprintf("%s %d", title, n)
}

// close removes the temporary files of the book.
func (b *book) close() error {
	var err error
	for _, s := range b.sheets {
		err = errors.Join(err, s.close())
	}
	return errors.Join(err, b.closeLinks())
}

func (b *book) closeLinks() error {
	var err error
	for _, l := range b.links {
		err = errors.Join(err, l.close())
	}
	b.links = nil
	return err
}
