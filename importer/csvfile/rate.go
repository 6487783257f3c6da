package csvfile

import (
	"bytes"
	"io"

	"muster/importer/file"
)

// rate reads the head under a dialect. It returns how much that makes it look
// like a table, and the usual number of cells.
func (s Signs) rate(head []byte, whole bool, d dialect) (score float64, usual int) {
	t := s.tally(head, d)
	if t.records == 0 {
		return 0, 1
	}
	if ones := float64(t.widths[1]); t.records > 2*ones { // titles above rows that lost their empty ends
		delete(t.widths, 1)
	} else if t.headers > 1 { // few rows with a header of their own between titles and footers
		t.records -= float64(t.around.above + t.around.below)
		t.widths[1] -= t.around.above + t.around.below
	}
	usual, most := t.usual()
	score = float64(most)/t.records + 0.5*min(t.headers, 4)/2 + 0.5*min(1, t.addresses/t.records)
	if usual == 1 {
		score *= 0.75
	}
	if whole && t.broken {
		score -= 0.2
	}
	return score - 0.3*t.stray/max(1, t.cells), usual
}

// tally counts what the head of a file holds under a dialect.
type tally struct {
	records   float64 // that are not blank
	cells     float64
	addresses float64     // cells that are one whole address
	headers   float64     // the most known headers of one record
	stray     float64     // quotes read as plain characters
	widths    map[int]int // number of cells → records that have so many
	around    margins
	broken    bool // a record cannot be read
}

// tally reads the head, as far as it is judged.
func (s Signs) tally(head []byte, d dialect) tally {
	r := newReader(bytes.NewReader(head), d, 0, file.Limits{})
	t := tally{widths: map[int]int{}}
	for t.records < maxHeadRecords {
		rec, err := r.next()
		if err != nil {
			t.broken = err != io.EOF
			break
		}
		if cells := rec[1:]; !file.BlankRecord(cells) {
			s.count(&t, cells)
		}
	}
	t.stray = float64(r.stray)
	return t
}

// count takes in a record that is not blank.
func (s Signs) count(t *tally, cells []string) {
	t.records++
	t.widths[len(cells)]++
	t.around.add(len(cells))
	headers := 0.0
	for _, c := range cells {
		t.cells++
		if s.Address(c) {
			t.addresses++
		}
		if t.records <= 25 && len(c) < 64 && s.Header(c) {
			headers++
		}
	}
	t.headers = max(t.headers, headers)
}

// usual returns the width that most records have, and how many those are; of
// two the smaller one.
func (t tally) usual() (width, records int) {
	for w, n := range t.widths {
		if n > records || n == records && w < width {
			width, records = w, n
		}
	}
	return width, records
}

// margins count the records of one cell above the first of several cells and
// below the last: titles, and the footers of reports.
type margins struct {
	above, below int
	inside       bool
}

func (m *margins) add(width int) {
	switch {
	case width > 1:
		m.inside = true
		m.below = 0
	case m.inside:
		m.below++
	default:
		m.above++
	}
}
