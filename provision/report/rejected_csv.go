package report

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/link"
)

// errorColumn is the last column of a file of rejected rows. A list that has
// it already is such a file fed back: the column is filled anew.
const errorColumn = "error"

// rejected writes the rows that can be corrected and fed back, with the
// columns of their list and what was wrong: rejected.csv, and one more file
// for every other set of columns. A file is made when its first row comes.
type rejected struct {
	folder *folder
	files  map[int]*rejectedFile // by group of lists
}

type rejectedFile struct {
	file    *os.File
	csv     *csvWriter
	columns []string // without the error column
}

func newRejected(f *folder) *rejected { return &rejected{f, map[int]*rejectedFile{}} }

func (r *rejected) line(v view) error {
	if v.Outcome != provision.Rejected && v.Outcome != provision.Failed {
		return nil
	}
	if v.list == nil {
		return fmt.Errorf("line %d of %s is rejected, but the run names no such list", v.Line.Line, v.File)
	}
	f, ok := r.files[v.list.group]
	if !ok {
		var err error
		if f, err = r.open(v.list.Columns); err != nil {
			return err
		}
		r.files[v.list.group] = f
	}
	f.row(v)
	return nil
}

func (r *rejected) open(columns []string) (*rejectedFile, error) {
	name := RejectedFile
	if n := len(r.files) + 1; n > 1 {
		name = fmt.Sprintf("rejected-%d.csv", n)
	}
	file, err := r.folder.create(name)
	if err != nil {
		return nil, err
	}
	if n := len(columns); n > 0 && columns[n-1] == errorColumn {
		columns = columns[:n-1]
	}
	f := &rejectedFile{file, newCSV(file), columns}
	for _, column := range columns {
		f.csv.cell(column)
	}
	f.csv.cell(errorColumn)
	f.csv.end()
	return f, nil
}

// row writes the cells under their columns. What stood beyond them goes into
// the error, so that nothing is lost and the columns stay in place.
func (f *rejectedFile) row(v view) {
	for i := range f.columns {
		cell := ""
		if i < len(v.Cells) {
			cell = v.Cells[i]
		}
		f.csv.cell(cell)
	}
	text := errorWords(v)
	if n := len(v.list.Columns); len(v.Cells) > n {
		text += "; cells beyond the last column: " + strings.Join(v.Cells[n:], " | ")
	}
	f.csv.cell(text)
	f.csv.end()
}

// errorWords says everything that is wrong with a row, each with its column
// and what to do.
func errorWords(v view) string {
	var all []string
	for _, p := range v.Problems {
		text := problemWords(p)
		if p.Column != "" {
			text = p.Column + ": " + text
		}
		all = append(all, withRemedy(text, reason.Of(p.Code).Remedy))
	}
	if v.Error != "" {
		all = append(all, link.Redact(v.Error))
	}
	if len(v.Problems) == 0 && v.reason != "" {
		all = append(all, withRemedy(v.reason, v.todo))
	}
	return strings.Join(all, "; ")
}

func withRemedy(text, remedy string) string {
	if remedy == "" {
		return text
	}
	return text + " (" + remedy + ")"
}

func (r *rejected) finish(provision.Summary) error {
	for _, f := range r.files {
		if err := f.csv.flush(); err != nil {
			return err
		}
		if f.csv.wide {
			if err := r.mark(f.file); err != nil {
				return err
			}
		}
	}
	return nil
}

// mark puts a byte order mark in front of a file with letters beyond ASCII:
// without it Excel takes them for others, and whoever corrects the file there
// would feed back garbled names.
func (r *rejected) mark(file *os.File) error {
	name := filepath.Base(file.Name())
	plain := filepath.Join(r.folder.temp, name)
	if err := r.folder.root.Rename(plain, plain+".plain"); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	marked, err := r.folder.create(name)
	if err != nil {
		return err
	}
	r.folder.drop(file)
	if _, err := marked.WriteString("\ufeff"); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.Copy(marked, file); err != nil {
		return err
	}
	return file.Close()
}
