package report

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"muster/provision"
)

// Folders are the folders of reports on this machine: provision.Folders. Zone is
// the time zone of the files for people, nil for UTC.
type Folders struct{ Zone *time.Location }

// Prepare makes the folder of a report, or refuses one that is somebody else's.
func (Folders) Prepare(dir string) error { return Prepare(dir) }

// Write writes the report of a run.
func (f Folders) Write(
	ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering,
) (provision.Summary, error) {
	return Write(ctx, dir, lines, s, Options{Zone: f.Zone, Rendering: r})
}

// Leavings finds the files of a run that hold personal data, or removes them.
func (Folders) Leavings(run provision.Run, remove bool) (provision.Leavings, error) {
	return leavingsOf(run, remove)
}

// Owner is the id of the run whose report a folder holds, "" for none.
func (Folders) Owner(dir string) string {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return ""
	}
	defer root.Close()
	return reportOf(root)
}

// Rows reads rows.jsonl of a run whose report still stands in its folder.
func (f Folders) Rows(
	ctx context.Context, run provision.Run, maybe func(number int, text []byte) bool,
) iter.Seq2[provision.ReportedRow, error] {
	return func(yield func(provision.ReportedRow, error) bool) {
		if f.Owner(run.Out) != run.ID {
			return
		}
		file, err := os.Open(filepath.Join(run.Out, RowsFile))
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(provision.ReportedRow{}, err)
			return
		}
		defer file.Close()
		in := bufio.NewReaderSize(file, 1<<16)
		for n := 1; ; n++ {
			text, err := in.ReadBytes('\n')
			if err == io.EOF && len(text) == 0 {
				return
			}
			if maybe != nil && ctx.Err() == nil && !maybe(n, text) {
				continue
			}
			r := provision.ReportedRow{Number: n}
			err = errors.Join(ctx.Err(), json.Unmarshal(text, &r))
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}
