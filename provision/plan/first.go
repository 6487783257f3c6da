package plan

import (
	"slices"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
)

// firstRows keeps the first rows of a plan by what happens to them: an Outcome,
// the reason.Code behind it, a SideEffect. Decisions come in the order of their
// first rows, and a few are taken back at the end: so it keeps some more than
// are shown.
type firstRows map[any][]int

// rowsKept is how many rows are kept of each; FirstPlaces of them are shown.
const rowsKept = 8

// add keeps the rows of a decision, or takes them back (by -1).
func (f firstRows) add(d dedupe.Decision, by int) {
	first, rest := provision.RowOutcomes(d)
	f.row(first, d.Rows[0], by)
	f.row(d.Reason, d.Rows[0], by)
	for _, row := range d.Rows[1:] {
		f.row(rest, row, by)
		f.row(provision.RowReason(d.Reason, rest), row, by)
	}
	if len(d.Write.Raise) > 0 {
		f.row(provision.RoleRaised, d.Rows[0], by)
	}
	if d.Write.Activate != "" {
		f.row(provision.BlockLifted, d.Rows[0], by)
	}
	if killsLink(d) {
		f.row(provision.LinkKilled, d.Rows[0], by)
	}
	if d.Write.Block {
		f.row(provision.PersonBlocked, d.Rows[0], by)
	}
	if writesDetails(d) {
		f.row(provision.DetailsWritten, d.Rows[0], by)
	}
}

// killsLink reports whether a decision ends a live link.
func killsLink(d dedupe.Decision) bool {
	return d.Link == dedupe.ReissueLink || d.Link == dedupe.EndedLink && d.LinkID != ""
}

// writesDetails reports whether a decision changes free columns or fills blanks.
func writesDetails(d dedupe.Decision) bool { return len(d.Write.Kept) > 0 || d.Write.Fill != nil }

func (f firstRows) row(what any, row, by int) {
	kept := f[what]
	if by < 0 {
		f[what] = slices.DeleteFunc(kept, func(n int) bool { return n == row })
		return
	}
	at, _ := slices.BinarySearch(kept, row)
	if at == rowsKept {
		return
	}
	kept = slices.Insert(kept, at, row)
	f[what] = kept[:min(len(kept), rowsKept)]
}

// named says where the rows stand and whose they are.
func (f firstRows) named(load func(row int) (record.Record, error)) (map[any][]provision.NamedRow, error) {
	all := map[any][]provision.NamedRow{}
	for what, rows := range f {
		for _, row := range rows[:min(len(rows), provision.FirstPlaces)] {
			r, err := load(row)
			if err != nil {
				return nil, err
			}
			all[what] = append(all[what], provision.NamedRow{Place: r.Place, Who: provision.Who(r)})
		}
	}
	return all, nil
}
