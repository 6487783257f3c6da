package plan

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"

	"muster/provision"
)

// RecordsFile is the name of the file in the folder of a run that keeps the
// rows of its lists, compressed, so that the report can be written again when
// the lists are gone. It is a plan without decisions, holds personal data
// (0600), and is there until the run is purged or its folder is another run's.
const RecordsFile = "records.jsonl.gz"

// KeepRows writes the rows of a plan for the reports of a run to come.
func KeepRows(plan *Plan, path, run string) (err error) {
	var pack *gzip.Writer
	w, err := newLineWriter(path+unfinished, func(out io.Writer) io.Writer {
		pack, _ = gzip.NewWriterLevel(out, gzip.BestSpeed) // an error is a level that there is not
		return pack
	})
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // those of an older run would be taken for this one's
			err = errors.Join(err, os.RemoveAll(path), os.Remove(path+unfinished))
		}
	}()
	defer w.file.Close()
	if err := w.rows(plan, run); err != nil {
		return err
	}
	if err := errors.Join(pack.Close(), w.file.Sync(), w.file.Close()); err != nil {
		return fmt.Errorf("keeping the rows: %w", err)
	}
	return os.Rename(path+unfinished, path)
}

// rows writes the rows of another plan, and a summary that counts only them and has
// what the plan warned of.
func (w *lineWriter) rows(plan *Plan, run string) error {
	header := plan.Header
	header.Run = run
	if err := w.line(planLine, header); err != nil {
		return err
	}
	if len(plan.rows) > 0 {
		from := plan.rows[0]
		if _, err := io.Copy(w.buf, io.NewSectionReader(plan.file, from, plan.steps-from)); err != nil {
			return fmt.Errorf("keeping the rows: %w", err)
		}
	}
	if err := w.flush(); err != nil {
		return err
	}
	summary := provision.PlanSummary{Rows: plan.Summary.Rows, Lists: plan.Summary.Lists, Warnings: plan.Summary.Warnings}
	summary.SHA256 = sumOf(w.digest, summary)
	if err := w.line(summaryLine, summary); err != nil {
		return err
	}
	return w.flush()
}

// OpenRows opens the rows that a run kept, unpacked into a file that whoever
// calls removes.
func OpenRows(path, into string) (*Plan, error) {
	packed, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	in, err := gzip.NewReader(bufio.NewReaderSize(packed, 1<<16))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	file, err := privateFile(into)
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(file, in); err != nil {
		return nil, errors.Join(fmt.Errorf("unpacking %s: %w", path, err), file.Close(), os.Remove(into))
	}
	if err := file.Close(); err != nil {
		return nil, errors.Join(fmt.Errorf("unpacking %s: %w", path, err), os.Remove(into))
	}
	plan, err := Open(into)
	if err != nil {
		return nil, errors.Join(err, os.Remove(into))
	}
	return plan, nil
}
