package importer

import (
	"errors"
	"sync"

	"muster/importer/file"
	"muster/importer/record"
)

// List is an opened list whose columns are understood: a CSV file, or a sheet
// of a workbook. It holds the file open until Close; Rows may be called again
// and again, one at a time.
type List struct {
	*holding
	path    string // as named on the command line
	o       Options
	lenient bool

	info    Info
	cols    []column
	table   table
	parser  parser
	format  *format // whose export it is, or nil
	secrets []int   // columns whose cells nobody may see

	mu sync.Mutex // guards info.Notes
}

// Info says how a list was understood.
type Info struct {
	Path       string               `json:"path"`
	Format     Format               `json:"format"`
	Sheet      string               `json:"sheet"`
	Encoding   string               `json:"encoding"`
	Delimiter  string               `json:"delimiter"`
	HeaderLine int                  `json:"header_line"` // 0: there is no header row
	Kind       record.Kind          `json:"kind,omitempty"`
	Template   record.Kind          `json:"template,omitempty"`  // it is a template of ours, for people of this kind
	ReadAs     string               `json:"read_as,omitempty"`   // whose export it is, where that is known
	Columns    []string             `json:"columns"`             // headers as they stand in the file
	Mapping    map[string]string    `json:"mapping"`             // header → field; free columns are not in it
	Ignored    []string             `json:"ignored,omitempty"`   // columns left out: by --map 'X=', or no list may have them
	Unknown    []Unknown            `json:"unknown,omitempty"`   // headers that mean nothing; kept as attributes
	Rights     []string             `json:"rights,omitempty"`    // columns that grant a right: role, permissions, products
	Sheets     []SheetInfo          `json:"sheets,omitempty"`    // every sheet of the workbook
	Unread     []record.UnreadSheet `json:"unread,omitempty"`    // those that hold people and were neither read nor named
	RowsHint   int                  `json:"rows_hint,omitempty"` // about how many rows there are, 0 = not known
	Notes      []file.Note          `json:"notes,omitempty"`     // what was assumed or repaired; grows while rows are read
	Certain    bool                 `json:"-"`                   // the encoding is known, not guessed
	Free       []string             `json:"-"`                   // columns that are kept as attributes, or may be
	Labels     []string             `json:"-"`                   // the columns by unique names, as in Mapping and Problem
	FeedBack   []string             `json:"-"`                   // header under which rows of the list can be fed back
}

// tolerate notes an error instead of returning it, if the list is only
// looked at.
func (l *List) tolerate(err error) error {
	var fe *file.Error
	if !l.lenient || !errors.As(err, &fe) {
		return err
	}
	l.note(file.Note{
		Code:    string(fe.Class),
		Sheet:   fe.Sheet,
		Line:    fe.Line,
		Column:  fe.Column,
		Message: fe.Msg + "; " + fe.Hint,
		Fatal:   true,
	})
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

// Open looks at a list as far as it takes to know what its columns mean; a
// workbook is checked whole. path "-" is standard input, which is copied to
// the private folder first. Of several lists in a file it is the first. The
// error is a *file.Error.
func Open(path string, o Options) (*List, error) {
	lists, err := OpenAll(path, o)
	if err != nil {
		return nil, err
	}
	for _, other := range lists[1:] {
		_ = other.Close()
	}
	return lists[0], nil
}

// OpenAll opens every list of a file: one, or one for each sheet that is to be
// read, each with columns of its own. They share the file, which is freed when
// the last of them is closed; their rows are read one list after the other.
func OpenAll(path string, o Options) ([]*List, error) { return openLists(path, o, false) }

// openLists opens the lists of a file. Lenient ones may lack what an import
// needs (a column that names people, a row) and may carry what they must not:
// they are only looked at, and what is wrong with them is noted.
func openLists(path string, o Options, lenient bool) ([]*List, error) {
	if err := o.Validate(); err != nil {
		return nil, file.Placed(err, path, "")
	}
	o.Limits = o.Limits.WithDefaults()
	first := newList(path, o, lenient, &holding{lists: 1})
	others, err := first.open()
	all := append([]*List{first}, others...)
	if err != nil {
		for _, l := range all {
			_ = l.Close()
		}
		return nil, file.Placed(err, path, "")
	}
	return all, nil
}

func newList(path string, o Options, lenient bool, h *holding) *List {
	return &List{holding: h, path: path, o: o, lenient: lenient,
		info: Info{Path: path, Kind: o.Kind, Mapping: map[string]string{}, Columns: []string{}}}
}

// open opens the list, and those of other sheets that are to be read with it.
func (l *List) open() (others []*List, err error) {
	if err := l.openFile(); err != nil {
		return nil, err
	}
	if l.info.Format, err = classify(l.file, l.size); err != nil {
		return nil, err
	}
	if says := misnamed(l.path, l.info.Format); says != "" {
		l.note(file.Note{Code: "misnamed", Message: says})
	}
	if l.info.Format == XLSX {
		return l.openXLSX()
	}
	if err := l.openCSV(); err != nil {
		return nil, err
	}
	return nil, l.understand()
}

// Info says how the list was understood. After Rows has ended it also knows
// what came up on the way.
func (l *List) Info() Info {
	l.mu.Lock()
	defer l.mu.Unlock()
	info := l.info
	info.Notes = append([]file.Note(nil), l.info.Notes...)
	return info
}

func (l *List) note(notes ...file.Note) {
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
