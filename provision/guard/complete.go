package guard

import (
	"slices"

	"muster/importer/reason"
	"muster/provision"
)

// A Look is how the lists of a run look to whoever wants to know whether they are
// complete.
type Look struct {
	Lists  []provision.SourceList
	People int  // whoever stands on two rows is one of them
	Part   bool // only some of the rows were read, as somebody asked
}

// Incomplete says why lists are not all that their source has, "" where they are:
// only then is somebody gone who is missing from them. The same sheets and columns
// have to be there as the last time, unless another header is known to be right,
// and at least half the people. A file with an error never comes here.
func Incomplete(now, last Look, headerChanged bool) reason.Code {
	switch {
	case now.Part:
		return reason.PartOfList
	case len(last.Lists) == 0 && last.People == 0: // the first list is what it is
		return ""
	case !sameSheets(now.Lists, last.Lists):
		return reason.OtherSheets
	case !headerChanged && !sameHeader(now.Lists, last.Lists):
		return reason.OtherHeader
	case 2*now.People < last.People:
		return reason.HalfTheList
	}
	return ""
}

// sameSheets reports whether both have as many lists, of the same sheets, in
// whatever order.
func sameSheets(now, last []provision.SourceList) bool {
	return slices.Equal(sheets(now), sheets(last))
}

func sheets(lists []provision.SourceList) []string {
	var names []string
	for _, l := range lists {
		names = append(names, l.Sheet)
	}
	slices.Sort(names)
	return names
}

// sameHeader reports whether each list has the columns of one of those before, in
// whatever order.
func sameHeader(now, last []provision.SourceList) bool {
	was := headers(last)
	return !slices.ContainsFunc(headers(now), func(columns []string) bool {
		return !slices.ContainsFunc(was, func(before []string) bool { return slices.Equal(columns, before) })
	})
}

func headers(lists []provision.SourceList) [][]string {
	var all [][]string
	for _, l := range lists {
		columns := slices.Clone(l.Columns)
		slices.Sort(columns)
		all = append(all, append([]string{l.Sheet}, columns...))
	}
	return all
}
