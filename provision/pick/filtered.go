package pick

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// filtered are people whom a filter lets through.
type filtered struct{ Selection }

func (f filtered) Lists() []provision.ListInfo { return TypedList(f.Typed) }
func (f filtered) Asked() any                  { return f.Filter }
func (f filtered) Close() error                { return nil }

// Pick asks the directory whom the filter lets through.
func (f filtered) Pick(
	ctx context.Context, e *provision.Engine, sc provision.Scope, w *plan.Writer,
) ([]Picked, error) {
	var all []Picked
	err := Everybody(ctx, e, *f.Filter, sc.Policy, func(p Person) error {
		r := named(record.Record{Row: len(all) + 1}, p.Account, sc.Policy.VisibleBrands)
		r.Place = place(f.Typed, r.Row)
		r.Cells = cells(r)
		all = append(all, Picked{Rows: []int{r.Row}, Account: p.Account.ID})
		return w.Row(r)
	})
	return all, err
}

// Everybody hands everybody whom a filter lets through to take, by id: those
// of the organization whom the operator of the policy may see.
func Everybody(
	ctx context.Context, e *provision.Engine, f Filter, policy dedupe.Policy, take func(Person) error,
) error {
	var ids []string
	err := Snapshot(ctx, e, func(d provision.Directory) (err error) {
		ids, err = d.Pick(ctx, f.picking(policy))
		return err
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(ids, chunk) {
		people, err := read(ctx, e, policy, part, nil)
		if err != nil {
			return err
		}
		for _, p := range people {
			if !f.passes(p, policy) {
				continue
			}
			if err := take(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// read reads people whole, by id: for an eraser with what leads to them.
func read(
	ctx context.Context, e *provision.Engine, policy dedupe.Policy, ids []string, eraser Eraser,
	more ...func(provision.Directory) error,
) ([]Person, error) {
	var people []Person
	err := Snapshot(ctx, e, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, policy.Organization, ids, policy.Now)
		if err != nil {
			return err
		}
		for _, look := range more {
			if err := look(d); err != nil {
				return err
			}
		}
		invitations, err := d.Invites(ctx, policy.Organization, ids)
		if err != nil {
			return err
		}
		ties, err := d.Ties(ctx, policy.Organization, ids)
		if err != nil {
			return err
		}
		others, err := d.Elsewhere(ctx, policy.Organization, ids)
		if err != nil {
			return err
		}
		people = together(accounts, invitations, ties, others)
		if eraser == nil {
			return nil
		}
		return mark(ctx, e, d, policy, people, eraser)
	})
	return people, err
}

// together puts people together from what was read of them.
func together(
	accounts []dedupe.Account, invitations []provision.Invite, ties []provision.Ties, others map[string]int,
) []Person {
	invited := make(map[string]provision.Invite, len(invitations))
	for _, i := range invitations {
		invited[i.Account] = i
	}
	tied := make(map[string]provision.Ties, len(ties))
	for _, t := range ties {
		tied[t.Account] = t
	}
	people := make([]Person, len(accounts))
	for i, a := range accounts {
		people[i] = Person{Account: a, Invitation: invited[a.ID], Ties: tied[a.ID], Elsewhere: others[a.ID]}
	}
	return people
}
