package accounts

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/pick"
)

// A Duplicate is two accounts that look like one person, and what they have in
// common.
type Duplicate struct {
	A, B   pick.Person
	Shared []identity.Key // a name is of provision.NameSpace
}

// Duplicates finds accounts of the organization that look like each other, of
// those that the operator may see: most in common first. Names asks for people
// of the same name, too, whatever else they have in common.
func Duplicates(ctx context.Context, e *provision.Engine, sc provision.Scope, names bool) ([]Duplicate, error) {
	var rows []provision.KeyRow
	err := provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) (err error) {
			rows, err = d.Alike(ctx, sc.Policy.Organization, names)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("looking for people who look like each other: %w", err)
	}
	people, err := visible(ctx, e, sc, rows)
	if err != nil {
		return nil, err
	}
	return pairs(rows, people), nil
}

// visible reads the people of some rows whom the operator may see, by id.
func visible(
	ctx context.Context, e *provision.Engine, sc provision.Scope, rows []provision.KeyRow,
) (map[string]pick.Person, error) {
	var named []pick.Target
	seen := map[string]bool{}
	for _, r := range rows {
		if !seen[r.Account] {
			seen[r.Account] = true
			named = append(named, pick.Target{Account: r.Account})
		}
	}
	people := map[string]pick.Person{}
	for part := range slices.Chunk(named, 500) {
		found, err := pick.Find(ctx, e, sc, part...)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			if p.Account.Visible(sc.Policy.VisibleBrands) {
				people[p.Account.ID] = p
			}
		}
	}
	return people, nil
}

// pairs puts two and two together: rows are sorted by what is shared.
func pairs(rows []provision.KeyRow, people map[string]pick.Person) []Duplicate {
	at := map[[2]string]int{}
	var all []Duplicate
	for i, first := range rows {
		for _, second := range rows[i+1:] {
			if second.Key != first.Key {
				break
			}
			a, seen := people[first.Account]
			b, also := people[second.Account]
			if !seen || !also || a.Account.ID == b.Account.ID {
				continue
			}
			pair := [2]string{min(a.Account.ID, b.Account.ID), max(a.Account.ID, b.Account.ID)}
			n, known := at[pair]
			if !known {
				n = len(all)
				at[pair] = n
				all = append(all, Duplicate{A: a, B: b})
			}
			all[n].Shared = append(all[n].Shared, first.Key)
		}
	}
	for i, d := range all {
		name := identity.Key{Space: provision.NameSpace, Value: d.A.Account.Name}
		if name.Value != "" && d.A.Account.Name == d.B.Account.Name && !slices.Contains(d.Shared, name) {
			all[i].Shared = append(d.Shared, name)
		}
	}
	slices.SortStableFunc(all, func(x, y Duplicate) int {
		return cmp.Or(cmp.Compare(len(y.Shared), len(x.Shared)), cmp.Compare(x.A.Account.Name, y.A.Account.Name),
			cmp.Compare(x.A.Account.ID, y.A.Account.ID))
	})
	return all
}
