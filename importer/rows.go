package importer

import (
	"context"
	"iter"
	"strconv"
	"sync"

	"github.com/gocarina/gocsv"
	"github.com/sourcegraph/conc"

	"muster/importer/file"
	"muster/importer/record"
)

// Rows hands out the data rows in the order of the file, reading as it goes.
// Blank rows, repeated headers and rows of totals are left out and noted. An
// error may come after any number of rows and ends them: nothing of a file
// may be imported before all of it was read.
func (l *List) Rows(ctx context.Context) iter.Seq2[record.Row, error] {
	return func(yield func(record.Row, error) bool) {
		src, err := l.table.open()
		if err == nil {
			defer l.release(src)
			err = l.feedRows(newFeed(ctx, l, src), yield)
		}
		if err != nil {
			yield(record.Row{}, file.Placed(err, l.path, l.table.sheet))
		}
	}
}

// release closes a source, and the sheet behind it where others come after it.
func (l *List) release(src file.Source) {
	_ = src.Close()
	if l.lists > 1 {
		l.book.Forget(l.table.sheet)
	}
}

// feedRows hands out rows through gocsv, until no more are wanted.
func (l *List) feedRows(f *feed, yield func(record.Row, error) bool) error {
	rows := make(chan gocsvRow, 4*batch)
	var broken error
	var wg conc.WaitGroup
	wg.Go(func() {
		defer close(f.ready)
		broken = gocsv.UnmarshalDecoderToChan(gocsv.NewSimpleDecoderFromCSVReader(f), rows)
	})
	stop := sync.OnceFunc(func() {
		f.stop.Store(true)
		for range rows {
		}
		wg.Wait()
	})
	defer stop()
	if !f.each(rows, yield) {
		return nil
	}
	stop()
	if broken == nil {
		l.note(f.notes...)
	}
	return broken
}

// batch is how many rows are made before the reader of them is woken: to wake
// it for every row costs more than to make the row.
const batch = 64

// each hands out rows as batches of them get ready.
func (f *feed) each(rows <-chan gocsvRow, yield func(record.Row, error) bool) bool {
	hand := func(r gocsvRow) bool {
		row := record.Row{Place: record.Place{File: f.l.path, Sheet: f.t.sheet, Line: r.line}, Cells: r.cells}
		f.complete(&row)
		conceal(&row, f.l.secrets)
		return yield(row, nil)
	}
	for n := range f.ready {
		for range n {
			if !hand(<-rows) {
				return false
			}
		}
	}
	for r := range rows {
		if !hand(r) {
			return false
		}
	}
	return true
}

// gocsvRow is what gocsv fills: it hands over cell by cell, with the name of
// the column. The first cell is the line; the name of its column ends in the
// number of those that follow, so that room is made for them once.
type gocsvRow struct {
	Place string `csv:"place"` // gocsv wants one tagged field
	line  int
	cells []string
}

const placeColumn = "place of "

// UnmarshalCSVWithFields is called by gocsv for every cell.
func (r *gocsvRow) UnmarshalCSVWithFields(column, value string) error {
	if r.cells == nil {
		r.line, _ = strconv.Atoi(value)
		width, _ := strconv.Atoi(column[len(placeColumn):])
		r.cells = make([]string, 0, width)
		return nil
	}
	if len(value) > 1 && value[0] == '\'' {
		value = Unguard(value)
	}
	r.cells = append(r.cells, value)
	return nil
}
