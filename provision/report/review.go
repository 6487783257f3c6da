package report

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"muster/importer/file"
	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

// WriteReview writes held people for somebody to decide about: a workbook, or
// JSON where the name ends in .json. A workbook speaks a language, JSON English.
// A file that exists is left alone: there may be decisions in it. It holds
// personal data and is the owner's alone.
func WriteReview(path string, in words.In, r provision.HeldReview) (err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &provision.ConfigError{
			Msg:  path + " is there already, and may hold decisions",
			Hint: "name another file, or move that one away",
		}
	}
	temp := filepath.Join(filepath.Dir(path), tempPrefix+rand.Text()[:12])
	file, err := os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer os.Remove(temp)
	write := writeReviewBook
	if isJSON(path) {
		write = writeReviewJSON
	}
	if err := errors.Join(write(file, in, r), file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return os.Rename(temp, path)
}

// ReadReview reads the decisions back from what WriteReview wrote, also where
// another program saved it since. What cannot be told any more stands among
// the faults of the answers; a file that is no review is a *file.Error.
func ReadReview(path string) (review.Answers, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return review.Answers{}, &file.Error{
			Path:  path,
			Class: file.NotFound,
			Msg:   "cannot be opened",
			Hint:  "name the file that muster review export made",
			Err:   err,
		}
	case info.Size() > reviewLimit:
		return review.Answers{}, &file.Error{
			Path:  path,
			Class: file.TooLarge,
			Msg:   "is too large for a review",
			Hint:  "name the file that muster review export made",
		}
	case isJSON(path):
		return readReviewJSON(path)
	}
	return readReviewBook(path)
}

// reviewLimit bounds what is read as a review.
const reviewLimit = 100 << 20

func isJSON(path string) bool { return strings.EqualFold(filepath.Ext(path), ".json") }

func notAReview(path, format string, args ...any) error {
	return &file.Error{
		Path:  path,
		Class: file.Unsupported,
		Msg:   "is no review of muster: " + fmt.Sprintf(format, args...),
		Hint:  "use the file that muster review export made",
	}
}
