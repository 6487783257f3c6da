package xlsxfile

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"

	"muster/importer/file"
)

// reader is excelize, which reads pieces of sheets. It never sees the file
// itself: it drops checksum, size and XML errors, knows parts only under their
// usual names, and loads what it does not need. So it gets a package of our own
// with the shared strings and a few empty sheets, and each piece in the place of
// one of these. Pieces may be read side by side, one in each place.
type reader struct {
	shared *sharedScan
	book   *excelize.File
	free   chan place
}

// place is an empty sheet of our own package.
type place struct{ sheet, part string }

// places is how many pieces may be read at once.
const places = 4

func placeOf(n int) place {
	return place{fmt.Sprintf("Sheet%d", n+1), fmt.Sprintf("xl/worksheets/sheet%d.xml", n+1)}
}

// openReader has excelize read the shared strings, which have been scanned.
func (w *Workbook) openReader() (r *reader, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = unreadable(fmt.Errorf("%v", p))
		}
	}()
	r = &reader{shared: w.shared, free: make(chan place, places)}
	r.book, err = excelize.OpenFile(w.own, excelize.Options{
		RawCellValue:   true,
		UnzipSizeLimit: w.limits.UnpackedBytes + 1<<20,
		TmpDir:         w.temp,
	})
	if err != nil {
		return nil, unreadable(err)
	}
	_ = os.Remove(w.own)
	for n := range places {
		r.free <- placeOf(n)
	}
	r.readStrings()
	return r, nil
}

// readStrings has excelize read the shared strings before the first piece: it
// is not made to do that for two at once. Their XML is then let go. If they
// cannot be read, the first row cannot either.
func (r *reader) readStrings() {
	p := &piece{rows: 1, xml: []byte(pieceHead + `<row><c t="s"><v>0</v></c></row>` + pieceTail)}
	if r.read(p); p.fault == "" {
		r.book.Pkg.Delete(stringsPart)
	}
}

// read reads a piece.
func (r *reader) read(p *piece) {
	at := <-r.free
	defer func() {
		if v := recover(); v != nil {
			p.fault = fmt.Sprintf("cannot be read: %v", v)
		}
		r.book.Pkg.Delete(at.part)
		p.xml, p.joins = nil, nil
		r.free <- at
	}()
	r.book.Pkg.Store(at.part, p.withTexts(r.shared))
	rows, err := r.book.Rows(at.sheet)
	for err == nil && len(p.values) < p.rows {
		if !rows.Next() {
			p.fault = "breaks off here"
			return
		}
		var values []string
		if values, err = rows.Columns(); err == nil {
			err = rows.Error()
		}
		if err == nil {
			p.values = append(p.values, values)
		}
	}
	switch {
	case err != nil:
		p.fault = "cannot be read: " + err.Error()
	case rows.Next():
		p.fault = "has rows that are not there"
	}
}

// unreadable says that excelize cannot read what the scan has passed.
func unreadable(err error) *file.Error {
	return &file.Error{
		Class: file.Corrupt,
		Msg:   "cannot be read",
		Err:   err,
		Hint:  "open it in a spreadsheet program and save it again",
	}
}
