package importer

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"muster/importer/file"
	"muster/importer/xlsxfile"
)

// holding is an opened file and everything that was made of it. The lists of
// its sheets share it.
type holding struct {
	file  *os.File
	size  int64
	temp  string             // private folder, "" until it is needed
	book  *xlsxfile.Workbook // of an XLSX
	lists int                // how many of them are open
}

// openFile opens the file, or a private copy of standard input.
func (l *List) openFile() error {
	if l.path == "-" {
		return l.spool(os.Stdin)
	}
	if file.BreaksLines(l.path) {
		return &file.Error{
			Class: file.Unreadable,
			Msg:   "the name of the file has a line break or another control character in it",
			Hint:  "give the file another name: this one would be shown as something that it is not",
		}
	}
	f, err := os.Open(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing(l.path, err)
	case err != nil:
		return &file.Error{Class: file.Unreadable, Msg: "cannot be opened", Hint: "check the permissions", Err: err}
	}
	l.file = f
	st, err := f.Stat()
	switch {
	case err != nil:
		return &file.Error{Class: file.Unreadable, Msg: "cannot be read", Err: err}
	case st.IsDir():
		return folder(l.path)
	case !st.Mode().IsRegular():
		_ = f.Close()
		if f, err = os.Open(l.path); err != nil {
			return &file.Error{Class: file.Unreadable, Msg: "cannot be opened", Err: err}
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
		return &file.Error{Class: file.Unreadable, Msg: "cannot be copied", Err: err}
	}
	l.file = f
	most := max(l.o.Limits.CSVBytes, l.o.Limits.XLSXBytes)
	n, err := io.Copy(f, io.LimitReader(from, most+1))
	if err != nil {
		return &file.Error{Class: file.Unreadable, Msg: "cannot be read", Err: err}
	}
	if n > most {
		return file.TooManyBytes(most)
	}
	l.size = n
	return nil
}

// tempDir is the private folder, made when it is first needed.
func (l *List) tempDir() (string, error) {
	if l.temp != "" {
		return l.temp, nil
	}
	dir, err := os.MkdirTemp(l.o.TempDir, "muster-list-")
	if err != nil {
		return "", &file.Error{
			Class: file.Unreadable,
			Msg:   "no private folder can be made",
			Hint:  "check the folder for temporary files",
			Err:   err,
		}
	}
	l.temp = filepath.Clean(dir)
	return l.temp, nil
}

// Close ends the use of the list. With the last one of a file the file is
// freed, and every copy that was made of it removed.
func (l *List) Close() error {
	if l.lists--; l.lists > 0 {
		return nil
	}
	var errs []error
	if l.book != nil {
		errs = append(errs, l.book.Close())
		l.book = nil
	}
	if l.file != nil {
		errs = append(errs, l.file.Close())
		l.file = nil
	}
	if l.temp != "" {
		errs = append(errs, os.RemoveAll(l.temp))
		l.temp = ""
	}
	return errors.Join(errs...)
}
