package report

import (
	"errors"
	"fmt"
	"iter"

	"muster/provision"
)

// essentials are what a run must not be without: every row, the links, and the
// summary. They get their names before any drawing does.
type essentials struct {
	files *bundle
	sinks []sink
	back  goingBack // what stands in the files of rejected rows
	tally *tally
}

// A essentialError says that the record itself could not be written.
type essentialError struct{ err error }

func (e *essentialError) Error() string { return "writing the report: " + e.err.Error() }
func (e *essentialError) Unwrap() error { return e.err }

// newEssentials opens their files.
func (w *writer) newEssentials() (*essentials, error) {
	r := &essentials{files: w.folder.bundle(), tally: newTally()}
	if w.words.undone != "" {
		r.tally.undo = w.infos[0].File
	}
	rows, err := newRows(r.files)
	r.sinks = append(r.sinks, w.wrapped(RowsFile, rows))
	if err == nil && !w.NoLinks {
		var links *links
		links, err = newLinks(r.files, w.words)
		r.sinks = append(r.sinks, w.wrapped(LinksFile, links))
	}
	if err != nil {
		return nil, errors.Join(&essentialError{err}, r.files.discard())
	}
	return r, nil
}

// essentials reads the lines, counts them, and hands each to the essentials and to
// the drawings. What the drawings take on the disk may be what the essentials
// lack: then the drawings go, and the lines are read again without any.
func (w *writer) essentials(lines iter.Seq2[provision.Line, error], drawings []*drawing) (*essentials, error) {
	r, err := w.essentialsWith(lines, drawings)
	var failed *essentialError
	if !errors.As(err, &failed) {
		return r, err
	}
	for _, d := range drawings {
		if d.err == nil {
			d.fail(failed.err)
		}
	}
	return w.essentialsWith(lines, nil)
}

func (w *writer) essentialsWith(lines iter.Seq2[provision.Line, error], drawings []*drawing) (*essentials, error) {
	r, err := w.newEssentials()
	if err != nil {
		return nil, err
	}
	if err := w.feed(lines, r, drawings); err != nil {
		return nil, errors.Join(err, r.files.discard())
	}
	for _, s := range r.sinks {
		if err := s.finish(provision.Summary{}); err != nil {
			return nil, errors.Join(&essentialError{err}, r.files.discard())
		}
	}
	return r, nil
}

// feed hands every line to every file.
func (w *writer) feed(lines iter.Seq2[provision.Line, error], r *essentials, drawings []*drawing) error {
	for l, err := range lines {
		if err := errors.Join(w.ctx.Err(), err); err != nil {
			return fmt.Errorf("reading the lines of the report: %w", err)
		}
		if err := r.tally.count(&l); err != nil {
			return err
		}
		v := w.words.view(&l, listOf(w.lists, &l))
		if v.list == nil && backToList(l.Outcome) {
			return fmt.Errorf("line %d of %s is %s, but the run names no such list", l.Line, l.File, l.Outcome)
		}
		if v.list != nil && backToList(l.Outcome) {
			r.back.add(v.list)
		}
		for _, s := range r.sinks {
			if err := s.line(v); err != nil {
				return &essentialError{err}
			}
		}
		for _, d := range drawings {
			d.line(v)
		}
	}
	return nil
}

// publish gives the essentials their names, the summary last.
func (r *essentials) publish(f *folder, s provision.Summary, good func(name string) bool) error {
	if err := writeSummary(r.files, s); err != nil {
		return &essentialError{err}
	}
	if err := f.keepDecisions(); err != nil {
		return &essentialError{err}
	}
	if err := f.commit(r.files, good); err != nil {
		return &essentialError{err}
	}
	return nil
}
