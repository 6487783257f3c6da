package dedupe

import (
	"slices"

	"muster/importer/record"
)

// Wanted is the access that the rows of a person ask for, whatever their account
// has of it already.
type Wanted struct {
	Kind      record.Kind
	Brands    []string
	Role      string // the highest that a row says, "" for none
	Campaigns []string
	Products  []string
	Named     bool              // a row names the brands itself
	Columns   map[string]string // free columns that are not blank
}

// Wanted returns what those rows of the person ask for that a decision is about.
func (p Person) Wanted(rows []int, policy Policy) Wanted {
	var of Person
	for _, r := range p.Records {
		if slices.Contains(rows, r.Row) {
			of.Records = append(of.Records, r)
		}
	}
	w := Wanted{
		Kind:      of.kind(),
		Brands:    policy.brands(of),
		Role:      highest(of.union(func(r record.Record) []string { return []string{r.Role} }), policy),
		Campaigns: of.union(func(r record.Record) []string { return r.Campaigns }),
		Products:  of.union(func(r record.Record) []string { return r.Products }),
		Named:     slices.ContainsFunc(of.Records, func(r record.Record) bool { return len(r.Brands) > 0 }),
	}
	for _, a := range of.attributes() {
		if w.Columns == nil {
			w.Columns = map[string]string{}
		}
		w.Columns[a.Column] = a.Value
	}
	return w
}
