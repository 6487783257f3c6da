package pick

import (
	"context"
	"slices"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// A Pair is a source of several people who are one: a row each, as they were
// named, and the account that stays carries all of them.
type Pair struct {
	Typed  string   // the command
	People []Person // the one that stays first; none for a run that goes on with its plan
	Asks   any      // what the people were named by
}

// Lists are the command itself.
func (p Pair) Lists() []provision.ListInfo { return TypedList(p.Typed) }

// Asked is how the people were named.
func (p Pair) Asked() any { return p.Asks }

// Close has nothing to do.
func (Pair) Close() error { return nil }

// Pick writes a row for each of the people.
func (p Pair) Pick(_ context.Context, _ *provision.Engine, sc provision.Scope, w *plan.Writer) ([]Picked, error) {
	var rows []int
	for i, one := range p.People {
		r := named(record.Record{Row: i + 1}, one.Account, sc.Policy.VisibleBrands)
		r.Place = place(p.Typed, r.Row)
		r.Cells = cells(r)
		rows = append(rows, r.Row)
		if err := w.Row(r); err != nil {
			return nil, err
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return []Picked{{Rows: slices.Clip(rows), Account: p.People[0].Account.ID}}, nil
}
