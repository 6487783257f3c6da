package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// resolveRepeated orders columns that hold the same thing, of which a person has
// one. The first that is filled in counts; what somebody said with --map
// goes before what a header is called, and that before one in a frame.
func (l *List) resolveRepeated(h header) {
	l.resolveContacts(h)
	for _, f := range fields {
		all := l.columnsOf(f.name)
		if f.multi || len(all) < 2 {
			continue
		}
		slices.SortStableFunc(all, func(a, b int) int {
			return l.cols[a].order() - l.cols[b].order()
		})
		if f.name == record.FieldEmail { // a second address of the same rank is the problem of its row
			first := all[0]
			rival := func(i int) bool { return i != first && l.cols[i].order() == l.cols[first].order() }
			all = slices.DeleteFunc(all, rival)
		}
		if len(all) > 1 {
			l.putBehind(all, f.name, h.line)
		}
	}
}

// order is what columns of one field are sorted by.
func (c column) order() int {
	if c.told {
		return -1
	}
	return c.rank
}

// putBehind lets the first column count and the others fill in for it.
func (l *List) putBehind(all []int, field record.Field, line int) {
	labels := make([]string, len(all))
	for n, i := range all {
		l.cols[i].behind = n > 0
		labels[n] = strconv.Quote(l.cols[i].label)
	}
	others := labels[:len(labels)-1]
	last := l.cols[all[len(all)-1]].label
	l.note(file.Note{
		Code:   "columns_of_one_field",
		Line:   line,
		Column: last,
		Count:  len(all),
		Message: fmt.Sprintf("%s and %q hold the %s: the first that is filled in counts, and what the others say is kept "+
			"with the person as it is; --map '%s=' leaves a column out", strings.Join(others, ", "), last, field, last),
	})
}
