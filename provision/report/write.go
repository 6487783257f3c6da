package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"muster/provision"
)

// Options change how a report is written. The zero value is useful.
type Options struct {
	Zone   *time.Location       // of the times in the files for people; UTC where nil
	Finish provision.FinishFunc // asked once all lines are counted and before anything is published; nil keeps the summary as it is
	sheet  int                  // rows a sheet takes; 0 is the limit of the format
}

// Validate checks the options.
func (o Options) Validate() error {
	if o.sheet < 0 || o.sheet == 1 {
		return fmt.Errorf("a sheet of %d rows holds no header and no row", o.sheet)
	}
	return nil
}

// list is an input list while the report is written.
type list struct {
	provision.ListInfo
	group int // lists of the same shape share a group, from 0
}

// A sink is one file of the report, or several of a kind.
type sink interface {
	line(v view) error
	finish(s provision.Summary) error
}

// Write reads the lines once and writes the files of a report into dir, which
// is made, or must be empty or hold an earlier report. The summary that comes
// back is the one given with everything counted: outcomes, reasons, links. Its
// Rows must be the number of lines, and outcomes that it has already must agree
// with them, or Write fails with a *BalanceError and leaves an earlier report
// as it was.
func Write(ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], summary provision.Summary, o Options) (_ provision.Summary, err error) {
	if err := o.Validate(); err != nil {
		return summary, err
	}
	f, err := openFolder(dir)
	if err != nil {
		return summary, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	summary.Report = cmp.Or(summary.Report, dir)

	lists := grouped(summary.Lists)
	w := newWords(cmp.Or(o.Zone, time.UTC), lists)
	sinks, stop, err := openSinks(ctx, f, w, lists, o)
	if err != nil {
		return summary, err
	}
	defer func() { err = errors.Join(err, stop()) }()

	counted, err := feed(ctx, lines, sinks, w, lists)
	if err != nil {
		return summary, err
	}
	if summary, err = counted.into(summary); err != nil {
		return summary, err
	}
	if o.Finish != nil {
		if summary, err = o.Finish(summary); err != nil {
			return summary, err
		}
	}
	for _, s := range sinks {
		if err := s.finish(summary); err != nil {
			return summary, fmt.Errorf("writing the report: %w", err)
		}
	}
	return summary, f.commit()
}

// openSinks opens the files of a report. What stop does is needed whether or
// not they were finished.
func openSinks(ctx context.Context, f *folder, w *words, lists []*list, o Options) (sinks []sink, stop func() error, err error) {
	book, err := newBook(ctx, f, w, lists, o.sheet)
	if err != nil {
		return nil, nil, err
	}
	rows, err1 := newRows(f)
	table, err2 := newOverview(f, w)
	links, err3 := newLinks(f)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, nil, errors.Join(err, book.close())
	}
	rejected := newRejected(book)
	stop = func() error { return errors.Join(rejected.close(), book.close()) }
	return []sink{rows, table, links, rejected, book, &summaryFile{folder: f}}, stop, nil
}

// feed hands every line to every sink, and counts.
func feed(ctx context.Context, lines iter.Seq2[provision.Line, error], sinks []sink, w *words, lists []*list) (*tally, error) {
	t := newTally()
	for l, err := range lines {
		if err := errors.Join(ctx.Err(), err); err != nil {
			return nil, fmt.Errorf("reading the lines of the report: %w", err)
		}
		if err := t.count(l); err != nil {
			return nil, err
		}
		v := w.view(l, listOf(lists, l))
		for _, s := range sinks {
			if err := s.line(v); err != nil {
				return nil, fmt.Errorf("writing the report: %w", err)
			}
		}
	}
	return t, nil
}

// grouped numbers the lists by their shape.
func grouped(infos []provision.ListInfo) []*list {
	var lists []*list
	groups := 0
	for _, info := range infos {
		l := &list{ListInfo: info, group: groups}
		if i := slices.IndexFunc(lists, func(o *list) bool { return sameShape(o.ListInfo, info) }); i >= 0 {
			l.group = lists[i].group
		} else {
			groups++
		}
		lists = append(lists, l)
	}
	return lists
}

// sameShape reports whether rows of two lists can stand in one file.
func sameShape(a, b provision.ListInfo) bool {
	return a.Format == b.Format && a.Delimiter == b.Delimiter && slices.Equal(a.Columns, b.Columns)
}

// listOf finds the list a line is of; nil where the summary does not name it.
func listOf(lists []*list, l provision.Line) *list {
	i := slices.IndexFunc(lists, func(o *list) bool { return o.File == l.File && o.Sheet == l.Sheet })
	if i < 0 {
		i = slices.IndexFunc(lists, func(o *list) bool { return o.File == l.File })
	}
	if i < 0 {
		return nil
	}
	return lists[i]
}
