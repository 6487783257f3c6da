package plan

import (
	"cmp"
	"context"
	"runtime"

	"github.com/sourcegraph/conc/stream"

	"muster/importer"
	"muster/importer/file"
	"muster/importer/record"
	"muster/provision"
)

// readBatch is how many rows are parsed at a stretch, side by side with others.
const readBatch = 256

// parallel is how many goroutines parse and match side by side.
func parallel() int { return max(2, runtime.GOMAXPROCS(0)) }

// read parses every row of every list into the plan file and gives it to add,
// in order. Only when all lists were read whole does anything else happen.
func (p *planner) read(ctx context.Context, lists []*importer.List, add func(record.Record)) error {
	p.tell(provision.PhaseStarted{Phase: provision.Reading, Total: rowsHint(lists)})
	for i, l := range lists {
		before := p.w.summary.Rows
		if err := p.readList(ctx, l, add); err != nil {
			return err
		}
		p.w.summary.Lists[i].Rows = p.w.summary.Rows - before
		p.w.summary.Lists[i].Notes = p.notes(l.Info())
	}
	if p.w.summary.Rows == 0 {
		return &file.Error{
			Path:  p.w.summary.Lists[0].File,
			Class: file.Empty,
			Msg:   "no row was read",
			Hint:  "the list is empty, or --rows begins behind its end",
		}
	}
	p.tell(provision.PhaseDone{Phase: provision.Reading, Done: p.w.summary.Rows})
	if err := p.w.flush(); err != nil {
		return err
	}
	return nil
}

func rowsHint(lists []*importer.List) int {
	total := 0
	for _, l := range lists {
		hint := l.Info().RowsHint
		if hint == 0 {
			return 0
		}
		total += hint
	}
	return total
}

// readList parses the rows of a list side by side and keeps them in order.
func (p *planner) readList(ctx context.Context, l *importer.List, add func(record.Record)) error {
	columns := columnsOf(l.Info())
	next := p.w.summary.Rows + 1
	var broken, failed error
	s := stream.New().WithMaxGoroutines(parallel())
	batch := make([]record.Row, 0, readBatch)
	send := func() {
		rows := batch
		first := next
		next += len(batch)
		batch = make([]record.Row, 0, readBatch)
		s.Go(func() stream.Callback {
			parsed, err := p.parse(l, rows, first, columns)
			return func() {
				if failed = cmp.Or(failed, err); failed == nil {
					failed = p.keep(parsed, add)
				}
			}
		})
	}
	for row, err := range l.Rows(ctx) {
		if broken = err; err != nil {
			break
		}
		if batch = append(batch, row); len(batch) == readBatch {
			send()
		}
	}
	send()
	s.Wait()
	return cmp.Or(broken, failed)
}

// parsed is a record and its line in the plan.
type parsed struct {
	record record.Record
	line   []byte
}

func (p *planner) parse(l *importer.List, rows []record.Row, first int, columns provision.Columns) ([]parsed, error) {
	all := make([]parsed, len(rows))
	for i, row := range rows {
		r := l.Parse(row)
		r.Row = first + i
		r = p.check(r, columns)
		line, err := planText(rowLine, p.w.kept(r))
		if err != nil {
			return nil, err
		}
		all[i] = parsed{record: r, line: line}
	}
	return all, nil
}

func (p *planner) keep(all []parsed, add func(record.Record)) error {
	for _, r := range all {
		if err := p.w.row(r.line); err != nil {
			return err
		}
		add(r.record)
		p.progress(provision.Reading, r.record.Row)
	}
	return nil
}
