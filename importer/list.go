package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// List is an opened list whose columns are understood. It holds the file
// open until Close; Rows may be called again and again, one at a time.
type List struct {
	path    string // as named on the command line
	o       Options
	lenient bool
	file    *os.File
	size    int64
	temp    string // private folder; removed by Close if tempOwn
	tempOwn bool
	spooled string // copy of standard input, removed by Close

	info     Info
	cols     []column
	tables   []table
	headRows []headRow // first rows of the table found last
	book     *workbook // of an XLSX
	parser   parser
	format   *format // whose export it is, or nil
	secrets  []int   // columns whose cells nobody may see

	mu sync.Mutex // guards info.Notes
}

// table is one grid of cells with a header: a CSV file or a sheet.
type table struct {
	sheet  string
	header header
	kind   Kind // what the title of a template says, or ""
	open   func(context.Context) (source, error)
}

// source hands out the records of a table from its first line on.
type source interface {
	// next returns the line number in digits and the cells behind it, good
	// until the next call; io.EOF at the end.
	next() ([]string, error)
	// beside returns what is known of the last record beyond its cells, or nil.
	beside() *beside
	// done tells the notes to add after the last record, and whether the file
	// seems to have lost its end. close frees what the source holds.
	done(width int) ([]Note, error)
	close() error
}

// beside is what belongs to a row and has no place in its cells.
type beside struct {
	links map[int]string
	marks map[int]Mark
	extra []string
}

// Info says how a list was understood.
type Info struct {
	Path       string            `json:"path"`
	Format     Format            `json:"format"`
	Sheet      string            `json:"sheet"`
	Encoding   string            `json:"encoding"`
	Delimiter  string            `json:"delimiter"`
	HeaderLine int               `json:"header_line"` // 0: there is no header row
	Kind       Kind              `json:"kind,omitempty"`
	Template   Kind              `json:"template,omitempty"`  // it is a template of ours, for people of this kind
	ReadAs     string            `json:"read_as,omitempty"`   // whose export it is, where that is known
	Columns    []string          `json:"columns"`             // headers as they stand in the file
	Mapping    map[string]string `json:"mapping"`             // header → field; free columns are not in it
	Ignored    []string          `json:"ignored,omitempty"`   // columns that are left out, by --map 'X=' or because no list may bring them in
	Unknown    []Unknown         `json:"unknown,omitempty"`   // headers that mean nothing; kept as attributes
	Rights     []string          `json:"rights,omitempty"`    // columns that grant a right: role, permissions, products
	Sheets     []SheetInfo       `json:"sheets,omitempty"`    // every sheet of the workbook
	RowsHint   int               `json:"rows_hint,omitempty"` // about how many rows there are, 0 = not known
	Notes      []Note            `json:"notes,omitempty"`     // what was assumed or repaired; grows while rows are read
	Certain    bool              `json:"-"`                   // the encoding is known, not guessed
	Free       []string          `json:"-"`                   // columns that are kept as attributes, or may be
	Labels     []string          `json:"-"`                   // the columns, each by a name of its own, as in Mapping and Problem
	FeedBack   []string          `json:"-"`                   // header under which rows of the list can be fed back
}

// tolerate notes an error instead of returning it, if the list is only
// looked at.
func (l *List) tolerate(err error) error {
	var fe *FileError
	if !l.lenient || !errors.As(err, &fe) {
		return err
	}
	l.note(Note{Code: string(fe.Class), Sheet: fe.Sheet, Line: fe.Line, Column: fe.Column, Message: fe.Msg + "; " + fe.Hint, Fatal: true})
	return nil
}

// Unknown is a header that means nothing to us, with the field it looks like.
type Unknown struct {
	Header  string `json:"header"`
	Nearest string `json:"nearest,omitempty"`
}

// SheetInfo is a sheet of a workbook.
type SheetInfo struct {
	Name   string `json:"name"`
	Hidden bool   `json:"hidden,omitempty"`
	Read   bool   `json:"read,omitempty"`
}

// Note is something a person should know about how the file was read. Code
// is stable; Line is the first place, 0 = the file; Count says how often.
type Note struct {
	Code    string `json:"code"`
	Sheet   string `json:"sheet,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  string `json:"column,omitempty"`
	Count   int    `json:"count,omitempty"`
	Message string `json:"message"`
	Fatal   bool   `json:"fatal,omitempty"` // an import would stop here
}

// Text is the message with the place where that is not said in it.
func (n Note) Text() string {
	if n.Line > 0 && !strings.Contains(n.Message, fmt.Sprintf("line %d", n.Line)) {
		return fmt.Sprintf("line %d: %s", n.Line, n.Message)
	}
	return n.Message
}

// Open looks at a list as far as it takes to know what its columns mean; a
// workbook is checked whole. path "-" is standard input, which is copied to
// the private folder first. The error is a *FileError.
func Open(path string, o Options) (*List, error) { return openList(path, o, false) }

// openList opens a list. A lenient one may lack what an import needs (a
// column that names people, a row) and may carry what it must not: it is only
// looked at, and what is wrong with it is noted.
func openList(path string, o Options, lenient bool) (*List, error) {
	if err := o.Validate(); err != nil {
		return nil, placed(err, path, "")
	}
	o.Limits = o.Limits.withDefaults()
	l := &List{path: path, o: o, lenient: lenient}
	l.info = Info{Path: path, Kind: o.Kind, Mapping: map[string]string{}, Columns: []string{}}
	if err := l.open(); err != nil {
		_ = l.Close()
		return nil, placed(err, path, "")
	}
	return l, nil
}

func (l *List) open() error {
	if err := l.openFile(); err != nil {
		return err
	}
	format, err := classify(l.file, l.size)
	if err != nil {
		return err
	}
	l.info.Format = format
	if format == XLSX {
		err = l.openXLSX()
	} else {
		err = l.openCSV()
	}
	if err != nil {
		return err
	}
	return l.understand()
}

// openFile opens the file, or a private copy of standard input.
func (l *List) openFile() error {
	if l.path == "-" {
		return l.spool(os.Stdin)
	}
	f, err := os.Open(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FileError{Class: NotFound, Msg: "there is no such file", Hint: "check the name", Err: err}
	case err != nil:
		return &FileError{Class: Unreadable, Msg: "cannot be opened", Hint: "check the permissions", Err: err}
	}
	l.file = f
	st, err := f.Stat()
	switch {
	case err != nil:
		return &FileError{Class: Unreadable, Msg: "cannot be read", Err: err}
	case st.IsDir():
		return &FileError{Class: NotSpreadsheet, Msg: "is a folder", Hint: "name the files in it"}
	case !st.Mode().IsRegular():
		_ = f.Close()
		if f, err = os.Open(l.path); err != nil {
			return &FileError{Class: Unreadable, Msg: "cannot be opened", Err: err}
		}
		defer f.Close()
		return l.spool(f)
	}
	l.size = st.Size()
	return nil
}

// spool copies what cannot be read twice.
func (l *List) spool(from io.Reader) error {
	dir, err := l.tempDir()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "list-")
	if err != nil {
		return &FileError{Class: Unreadable, Msg: "cannot be copied", Err: err}
	}
	l.file, l.spooled = f, f.Name()
	most := max(l.o.Limits.CSVBytes, l.o.Limits.XLSXBytes)
	n, err := io.Copy(f, io.LimitReader(from, most+1))
	if err != nil {
		return &FileError{Class: Unreadable, Msg: "cannot be read", Err: err}
	}
	if n > most {
		return tooManyBytes(n, most)
	}
	l.size = n
	return nil
}

func tooManyBytes(n, most int64) error {
	return &FileError{Class: TooLarge, Msg: "is larger than " + sizeWords(most), Hint: "split the list, or raise the limit with --max-file-size"}
}

// sizeWords writes a size for people.
func sizeWords(n int64) string {
	unit := 0
	for n >= 1024 && n%1024 == 0 && unit < 3 {
		n, unit = n/1024, unit+1
	}
	return fmt.Sprintf("%d %s", n, [...]string{"bytes", "KB", "MB", "GB"}[unit])
}

// tempDir is the private folder, made when it is first needed.
func (l *List) tempDir() (string, error) {
	if l.temp != "" {
		return l.temp, nil
	}
	parent := l.o.TempDir
	dir, err := os.MkdirTemp(parent, "muster-list-")
	if err != nil {
		return "", &FileError{Class: Unreadable, Msg: "no private folder can be made", Hint: "check the folder for temporary files", Err: err}
	}
	l.temp, l.tempOwn = dir, true
	return filepath.Clean(dir), nil
}

// Info says how the list was understood. After Rows has ended it also knows
// what came up on the way.
func (l *List) Info() Info {
	l.mu.Lock()
	defer l.mu.Unlock()
	info := l.info
	info.Notes = append([]Note(nil), l.info.Notes...)
	return info
}

func (l *List) note(notes ...Note) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range notes {
		known := false
		for _, old := range l.info.Notes {
			known = known || old == n
		}
		if !known {
			l.info.Notes = append(l.info.Notes, n)
		}
	}
}

// Close frees the file and removes every copy that was made of it.
func (l *List) Close() error {
	var errs []error
	if l.book != nil {
		errs = append(errs, l.book.close())
		l.book = nil
	}
	if l.file != nil {
		errs = append(errs, l.file.Close())
		l.file = nil
	}
	if l.tempOwn {
		errs = append(errs, os.RemoveAll(l.temp))
		l.temp, l.tempOwn = "", false
	}
	return errors.Join(errs...)
}
