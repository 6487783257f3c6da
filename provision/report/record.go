package report

import (
	"errors"
	"fmt"
	"iter"

	"muster/provision"
)

// A record is what a run must not be without: every row, the links, and the
// summary. It gets its names before any drawing does.
type record struct {
	files *bundle
	sinks []sink
	tally *tally
}

// A recordError says that the record itself could not be written.
type recordError struct{ err error }

func (e *recordError) Error() string { return "writing the report: " + e.err.Error() }
func (e *recordError) Unwrap() error { return e.err }

// newRecord opens the files of a record.
func (w *writer) newRecord() (*record, error) {
	r := &record{files: w.folder.bundle(), tally: newTally()}
	rows, err := newRows(r.files)
	r.sinks = append(r.sinks, w.wrapped(RowsFile, rows))
	if err == nil && !w.NoLinks {
		var links *links
		links, err = newLinks(r.files, w.words)
		r.sinks = append(r.sinks, w.wrapped(LinksFile, links))
	}
	if err != nil {
		return nil, errors.Join(&recordError{err}, r.files.discard())
	}
	return r, nil
}

// record reads the lines, counts them, and hands each to the record and to
// the drawings. What the drawings take on the disk may be what the record
// lacks: then they go, and the lines are read again without them.
func (w *writer) record(lines iter.Seq2[provision.Line, error], drawings []*drawing) (*record, error) {
	r, err := w.recordWith(lines, drawings)
	var failed *recordError
	if !errors.As(err, &failed) {
		return r, err
	}
	for _, d := range drawings {
		if d.err == nil {
			d.fail(failed.err)
		}
	}
	return w.recordWith(lines, nil)
}

func (w *writer) recordWith(lines iter.Seq2[provision.Line, error], drawings []*drawing) (*record, error) {
	r, err := w.newRecord()
	if err != nil {
		return nil, err
	}
	if err := w.feed(lines, r, drawings); err != nil {
		return nil, errors.Join(err, r.files.discard())
	}
	for _, s := range r.sinks {
		if err := s.finish(provision.Summary{}); err != nil {
			return nil, errors.Join(&recordError{err}, r.files.discard())
		}
	}
	return r, nil
}

// feed hands every line to every file.
func (w *writer) feed(lines iter.Seq2[provision.Line, error], r *record, drawings []*drawing) error {
	for l, err := range lines {
		if err := errors.Join(w.ctx.Err(), err); err != nil {
			return fmt.Errorf("reading the lines of the report: %w", err)
		}
		if err := r.tally.count(l); err != nil {
			return err
		}
		v := w.words.view(l, listOf(w.lists, l))
		if v.list == nil && backToList(l.Outcome) {
			return fmt.Errorf("line %d of %s is %s, but the run names no such list", l.Line, l.File, l.Outcome)
		}
		for _, s := range r.sinks {
			if err := s.line(v); err != nil {
				return &recordError{err}
			}
		}
		for _, d := range drawings {
			d.line(v)
		}
	}
	return nil
}

// publish gives the record its names, the summary last.
func (r *record) publish(f *folder, s provision.Summary, good func(name string) bool) error {
	if err := writeSummary(r.files, s); err != nil {
		return &recordError{err}
	}
	if err := f.keepDecisions(); err != nil {
		return &recordError{err}
	}
	if err := f.commit(r.files, good); err != nil {
		return &recordError{err}
	}
	return nil
}
