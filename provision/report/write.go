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
	"muster/provision/locale"
	"muster/provision/words"
)

// Options change how a report is written. The zero value is useful.
type Options struct {
	provision.Rendering
	Zone  *time.Location // of the times in the files for people; UTC where nil
	sheet int            // rows a sheet takes; 0 is the limit of the format

	around func(file string, s sink) sink // what a test puts around a file; nil leaves it alone
}

// Validate checks the options.
func (o Options) Validate() error {
	if o.sheet < 0 || o.sheet == 1 {
		return fmt.Errorf("a sheet of %d rows holds no header and no row", o.sheet)
	}
	return nil
}

// wrapped is a file as it is written.
func (o Options) wrapped(file string, s sink) sink {
	if o.around == nil {
		return s
	}
	return o.around(file, s)
}

// list is an input list while the report is written.
type list struct {
	provision.ListInfo
	group int // lists of the same shape share a group, from 0
}

// A sink is one file of the report, or several of a kind.
type sink interface {
	line(v *view) error
	finish(s provision.Summary) error
}

// writer is one report being written.
type writer struct {
	ctx    context.Context // of the one call to Write that the writer lives in
	folder *folder
	words  *wording
	infos  []provision.ListInfo
	lists  []*list
	Options
}

// Write writes the files of a report into dir, which is made, or must be empty
// or hold an earlier report. First comes the record: rows.jsonl, links.csv and
// summary.json, whole or not at all. Then the files for people are drawn, each
// by itself; one that cannot be drawn is named in the summary and keeps
// nothing else back.
//
// The lines are read once, and a second time where the record found no room
// beside the others. The summary that comes back is the one given with
// everything counted: outcomes, reasons, links, and what is missing. Its Rows
// must be the number of lines, and outcomes that it has already must agree
// with them, or Write fails with a *BalanceError and leaves an earlier report
// as it was.
func Write(ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], summary provision.Summary,
	o Options) (_ provision.Summary, err error) {
	if err := o.Validate(); err != nil {
		return summary, err
	}
	f, err := openFolder(dir)
	if err != nil {
		return summary, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	summary.Report = cmp.Or(summary.Report, dir)
	w := &writer{ctx: ctx, folder: f, infos: summary.Lists, lists: grouped(summary.Lists), Options: o}
	w.words = newWording(cmp.Or(o.Zone, time.UTC), w.lists)
	w.words.brand = summary.Brand
	w.words.anew = decideAnew(summary)
	w.words.undone = undoneRun(summary)
	w.words.stops(cmp.Or(summary.FinishedAt, summary.StartedAt))
	w.words.In = words.In{Language: locale.Match(o.Language), Names: o.Names}
	if summary.Language = ""; w.words.Language != locale.English {
		summary.Language = string(w.words.Language)
	}
	return w.write(lines, summary)
}

func (w *writer) write(lines iter.Seq2[provision.Line, error], s provision.Summary) (_ provision.Summary, err error) {
	drawings := w.drawings()
	defer discard(drawings)
	r, err := w.essentials(lines, drawings)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, r.files.discard()) }()
	if s, err = r.tally.into(s); err != nil {
		return s, err
	}
	s.RejectedFiles = r.back.files
	if s, err = w.settle(s); err != nil {
		return s, err
	}
	recorded := s
	recorded.Undrawn = undrawn(drawings, s)
	if err := r.publish(w.folder, recorded, w.stillGood(s.Run)); err != nil {
		return s, err
	}
	return w.draw(drawings, s)
}

// settle lets whoever asked for the report have the last word on its summary.
func (w *writer) settle(s provision.Summary) (provision.Summary, error) {
	if w.Finish == nil {
		return s, nil
	}
	return w.Finish(s)
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
func listOf(lists []*list, l *provision.Line) *list {
	i := slices.IndexFunc(lists, func(o *list) bool { return o.File == l.File && o.Sheet == l.Sheet })
	if i < 0 {
		i = slices.IndexFunc(lists, func(o *list) bool { return o.File == l.File })
	}
	if i < 0 && l.OfRow > 0 && len(lists) == 1 { // it stood in a list of the run that is taken back
		i = 0
	}
	if i < 0 {
		return nil
	}
	return lists[i]
}
