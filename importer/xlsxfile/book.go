package xlsxfile

import (
	"io"
	"os"

	"muster/importer/file"
)

// Workbook is a checked package and what was scanned of it.
type Workbook struct {
	pkg    *opcPackage
	temp   string
	limits file.Limits
	shared *sharedScan
	own    string // our own package
	styles []styleKind
	reader *reader                  // nil until a row is read
	scans  map[string]*sheetSummary // by part of the sheet
}

// Open checks the package in a file of size bytes and scans its shared strings.
// temp is a private folder for what has to be written on the way. The error is
// a *file.Error.
func Open(r io.ReaderAt, size int64, temp string, l file.Limits) (*Workbook, error) {
	pkg, err := openPackage(r, size, l)
	if err != nil {
		return nil, err
	}
	w := &Workbook{
		pkg:    pkg,
		temp:   temp,
		limits: l,
		scans:  map[string]*sheetSummary{},
	}
	if err := w.readShared(); err != nil {
		return nil, err
	}
	w.styles, err = pkg.readStyles()
	return w, err
}

// readShared scans the shared strings, and writes those that are not plain to
// our own package.
func (w *Workbook) readShared() error {
	own, err := newOwnPackage(w.temp)
	if err != nil {
		return err
	}
	if _, ok := w.pkg.parts[partKey(w.pkg.shared)]; ok {
		err = w.scanShared(own)
	}
	name, cerr := own.close()
	if err == nil {
		err = cerr
	}
	w.own = name
	return err
}

func (w *Workbook) scanShared(own *ownPackage) error {
	part, err := w.pkg.part(w.pkg.shared)
	if err != nil {
		return err
	}
	w.shared, err = scanShared(part, w.limits.CellBytes, own.add)
	if cerr := part.Close(); err == nil && cerr != nil {
		err = zipError(cerr)
	}
	return err
}

// Close frees what the workbook holds; its file is the caller's.
func (w *Workbook) Close() error {
	if w.reader == nil {
		return nil
	}
	book := w.reader.book
	w.reader = nil
	return book.Close()
}

// Forget removes what was written of the sheet of a name: it is not needed any
// more. Should it be, it is scanned again.
func (w *Workbook) Forget(sheet string) {
	for _, ref := range w.pkg.sheets {
		if s := w.scans[ref.part]; s != nil && ref.Name == sheet {
			_ = os.Remove(s.pieces)
			delete(w.scans, ref.part)
		}
	}
}

// Sheets lists the worksheets, hidden ones too, in their order.
func (w *Workbook) Sheets() []Sheet { return w.pkg.sheets }

// FilledRows counts the rows of a sheet that hold a value. The error is a
// *file.Error for a sheet that is damaged.
func (w *Workbook) FilledRows(sheet Sheet) (int, error) {
	s, err := w.summary(sheet)
	if err != nil {
		return 0, err
	}
	return s.filledRows, nil
}

// summary scans a sheet once and remembers what stands outside its cells.
func (w *Workbook) summary(ref Sheet) (*sheetSummary, error) {
	if s := w.scans[ref.part]; s != nil {
		return s, nil
	}
	s, err := w.summarize(ref)
	if err != nil {
		return nil, file.Placed(err, "", ref.Name)
	}
	w.scans[ref.part] = s
	return s, nil
}
