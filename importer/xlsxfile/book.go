package xlsxfile

import (
	"fmt"
	"io"
	"os"

	"github.com/xuri/excelize/v2"

	"muster/importer/file"
)

// Workbook is a checked package and the sheets of it that are open.
//
// excelize drops checksum, size and XML errors, knows parts only under their
// usual names, and loads what it does not need. So it never sees the file
// itself: a sheet is scanned first, then handed over in a package of our own
// that holds this sheet, the shared strings and nothing else, and while its
// rows come in they are compared cell by cell with what the scan found.
type Workbook struct {
	pkg    *opcPackage
	temp   string
	limits file.Limits
	shared *sharedScan
	styles []styleKind
	books  map[string]*excelize.File // by part of the sheet
	scans  map[string]*sheetSummary
}

// onlySheet is the name of the sheet in our own packages.
const onlySheet = "Sheet1"

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
		books:  map[string]*excelize.File{},
		scans:  map[string]*sheetSummary{},
	}
	if _, ok := pkg.parts[partKey(pkg.shared)]; ok {
		part, err := pkg.part(pkg.shared)
		if err != nil {
			return nil, err
		}
		w.shared, err = scanShared(part, l.CellBytes)
		if cerr := part.Close(); err == nil && cerr != nil {
			err = zipError(cerr)
		}
		if err != nil {
			return nil, err
		}
	}
	w.styles, err = pkg.readStyles()
	return w, err
}

// Close frees what the workbook holds; its file is the caller's.
func (w *Workbook) Close() error {
	var first error
	for _, b := range w.books {
		if err := b.Close(); err != nil && first == nil {
			first = err
		}
	}
	w.books = nil
	return first
}

// Forget closes the sheet of a name until it is needed again: every open one
// holds the strings of the workbook.
func (w *Workbook) Forget(sheet string) {
	for _, ref := range w.pkg.sheets {
		if b := w.books[ref.part]; b != nil && ref.Name == sheet {
			_ = b.Close()
			delete(w.books, ref.part)
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

// book opens a sheet that was scanned with excelize.
func (w *Workbook) book(ref Sheet) (f *excelize.File, err error) {
	if f := w.books[ref.part]; f != nil {
		return f, nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = &file.Error{
				Class: file.Corrupt,
				Sheet: ref.Name,
				Msg:   fmt.Sprintf("cannot be read: %v", p),
				Hint:  "open it in a spreadsheet program and save it again",
			}
		}
	}()
	name, err := w.extract(ref)
	if err != nil {
		return nil, err
	}
	defer os.Remove(name)
	f, err = excelize.OpenFile(name, excelize.Options{
		RawCellValue:   true,
		UnzipSizeLimit: w.limits.UnpackedBytes + 1<<20,
		TmpDir:         w.temp,
	})
	if err != nil {
		return nil, unreadable(ref.Name, err)
	}
	w.books[ref.part] = f
	return f, nil
}

// unreadable says that a sheet is broken.
func unreadable(sheet string, err error) *file.Error {
	return &file.Error{
		Class: file.Corrupt,
		Sheet: sheet,
		Msg:   "cannot be read",
		Err:   err,
		Hint:  "open it in a spreadsheet program and save it again",
	}
}
