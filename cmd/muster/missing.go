package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"muster/cmd/muster/flags"
	"muster/importer/file"
	"muster/importer/spelling"
)

// missingHint says what may have been meant by a list that is not there: a file
// beside it, or an address, which is not read.
func missingHint(e *file.Error) string {
	if e.Class != file.NotFound {
		return e.Hint
	}
	if strings.Contains(e.Path, "://") {
		return fmt.Sprintf("addresses are not read; hand over what is there: curl -fsS %s | muster import -",
			flags.Quoted(e.Path))
	}
	dir := filepath.Dir(e.Path)
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "there is no folder " + dir + " either"
	case err != nil:
		return e.Hint
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	if near := spelling.Nearest(filepath.Base(e.Path), names); near != "" {
		return "did you mean " + flags.Quoted(filepath.Join(dir, near)) + "?"
	}
	return e.Hint
}
