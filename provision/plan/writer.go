package plan

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// A Writer makes a plan: the rows of the lists, then the steps, counted as
// they are written. It stands under another name until it is whole. Discard it.
type Writer struct {
	*lineWriter
	path    string
	plan    *Plan
	summary provision.PlanSummary
	first   firstRows
	warned  warnings
	rewrite func(record.Record) record.Record // rows are written as this makes them; nil as they are

	losing  int            // people who have less access by their step
	attends map[string]int // steps that say of an account that it is on the lists of its source
}

// unfinished is what a file is called that is not whole yet.
const unfinished = ".part"

// NewWriter begins the plan of a header. What is there under the name stays
// until the plan is whole.
func NewWriter(path string, header provision.PlanHeader) (*Writer, error) {
	lines, err := newLineWriter(path+unfinished, nil)
	if err != nil {
		return nil, err
	}
	header.Version = planVersion
	w := &Writer{
		lineWriter: lines,
		path:       path,
		plan:       &Plan{Header: header, path: path},
		summary:    provision.NewPlanSummary(slices.Clone(header.Lists)),
		first:      firstRows{},
		warned:     warnings{},
		attends:    map[string]int{},
	}
	if err := w.line(planLine, header); err != nil {
		w.Discard()
		return nil, err
	}
	return w, nil
}

// Row writes the next row. Rows are numbered from 1 and come before steps.
func (w *Writer) Row(r record.Record) error {
	text, err := planText(rowLine, w.kept(r))
	if err != nil {
		return err
	}
	return w.row(text)
}

// kept is a row as it is written.
func (w *Writer) kept(r record.Record) record.Record {
	if w.rewrite == nil {
		return r
	}
	return w.rewrite(r)
}

// row writes the line of the next row.
func (w *Writer) row(text []byte) error {
	w.plan.rows = append(w.plan.rows, w.at)
	w.summary.Rows++
	return w.raw(text)
}

// load reads a row that was written.
func (w *Writer) load(row int) (record.Record, error) {
	return readRecord(w.file, w.plan.rows, row)
}

// errNoRows is a step that is about nobody on the lists, or about no one missing.
var errNoRows = errors.New("writing the plan: a step without rows")

// Step writes a step, and counts it. A plan is about rows: a step without any
// is refused.
func (w *Writer) Step(s change.Step) error {
	if len(s.Rows) == 0 {
		return errNoRows
	}
	text, err := planText(stepLine, s)
	if err != nil {
		return err
	}
	w.count(s, 1)
	return w.step(text)
}

// step writes the line of a step that is counted.
func (w *Writer) step(text []byte) error {
	w.beginSteps()
	return w.raw(text)
}

// beginSteps notes where the rows end.
func (w *Writer) beginSteps() {
	if w.plan.steps == 0 {
		w.plan.steps = w.at
	}
}

// Close ends the plan with its summary, sealed where there are keys, gives it
// its name, and opens it.
func (w *Writer) Close(links provision.LinkMaker) (*Plan, error) {
	w.beginSteps()
	w.plan.end = w.at
	if w.plan.missing == 0 {
		w.plan.missing = w.at
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	var err error
	if w.summary.Warnings, err = w.told(); err != nil {
		return nil, err
	}
	if w.summary.First, err = w.first.named(w.load); err != nil {
		return nil, err
	}
	slices.SortStableFunc(w.summary.LinksEnd, func(a, b provision.EndingLinks) int { return b.Links - a.Links })
	if w.summary.SHA256 = sumOf(w.digest, w.summary); links != nil {
		w.summary.Seal = links.Seal(w.summary.SHA256)
	}
	if err := w.line(summaryLine, w.summary); err != nil {
		return nil, err
	}
	if err := w.end(); err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	if err := os.Rename(w.path+unfinished, w.path); err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	w.plan.Summary = w.summary
	w.plan.file, err = os.Open(w.path)
	return w.plan, err
}

// For says which command the plan is of, where it is about people who are there.
func (w *Writer) For(command string) { w.summary.Command = command }

// Rewrite says what is written of rows from now on.
func (w *Writer) Rewrite(row func(record.Record) record.Record) { w.rewrite = row }

// Ends counts a live link that a step ends, by the way it went.
func (w *Writer) Ends(way provision.LinkWay) {
	for i, e := range w.summary.LinksEnd {
		if e.LinkWay == way {
			w.summary.LinksEnd[i].Links++
			return
		}
	}
	w.summary.LinksEnd = append(w.summary.LinksEnd, provision.EndingLinks{LinkWay: way, Links: 1})
}

// Discard removes what was not closed.
func (w *Writer) Discard() {
	_ = w.file.Close()
	_ = os.Remove(w.path + unfinished)
}
