package report

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"muster/importer"
)

// rejectedCSV is a file of rejected rows of CSV lists, with their delimiter.
// It is UTF-8, whatever they were.
type rejectedCSV struct {
	folder  *bundle
	file    *os.File
	csv     *csvWriter
	columns []string // without ours
}

func newRejectedCSV(folder *bundle, name string, l *list) (*rejectedCSV, error) {
	file, err := folder.create(name)
	if err != nil {
		return nil, err
	}
	f := &rejectedCSV{folder, file, newCSV(file), l.own()}
	f.csv.comma = l.delimiter()
	f.csv.exact = true
	// A list in another encoding may be fed back with the same --encoding.
	f.csv.wide = l.Encoding != "" && l.Encoding != "utf-8"
	f.csv.row(append([]string{importer.ErrorColumn, importer.FromColumn}, f.columns...)...)
	return f, nil
}

// row writes the cells under their columns. What stood beyond them goes into
// the error, so that nothing is lost and the columns stay in place.
func (f *rejectedCSV) row(v *view) error {
	text := strings.Join(errorWords(v), "; ")
	if n := len(v.list.Columns); len(v.Cells) > n {
		text += v.in.Say("; cells beyond the last column: %s", strings.Join(v.Cells[n:], " | "))
	}
	f.csv.cell(text)
	f.csv.cell(v.from())
	own := v.list.withoutOurs(v.Cells)
	for i := range f.columns {
		cell := ""
		if i < len(own) {
			cell = own[i]
		}
		f.csv.cell(cell)
	}
	f.csv.end()
	return nil
}

func (f *rejectedCSV) finish() error {
	if err := f.csv.flush(); err != nil {
		return err
	}
	if !f.csv.wide {
		return nil
	}
	return f.mark()
}

func (*rejectedCSV) close() error { return nil }

// mark puts a byte order mark in front of a file with letters beyond ASCII:
// without it Excel takes them for others, and whoever corrects the file there
// would feed back garbled names.
func (f *rejectedCSV) mark() error {
	name := filepath.Base(f.file.Name())
	plain := filepath.Join(f.folder.temp, name)
	if err := f.folder.root.Rename(plain, plain+".plain"); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	marked, err := f.folder.create(name)
	if err != nil {
		return err
	}
	f.folder.drop(f.file)
	if _, err := marked.WriteString("\ufeff"); err != nil {
		return err
	}
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.Copy(marked, f.file); err != nil {
		return err
	}
	return f.file.Close()
}
