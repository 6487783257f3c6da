package report

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"muster/importer"
	"muster/provision"
	"muster/provision/link"
	"muster/provision/words"
)

// rejected writes the rows that can be corrected and fed back, in the shape of
// their list: its format, delimiter, columns and sheets, and in front of them
// what is wrong and where the row came from. CSV lists of another shape get a
// file of their own; the sheets of all workbooks stand in one. A file is made
// when its first row comes.
type rejected struct {
	book  *book                   // what a workbook is written with; only its paper is there
	files map[string]rejectedFile // by name
	back  goingBack
}

// A rejectedFile takes the rows of one shape of list.
type rejectedFile interface {
	row(v *view) error
	finish() error
	close() error
}

func newRejected(b *book) *rejected {
	return &rejected{book: b, files: map[string]rejectedFile{}}
}

func (r *rejected) line(v *view) error {
	if !backToList(v.Outcome) {
		return nil
	}
	name := r.back.add(v.list)
	f, ok := r.files[name]
	if !ok {
		var err error
		if f, err = r.open(name, v.list); err != nil {
			return err
		}
		r.files[name] = f
	}
	return f.row(v)
}

// backToList reports whether rows of an outcome go back to be corrected.
func backToList(o provision.Outcome) bool { return o == provision.Rejected || o == provision.Failed }

// goingBack are the files that rows go back in, in the order of their first rows: one for
// each shape of CSV lists, and one for all workbooks.
type goingBack struct {
	files  []provision.RejectedFile
	groups []int // of which each is
}

// allBooks stands for the groups of all lists whose rows go back as sheets.
const allBooks = -1

// add takes in a row of a list, and names its file.
func (g *goingBack) add(l *list) string {
	group := l.group
	if l.workbook() {
		group = allBooks
	}
	at := slices.Index(g.groups, group)
	if at < 0 {
		at = len(g.groups)
		g.files = append(g.files, provision.RejectedFile{File: g.name(group)})
		g.groups = append(g.groups, group)
	}
	f := &g.files[at]
	if f.Rows++; !slices.Contains(f.Lists, l.File) {
		f.Lists = append(f.Lists, l.File)
	}
	return f.File
}

// name is what the file of another group is called.
func (g *goingBack) name(group int) string {
	if group == allBooks {
		return RejectedBook
	}
	tables := 1
	for _, other := range g.groups {
		if other != allBooks {
			tables++
		}
	}
	if tables == 1 {
		return RejectedFile
	}
	return fmt.Sprintf("rejected-%d.csv", tables)
}

func (r *rejected) open(name string, l *list) (rejectedFile, error) {
	if l.workbook() {
		return newRejectedBook(r.book, name), nil
	}
	return newRejectedCSV(r.book.folder, name, l)
}

func (r *rejected) finish(provision.Summary) error {
	for _, f := range r.files {
		if err := f.finish(); err != nil {
			return err
		}
	}
	return nil
}

// close removes what the files keep beside themselves.
func (r *rejected) close() error {
	var err error
	for _, f := range r.files {
		err = errors.Join(err, f.close())
	}
	return err
}

// ourColumns is how many columns of ours stand in front of those of the list.
const ourColumns = 2

// workbook reports whether rows of the list go back as a workbook: those of a
// workbook do, if its columns leave room for ours.
func (l *list) workbook() bool {
	return l.Format == string(importer.XLSX) && len(l.Columns) <= maxColumns-ourColumns
}

// own are the columns of the list without ours: a list that is a corrected file
// of rejected rows has these already, and they are filled anew.
func (l *list) own() []string { return l.withoutOurs(l.Columns) }

// withoutOurs takes out of the cells of a row, or the columns themselves, those
// that stand in columns of ours.
func (l *list) withoutOurs(cells []string) []string {
	if !slices.ContainsFunc(l.Columns, importer.Ours) {
		return cells
	}
	var kept []string
	for i, cell := range cells {
		if i >= len(l.Columns) || !importer.Ours(l.Columns[i]) {
			kept = append(kept, cell)
		}
	}
	return kept
}

// column finds a column by the name that problems give it, -1 for none.
func (l *list) column(name string) int {
	if l.Labels != nil {
		return slices.Index(l.Labels, name)
	}
	return slices.Index(l.Columns, name)
}

// ownColumn finds it among the columns without ours.
func (l *list) ownColumn(name string) int {
	at := l.column(name)
	if at < 0 || at >= len(l.Columns) || importer.Ours(l.Columns[at]) {
		return -1
	}
	return len(l.withoutOurs(l.Columns[:at]))
}

// from says where a rejected row stood in the list that it was first in.
func (v *view) from() string {
	if i := slices.Index(v.list.Columns, importer.FromColumn); i >= 0 && i < len(v.Cells) && v.Cells[i] != "" {
		return v.Cells[i]
	}
	return filepath.Base(v.File) + ", " + v.in.Say("line %s", strconv.Itoa(v.Line.Line))
}

// rejects says which files hold the rejected rows of a run, of several also whose rows.
func rejects(in words.In, s provision.Summary) string {
	if len(s.RejectedFiles) < 2 {
		return in.And(rejectNames(s))
	}
	said := make([]string, len(s.RejectedFiles))
	for i, f := range s.RejectedFiles {
		said[i] = in.Say("%s (rows of %s)", f.File, in.And(each(f.Lists, filepath.Base)))
	}
	return in.And(said)
}

// rejectNames are the names of the files of rejected rows.
func rejectNames(s provision.Summary) []string {
	if len(s.RejectedFiles) == 0 {
		return rejectedFiles(s.Lists)
	}
	names := make([]string, len(s.RejectedFiles))
	for i, f := range s.RejectedFiles {
		names[i] = f.File
	}
	return names
}

// each is what becomes of texts, one by one.
func each(texts []string, become func(string) string) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = become(t)
	}
	return all
}

// rejectedFiles says which files may hold the rejected rows of lists, before any row is seen.
func rejectedFiles(lists []provision.ListInfo) []string {
	var books, tables bool
	for _, info := range lists {
		l := list{ListInfo: info}
		books = books || l.workbook()
		tables = tables || !l.workbook()
	}
	switch {
	case books && tables:
		return []string{RejectedFile, RejectedBook}
	case books:
		return []string{RejectedBook}
	}
	return []string{RejectedFile}
}

// errorWords says everything that is wrong with a row, each with its column
// and what to do; first what stands in the way.
func errorWords(v *view) []string {
	var all []string
	for _, fatal := range []bool{true, false} {
		for _, p := range v.Problems {
			if p.Fatal != fatal {
				continue
			}
			text := v.in.Problem(p)
			if p.Column != "" {
				text = p.Column + v.in.Say(": ") + text
			}
			all = append(all, withRemedy(text, v.in.Remedy(p)))
		}
	}
	if v.Error != "" {
		all = append(all, link.Redact(v.Error))
	}
	if len(v.Problems) == 0 && v.reason != "" {
		all = append(all, withRemedy(v.reason, v.todo))
	}
	return all
}

func withRemedy(text, remedy string) string {
	if remedy == "" || strings.Contains(text, remedy) {
		return text
	}
	return text + " (" + remedy + ")"
}

// delimiters are the delimiters of lists by their names.
var delimiters = map[string]byte{"tab": '\t', ";": ';', "|": '|', ",": ','}

func (l *list) delimiter() byte { return cmp.Or(delimiters[l.Delimiter], ',') }
