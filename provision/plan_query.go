package provision

import (
	"context"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
)

// query is what is asked of the directory for some people at once, and what
// it answered.
type query struct {
	organization string
	people       []dedupe.Person // who can be used
	keys, hints  []identity.Key
	hits         map[identity.Key][]string
	accounts     map[string]dedupe.Account
	erased       map[string]bool // suppression marks on record
	marks        map[identity.Key][]string
}

func newQuery(people []dedupe.Person, organization string) *query {
	q := &query{organization: organization, hits: map[identity.Key][]string{}, accounts: map[string]dedupe.Account{}}
	for _, p := range people {
		if p.Records[0].Usable() {
			keys, hints := p.Keys(organization)
			q.keys, q.hints = append(q.keys, keys...), append(q.hints, hints...)
			q.people = append(q.people, p)
		}
	}
	return q
}

func (q *query) run(ctx context.Context, d Directory, policy dedupe.Policy, marks marksFunc) error {
	clear(q.hits)
	found, err := d.Resolve(ctx, q.keys, q.hints)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	var ids []string
	for _, f := range found {
		q.hits[f.Key] = append(q.hits[f.Key], f.Account)
		if !seen[f.Account] {
			seen[f.Account] = true
			ids = append(ids, f.Account)
		}
	}
	accounts, err := d.Accounts(ctx, q.organization, ids, policy.Now)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		q.accounts[a.ID] = a
	}
	if err := q.attributes(ctx, d, policy); err != nil {
		return err
	}
	return q.suppressed(ctx, d, marks)
}

// attributes reads the free columns that accounts have in the brands of people
// who bring any.
func (q *query) attributes(ctx context.Context, d Directory, policy dedupe.Policy) error {
	asked := map[Membership]bool{}
	for _, p := range q.people {
		brands := p.FreeIn(policy)
		if len(brands) == 0 {
			continue
		}
		keys, hints := p.Keys(q.organization)
		for _, k := range append(keys, hints...) {
			for _, account := range q.hits[k] {
				for _, brand := range brands {
					if _, in := q.accounts[account].In(brand); in {
						asked[Membership{account, brand}] = true
					}
				}
			}
		}
	}
	kept, err := d.Attributes(ctx, q.organization, slices.Collect(maps.Keys(asked)))
	for _, k := range kept {
		a := q.accounts[k.Account]
		if a.Attributes == nil {
			a.Attributes = map[string]map[string]string{}
		}
		a.Attributes[k.Brand] = k.Columns
		q.accounts[k.Account] = a
	}
	return err
}

// marksFunc returns the suppression marks of a key, for an organization or,
// with "", for the whole platform.
type marksFunc func(k identity.Key, organization string) []string

// suppressed looks up the marks of erased people, where there are any: those of
// the organization and those of the platform, under every key of the ring.
func (q *query) suppressed(ctx context.Context, d Directory, marks marksFunc) error {
	any, err := d.Suppressions(ctx, q.organization)
	if err != nil || !any {
		return err
	}
	q.marks, q.erased = map[identity.Key][]string{}, map[string]bool{}
	var asked []string
	for _, k := range q.keys {
		q.marks[k] = append(marks(k, q.organization), marks(k, "")...)
		asked = append(asked, q.marks[k]...)
	}
	hit, err := d.Suppressed(ctx, q.organization, asked)
	for _, m := range hit {
		q.erased[m] = true
	}
	return err
}

// erases reports whether a key is that of somebody who was erased.
func (q *query) erases(w dedupe.Watched) bool {
	return slices.ContainsFunc(q.marks[w.Key], func(mark string) bool { return q.erased[mark] })
}
