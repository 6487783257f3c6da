package report

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"muster/importer"
	"muster/importer/reason"
	"muster/provision"
)

// WriteAccounts writes the rows of an export that were left out, or of which a profile was,
// with the line of each, what is wrong with it, and its own cells. An older file of that
// name is replaced; where nothing was left out it is removed.
func WriteAccounts(dir string, load provision.DirectoryLoad) error {
	path := filepath.Join(dir, AccountsFile)
	if len(load.Rejected) == 0 && len(load.Unread) == 0 {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	unfinished := path + ".part"
	defer os.Remove(unfinished)
	f, err := os.OpenFile(unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := errors.Join(writeAccounts(newCSV(f), load), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return os.Rename(unfinished, path)
}

func writeAccounts(c *csvWriter, load provision.DirectoryLoad) error {
	c.header(load.Columns, "line", importer.ErrorColumn)
	left := slices.Concat(load.Rejected, load.Unread)
	slices.SortStableFunc(left, func(x, y provision.RejectedAccount) int { return cmp.Compare(x.Line, y.Line) })
	for _, r := range left {
		entry := reason.Of(r.Reason)
		c.cell(strconv.Itoa(r.Line))
		c.cell(entry.Meaning + ": " + r.Why + "; " + entry.Remedy)
		for i := range load.Columns {
			cell := ""
			if i < len(r.Cells) {
				cell = r.Cells[i]
			}
			c.cell(cell)
		}
		c.end()
	}
	return c.flush()
}
