package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sourcegraph/conc"

	"muster/importer/reason"
	"muster/provision"
)

// drawings begins the files for people. Those that say which of the others are
// missing come last, the workbook behind all.
func (w *writer) drawings() []*drawing {
	rejected := strings.Join(rejectedFiles(w.infos), " and ")
	return []*drawing{
		w.newDrawing(LinksBook, w.withLinks, func(b *bundle) (drawn, error) { return newLinksBook(w.paper(b)) }),
		w.newDrawing(ReviewFile, w.withHeld, func(b *bundle) (drawn, error) {
			return &heldBook{files: b, in: w.words.In, held: w.Held}, nil
		}),
		w.newDrawing(RemovedFile, w.someMissing, func(b *bundle) (drawn, error) {
			return &removedList{files: b, people: w.Missing, words: w.words}, nil
		}),
		w.newDrawing(ReportFile, always, func(b *bundle) (drawn, error) { return newOverview(b, w.words) }),
		w.newDrawing(rejected, goBack, func(b *bundle) (drawn, error) { return newRejected(w.paper(b)), nil }),
		w.newDrawing(WebpageFile, always, func(b *bundle) (drawn, error) { return newWebpage(b, w.words), nil }).telling(),
		w.newDrawing(WorkbookFile, always, func(b *bundle) (drawn, error) { return newBook(w.paper(b), w.lists) }).telling(),
	}
}

// withLinks reports whether there are links to hand over, and may be.
func (w *writer) withLinks(s provision.Summary) bool {
	n := s.Links[provision.LinkIssued] + s.Links[provision.LinkKept] + s.Links[provision.LinkOldAddress]
	return n > 0 && !w.NoLinks
}

// withHeld reports whether somebody is held whom a workbook may show: of a command
// about people who are there nobody is decided on.
func (w *writer) withHeld(s provision.Summary) bool {
	return s.Outcomes[provision.Review]-s.Reasons[reason.Skipped] > 0 && w.Held != nil && provision.TakesIn(s.Command)
}

// stillGood says which files of an earlier report are this one's, too: links
// that the same run wrote, where this report is to write none.
func (w *writer) stillGood(run string) func(name string) bool {
	same := w.NoLinks && reportOf(w.folder.root) == run
	return func(name string) bool { return same && (name == LinksFile || name == LinksBook) }
}

// goBack reports whether rows go back to whoever made the list.
func goBack(s provision.Summary) bool {
	return s.Outcomes[provision.Rejected]+s.Outcomes[provision.Failed] > 0
}

// always is the wish for a file that every report has.
func always(provision.Summary) bool { return true }

// undrawn says which wanted drawings are missing. Those that no error kept
// back are still to be drawn.
func undrawn(all []*drawing, s provision.Summary) []provision.Undrawn {
	var missing []provision.Undrawn
	for _, d := range all {
		if d.wanted(s) {
			missing = append(missing, d.missing(errNotReached))
		}
	}
	return missing
}

// discard removes what the drawings keep beside the report.
func discard(all []*drawing) {
	for _, d := range all {
		d.discard()
	}
}

// draw ends the drawings, gives them their names one after the other, and says in
// the summary what is missing.
func (w *writer) draw(drawings []*drawing, s provision.Summary) (provision.Summary, error) {
	drawings = slices.DeleteFunc(slices.Clone(drawings), func(d *drawing) bool { return !d.wanted(s) })
	w.sideBySide(drawings, s)
	for _, d := range drawings {
		if err := w.stopped(d); err != nil {
			return s, err
		}
		switch {
		case !d.whole:
			d.finish(s, w.Missing)
		case d.tells && len(s.Undrawn) > 0:
			d.again(s)
		}
		if d.publish(); d.err != nil {
			s.Undrawn = append(s.Undrawn, d.missing(nil))
		}
		if err := w.stopped(d); err != nil {
			return s, err
		}
	}
	if len(s.Undrawn) > 0 {
		var err error
		if s, err = w.settle(s); err != nil {
			return s, err
		}
	}
	return s, w.summarize(s)
}

// sideBySide ends the workbook, which takes longest, beside all that have nothing to
// say of others: as if none of them would be missing, which is seldom so.
func (w *writer) sideBySide(drawings []*drawing, s provision.Summary) {
	if w.Missing != nil {
		w.Missing = sync.OnceValues(w.Missing)
	}
	var beside conc.WaitGroup
	last := len(drawings) - 1
	beside.Go(func() { drawings[last].finish(s, w.Missing) })
	for _, d := range drawings[:last] {
		if !d.tells && w.ctx.Err() == nil {
			d.finish(s, w.Missing)
		}
	}
	beside.Wait()
}

// stopped says at which drawing the report was interrupted: nothing is wrong with the
// file.
func (w *writer) stopped(d *drawing) error {
	if err := w.ctx.Err(); err != nil {
		return fmt.Errorf("drawing %s: %w", d.name, err)
	}
	return nil
}

// summarize writes the summary once more, where everything is drawn or given up.
func (w *writer) summarize(s provision.Summary) error {
	b := w.folder.bundle()
	if err := writeSummary(b, s); err != nil {
		return errors.Join(&essentialError{err}, b.discard())
	}
	if err := b.publish(); err != nil {
		return errors.Join(&essentialError{err}, b.discard())
	}
	return nil
}
