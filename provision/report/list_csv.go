package report

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"muster/provision"
)

// writeList writes a table into a new file, for its owner alone: it names
// people. Its format is that of the ending of the name, CSV unless that is xlsx.
func writeList(path string, columns []string, list func(add func(cells ...string)) error) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &provision.ConfigError{
			Msg:  path + ": the file exists",
			Hint: "name a new file, or remove this one first",
		}
	case err != nil:
		return &provision.ConfigError{
			Msg:  fmt.Sprintf("%s: cannot be written: %v", path, errors.Unwrap(err)),
			Hint: "name a file in a folder that exists",
		}
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(fmt.Errorf("writing %s: %w", path, err), os.Remove(path))
		}
	}()
	if strings.HasSuffix(strings.ToLower(path), ".xlsx") {
		return listWorkbook(f, columns, list)
	}
	return listCSV(f, columns, list)
}

func listCSV(f io.Writer, columns []string, list func(add func(cells ...string)) error) error {
	out := newCSV(f)
	out.mark()
	out.header(nil, columns...)
	err := list(func(cells ...string) { out.row(cells...) })
	return errors.Join(err, out.flush())
}
