package report

import (
	"errors"
	"fmt"
	"strings"

	"muster/importer/reason"
	"muster/provision"
)

// drawings begins the files for people. The workbook comes last: it says which
// of the others are missing.
func (w *writer) drawings() []*drawing {
	rejected := strings.Join(rejectedFiles(w.infos), " and ")
	return []*drawing{
		w.newDrawing(LinksBook, w.withLinks, func(b *bundle) (drawn, error) { return newLinksBook(w.paper(b)) }),
		w.newDrawing(ReviewFile, w.withHeld, func(b *bundle) (drawn, error) {
			return &heldBook{files: b, in: w.words.In, held: w.Held}, nil
		}),
		w.newDrawing(RemovedFile, w.someMissing, func(b *bundle) (drawn, error) {
			return &removedList{files: b, people: w.Missing}, nil
		}),
		w.newDrawing(ReportFile, always, func(b *bundle) (drawn, error) { return newOverview(b, w.words) }),
		w.newDrawing(rejected, goBack, func(b *bundle) (drawn, error) { return newRejected(w.paper(b)), nil }),
		w.newDrawing(WebpageFile, always, func(b *bundle) (drawn, error) { return newWebpage(b, w.words), nil }),
		w.newDrawing(WorkbookFile, always, func(b *bundle) (drawn, error) { return newBook(w.paper(b), w.lists) }),
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

// draw ends the drawings, one after the other, and says in the summary what is
// missing.
func (w *writer) draw(drawings []*drawing, s provision.Summary) (provision.Summary, error) {
	for _, d := range drawings {
		if !d.wanted(s) {
			continue
		}
		d.drawMissing(w.Missing)
		if d.publish(s); d.err != nil {
			s.Undrawn = append(s.Undrawn, d.missing(nil))
		}
		if err := w.ctx.Err(); err != nil { // nothing is wrong with the file
			return s, fmt.Errorf("drawing %s: %w", d.name, err)
		}
	}
	if len(s.Undrawn) > 0 {
		var err error
		if s, err = w.settle(s); err != nil {
			return s, err
		}
	}
	b := w.folder.bundle()
	if err := writeSummary(b, s); err != nil {
		return s, errors.Join(&essentialError{err}, b.discard())
	}
	if err := b.publish(); err != nil {
		return s, errors.Join(&essentialError{err}, b.discard())
	}
	return s, nil
}
