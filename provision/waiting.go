package provision

import (
	"muster/importer/reason"
	"muster/importer/record"
)

// Waiting are rows that are not settled for one and the same reason.
type Waiting struct {
	Outcome Outcome
	Reason  reason.Code
	Rows    int
	First   []record.Place // the first few
}

// Add takes one more of them in.
func (w *Waiting) Add(at record.Place) {
	w.Rows++
	if len(w.First) < FirstPlaces {
		w.First = append(w.First, at)
	}
}
