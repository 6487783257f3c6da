package report

import (
	"fmt"
	"path/filepath"
	"slices"

	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

// maxDecided is how many rows a workbook is good for that stands beside a
// report. It is made in memory, and nobody decides about more at a sitting.
const maxDecided = 5_000

// heldBook writes review.xlsx: the held people of the run, to be decided on.
// It is what muster review export writes.
type heldBook struct {
	files *bundle
	in    words.In
	held  func() (provision.HeldReview, error)
	nothingToClose
}

func (*heldBook) line(*view) error { return nil }

func (h *heldBook) finish(provision.Summary) error {
	r, err := h.held()
	switch {
	case err != nil:
		return err
	case len(r.People) == 0: // somebody has settled them since
		return nil
	case r.RowCount() > maxDecided:
		return fmt.Errorf("%s rows are held, which is too much for one workbook: correct the list, "+
			"or take what leads to so many out of it", words.Number(r.RowCount()))
	}
	file, err := h.files.create(ReviewFile)
	if err != nil {
		return err
	}
	return writeReviewBook(file, h.in, r)
}

// keepDecisions moves the review of an earlier run out of the way, where
// somebody has begun to decide in it: a nightly run must not throw that away.
func (f *folder) keepDecisions() error {
	if info, err := f.root.Lstat(ReviewFile); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	answers, err := ReadReview(filepath.Join(f.root.Name(), ReviewFile))
	if err != nil || !slices.ContainsFunc(answers.All, func(a review.Answer) bool { return a.Decision != "" }) {
		return nil // nobody's work
	}
	return f.root.Rename(ReviewFile, "review-"+provision.ShortRun(answers.Source)+".xlsx")
}
