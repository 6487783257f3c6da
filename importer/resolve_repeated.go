package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/record"
)

// resolveRepeated orders columns that hold the same thing, of which a person has
// one. The first that is filled in counts; what somebody said with --map
// goes before what a header is called, and that before one in a frame.
func (l *List) resolveRepeated(h header, rows []headRow) {
	l.resolveContacts(h)
	l.resolveHandleNames(h, rows)
	for _, f := range fields {
		all := l.columnsOf(f.name)
		if f.multi || len(all) < 2 {
			continue
		}
		slices.SortStableFunc(all, func(a, b int) int {
			return cmp.Or(l.cols[a].order()-l.cols[b].order(), l.besideAddress(h, f.name, a)-l.besideAddress(h, f.name, b))
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

// besideAddress is 0 for a name in the frame of the address that is read
// ("Primary contact name" of "Primary contact email"), and 1 for any other: of
// two names the one is that of whom the address belongs to.
func (l *List) besideAddress(h header, field record.Field, i int) int {
	if field != record.FieldName {
		return 1
	}
	name := identity.HeaderWords(h.labels[i])
	for _, at := range l.columnsOf(record.FieldEmail) {
		address := identity.HeaderWords(h.labels[at])
		if n := len(name) - 1; n > 0 && n < len(address) && slices.Equal(name[:n], address[:n]) {
			return 0
		}
	}
	return 1
}

// resolveHandleNames lets first and last name go before a whole name that is but a
// handle, or what somebody's profile is called. That is the name of whoever has no other.
func (l *List) resolveHandleNames(h header, rows []headRow) {
	parts := l.columnsOf(record.FieldFirstName, record.FieldLastName)
	if len(l.columnsOf(record.FieldFirstName)) == 0 || len(l.columnsOf(record.FieldLastName)) == 0 {
		return
	}
	for _, i := range l.columnsOf(record.FieldName) {
		values := sampleOf(rows, i)
		if l.cols[i].told || len(values) == 0 || headerKey(h.labels[i]) != "profilename" && !all(values, isBareHandle) {
			continue
		}
		l.cols[i].behind = true
		l.noteBehind(append(parts, i), record.FieldName, h.line)
	}
}

// isBareHandle reports whether a name is one word with signs that handles have and
// names have not.
func isBareHandle(name string) bool {
	return !strings.ContainsRune(name, ' ') && strings.ContainsAny(name, "@_.0123456789")
}

// putBehind lets the first column count and the others fill in for it.
func (l *List) putBehind(all []int, field record.Field, line int) {
	for n, i := range all {
		l.cols[i].behind = n > 0
	}
	l.noteBehind(all, field, line)
}

// noteBehind says that the last of some columns fills in for those before it.
func (l *List) noteBehind(all []int, field record.Field, line int) {
	labels := make([]string, len(all))
	for n, i := range all {
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
