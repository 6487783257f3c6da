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
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &provision.ConfigError{Msg: shown + ": the file exists", Hint: "name a new file, or remove this one first"}
	case err != nil:
		return &provision.ConfigError{Msg: fmt.Sprintf("%s: cannot be written: %v", shown, errors.Unwrap(err)),
			Hint: "name a file in a folder that exists"}
	}
	_, err = out.Write(text)
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
