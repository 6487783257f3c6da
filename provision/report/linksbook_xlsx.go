package report

import (
	"errors"
	"fmt"

	"muster/provision"
)

// linksBook writes links.xlsx: what links.csv has, with links that can be
// clicked, as letters are made from. Its columns are there also where they are
// empty, so that what names them goes on working.
type linksBook struct {
	*book
	sheet *sheet
}

// linkWidths are the widths of the columns of a link, in their order.
var linkWidths = []float64{7, 26, 34, 40, 22, 24, 14, 10, 16, 11, 16, 22, 24, 24}

// widest is how wide a column may be. Links are shown whole: they are copied, and programs
// do not wrap a cell that leads somewhere.
const widest = 255

// linkPlace is where the link stands among the columns.
const linkPlace = 3

func newLinksBook(b *book) (drawn, error) {
	own, free := b.words.linkTitles()
	var columns []column
	for i, title := range own {
		columns = append(columns, column{title: title, width: linkWidths[i], number: i == 0, name: i < 2, stays: true})
	}
	for _, title := range free {
		columns = append(columns, column{title: title, width: 24, stays: true, single: true})
	}
	l := &linksBook{book: b, sheet: b.sheet(linksSheet, columns)}
	if err := l.sheet.open(b.folder.scratch(), b.limit-1, 1); err != nil {
		return nil, errors.Join(fmt.Errorf("beginning %s: %w", LinksBook, err), b.close())
	}
	return l, nil
}

func (l *linksBook) line(v *view) error {
	if !live(v.Link) {
		return nil
	}
	v.row = addTexts(v.row[:0], l.words.linkCells(v)...)
	link := &v.row[linkPlace]
	link.url = leadsTo(link.text)
	column := &l.sheet.columns[linkPlace]
	column.width = max(column.width, min(float64(len(link.text)+2), widest))
	return l.sheet.add(0, v.row)
}

func (l *linksBook) finish(provision.Summary) error {
	return l.saveAs(LinksBook, func() (map[string]*splice, error) {
		if err := l.file.SetSheetName("Sheet1", linksSheet); err != nil {
			return nil, err
		}
		return l.layout()
	})
}
