package pick

import (
	"context"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
)

// mark adds to people what is kept of them once they are erased: the marks of
// all that leads to them, and which runs told of them.
func mark(
	ctx context.Context, e *provision.Engine, d provision.Directory, policy dedupe.Policy, people []Person, eraser Eraser,
) error {
	at := make(map[string]int, len(people))
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.Account.ID
		at[p.Account.ID] = i
	}
	keys, err := d.Keys(ctx, policy.Organization, ids)
	if err != nil {
		return err
	}
	where := policy.Organization
	if eraser.Everywhere() {
		where = ""
	}
	for _, k := range keys {
		p := &people[at[k.Account]]
		p.Marks = append(p.Marks, e.Links.Mark(k.Key, where))
	}
	runs, err := d.Mentioned(ctx, policy.Organization, ids)
	for id, all := range runs {
		people[at[id]].Runs = all
	}
	return err
}

// bare is a row of which nothing is kept but where it stands.
func bare(r record.Record) record.Record {
	kept := record.Record{Row: r.Row, Place: r.Place}
	for _, p := range r.Problems {
		kept.Problems = append(kept.Problems, record.Problem{Column: p.Column, Code: p.Code, Fatal: p.Fatal})
	}
	return kept
}
