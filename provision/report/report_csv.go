package report

import (
	"muster/provision"
)

// overview writes report.csv: every row once, in words, with its free columns
// at the end.
type overview struct {
	csv    *csvWriter
	undone bool // a run is taken back: rows are those of that run
	nothingToClose
}

func newOverview(b *bundle, w *wording) (*overview, error) {
	file, err := b.create(ReportFile)
	if err != nil {
		return nil, err
	}
	t := &overview{csv: newCSV(file), undone: w.undone != ""}
	t.csv.mark()
	own := []string{
		"file", "sheet", "line", "outcome", "reason", "what_to_do", "name", "email", "profiles", "account_id", "link",
		"link_valid_until", "notes",
	}
	if t.undone {
		own = append(own, "of_row")
	}
	t.csv.header(w.freeTitles(own...), own...)
	return t, nil
}

func (t *overview) line(v *view) error {
	own := []string{
		v.File, v.Sheet, v.number, string(v.Outcome), v.reason, v.todo, v.Name, v.email,
		pages(v.Profiles), v.Account, v.link, v.until, v.notes,
	}
	if t.undone {
		own = append(own, v.ofRow())
	}
	for _, cells := range [][]string{own, v.free} {
		for _, cell := range cells {
			t.csv.cell(cell)
		}
	}
	t.csv.end()
	return nil
}

func (t *overview) finish(provision.Summary) error { return t.csv.flush() }
