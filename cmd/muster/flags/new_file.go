package flags

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"muster/provision"
)

// WriteNew writes a file that is not there yet: what a person made is never
// written over. Messages call it by the name that is shown.
func WriteNew(path, shown string, text []byte) error {
	out, err := create(path, shown, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// A PrivateFile is a new file for its owner alone.
type PrivateFile struct{ *os.File }

// CreatePrivate makes a file that is not there yet, for what names people.
func CreatePrivate(path string) (PrivateFile, error) {
	f, err := create(path, path, 0o600)
	return PrivateFile{f}, err
}

// Drop takes the file back: half of it is worth nothing.
func (f PrivateFile) Drop() error { return errors.Join(f.Close(), os.Remove(f.Name())) }

func create(path, shown string, mode fs.FileMode) (*os.File, error) {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, &provision.ConfigError{Msg: shown + ": the file exists", Hint: "name a new file, or remove this one first"}
	case err != nil:
		return nil, &provision.ConfigError{Msg: fmt.Sprintf("%s: cannot be written: %v", shown, errors.Unwrap(err)),
			Hint: "name a file in a folder that exists"}
	}
	return out, nil
}
