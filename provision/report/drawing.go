package report

import (
	"errors"
	"fmt"

	"muster/importer/reason"
	"muster/provision"
)

// A drawing is a file of the report that people read, or several of a kind.
// Whatever goes wrong with it is kept and said; it keeps nothing else back.
type drawing struct {
	name   string // of the file, as people are told what is missing
	wanted func(provision.Summary) bool
	files  *bundle
	sink   sink
	close  func() error // removes temporary files
	whole  bool         // its sink is finished
	tells  bool         // which of the others are missing
	err    error        // the first there was; nothing is drawn after it
}

// drawn is the sink of a drawing, which keeps temporary files until it is
// closed.
type drawn interface {
	sink
	close() error
}

// errNotReached stands for a drawing until its turn comes, should that never be.
var errNotReached = errors.New("muster ended before it was drawn")

// newDrawing begins a drawing in files of its own.
func (w *writer) newDrawing(
	name string, wanted func(provision.Summary) bool, open func(*bundle) (drawn, error),
) *drawing {
	d := &drawing{name: name, wanted: wanted, files: w.folder.bundle(), close: func() error { return nil }}
	d.try(func() error {
		sink, err := open(d.files)
		if err == nil {
			d.sink = w.wrapped(name, sink)
			d.close = sink.close
		}
		return err
	})
	return d
}

// try goes on with a drawing that is well so far. A library that panics over a
// file for people must not take the links of a run with it.
func (d *drawing) try(step func() error) {
	if d.err != nil {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			d.fail(fmt.Errorf("panic: %v", p))
		}
	}()
	if err := step(); err != nil {
		d.fail(err)
	}
}

// fail gives a drawing up, and the room on the disk that it took.
func (d *drawing) fail(err error) {
	d.err = err
	d.discard()
}

func (d *drawing) line(v *view) {
	if d.err == nil { // cheaper than to try, line after line
		d.try(func() error { return d.sink.line(v) })
	}
}

// telling is a drawing that says which of the others are missing.
func (d *drawing) telling() *drawing {
	d.tells = true
	return d
}

// finish ends a drawing, whose files have no names yet.
func (d *drawing) finish(s provision.Summary, people func() ([]provision.MissingPerson, error)) {
	d.whole = true
	d.drawMissing(people)
	d.try(func() error { return d.sink.finish(s) })
}

// again ends a drawing once more that was ended before something was missing.
func (d *drawing) again(s provision.Summary) {
	d.try(d.files.discard)
	d.try(func() error { return d.sink.finish(s) })
}

// publish gives the files of a drawing their names.
func (d *drawing) publish() { d.try(d.files.publish) }

// discard removes what did not become a file of the report. What it cannot
// remove goes with the hidden folder.
func (d *drawing) discard() {
	_ = d.close()
	d.close = func() error { return nil }
	_ = d.files.discard()
}

// missing says that a drawing is not there, and why.
func (d *drawing) missing(otherwise error) provision.Undrawn {
	if d.err != nil {
		otherwise = d.err
	}
	var lost *provision.LostError
	return provision.Undrawn{
		File:   d.name,
		Reason: reason.NotDrawn,
		Error:  otherwise.Error(),
		Lost:   errors.As(otherwise, &lost),
	}
}

// nothingToClose is embedded by sinks without temporary files.
type nothingToClose struct{}

func (nothingToClose) close() error { return nil }
