package plan

import (
	"slices"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// firstRows keeps the first rows of a plan by what happens to them: an Outcome,
// the reason.Code behind it, a SideEffect. Steps come in the order of their
// first rows, and a few are taken back at the end: so it keeps some more than
// are shown.
type firstRows map[any][]int

// rowsKept is how many rows are kept of each; FirstPlaces of them are shown.
const rowsKept = 8

// add keeps the rows of a step, or takes them back (by -1).
func (f firstRows) add(s change.Step, effects provision.SideEffects, by int) {
	first := s.Rows[0]
	f.row(s.First.Outcome, first, by)
	f.row(s.First.Reason, first, by)
	for _, row := range s.Rows[1:] {
		f.row(s.Rest.Outcome, row, by)
		f.row(s.Rest.Reason, row, by)
	}
	for _, e := range []struct {
		effect provision.SideEffect
		times  int
	}{
		{provision.RoleRaised, effects.RolesRaised},
		{provision.RoleLowered, effects.RolesLowered},
		{provision.AccessEnded, effects.AccessEnded},
		{provision.AccessBack, effects.AccessBack},
		{provision.AccountGoes, effects.AccountsRemoved},
		{provision.BlockLifted, effects.BlocksLifted},
		{provision.Readdressed, effects.Readdressed},
		{provision.LinkKilled, effects.LinksKilled},
		{provision.PersonBlocked, effects.PeopleBlocked},
		{provision.AlsoElsewhere, effects.Elsewhere},
		{provision.DetailsWritten, effects.DetailsWritten},
	} {
		if e.times > 0 {
			f.row(e.effect, first, by)
		}
	}
}

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
