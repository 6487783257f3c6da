package importer

import (
	"context"
	"iter"

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
			defer src.Close()
			err = l.feedRows(newFeed(ctx, l, src), yield)
		}
		if err != nil {
			yield(record.Row{}, file.Placed(err, l.path, l.table.sheet))
		}
	}
}

// feedRows hands out the rows of a feed, until no more are wanted.
func (l *List) feedRows(f *feed, yield func(record.Row, error) bool) error {
	for r, err := range throughGocsv(f) {
		if err != nil {
			return err
		}
		row := record.Row{Place: record.Place{File: l.path, Sheet: f.t.sheet, Line: r.line}, Cells: r.cells}
		f.complete(&row)
		conceal(&row, l.secrets)
		if !yield(row, nil) {
			return nil
		}
	}
	l.note(f.notes...)
	return nil
}
