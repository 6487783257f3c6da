package plan

import (
	"context"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// query is what is asked of the directory for some people at once, and what
// it answered.
type query struct {
	organization string
	people       []asked // who can be used
	keys, hints  []identity.Key
	found        dedupe.Found
}

// asked is a person, and what is looked up of them: keys and hints.
type asked struct {
	dedupe.Person
	keys, hints []identity.Key
}

func newQuery(people []dedupe.Person, organization string) *query {
	q := &query{
		organization: organization,
		found: dedupe.Found{
			Accounts: map[string]dedupe.Account{},
			Erased:   map[identity.Key]bool{},
			Marks:    map[identity.Key][]string{},
			Barred:   map[identity.Key]bool{},
		},
	}
	for _, p := range people {
		if p.Records[0].Usable() {
			keys, hints := p.Keys(organization)
			q.keys = append(q.keys, keys...)
			q.hints = append(q.hints, hints...)
			q.people = append(q.people, asked{p, keys, hints})
		}
	}
	return q
}

func (q *query) run(ctx context.Context, d provision.Directory, policy dedupe.Policy, marks marksFunc) error {
	found, err := d.Resolve(ctx, q.keys, q.hints)
	if err != nil {
		return err
	}
	q.found.Hits = make(map[identity.Key][]string, len(found))
	seen := make(map[string]bool, len(q.people))
	var ids []string
	for _, f := range found {
		if slices.Contains(q.found.Hits[f.Key], f.Account) { // several people ask for one hint
			continue
		}
		q.found.Hits[f.Key] = append(q.found.Hits[f.Key], f.Account)
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
		q.found.Accounts[a.ID] = a
	}
	if err := q.attributes(ctx, d, policy); err != nil {
		return err
	}
	if err := q.cloned(ctx, d, policy); err != nil {
		return err
	}
	return q.suppressed(ctx, d, marks)
}

// attributes reads the free columns that accounts have in the brands of people
// who bring any.
func (q *query) attributes(ctx context.Context, d provision.Directory, policy dedupe.Policy) error {
	of := make(map[provision.Membership]bool, len(q.people))
	for _, p := range q.people {
		brands := p.FreeIn(policy)
		if len(brands) == 0 {
			continue
		}
		for account := range q.leads(p) {
			for _, brand := range brands {
				if _, in := q.found.Accounts[account].In(brand); in {
					of[provision.Membership{Account: account, Brand: brand}] = true
				}
			}
		}
	}
	kept, err := d.Attributes(ctx, q.organization, slices.Collect(maps.Keys(of)))
	for _, k := range kept {
		a := q.found.Accounts[k.Account]
		if a.Attributes == nil {
			a.Attributes = map[string]map[string]string{}
		}
		a.Attributes[k.Brand] = k.Columns
		q.found.Accounts[k.Account] = a
	}
	return err
}

// leads are the accounts that a person leads to, each once.
func (q *query) leads(p asked) map[string]bool {
	all := map[string]bool{}
	for _, keys := range [][]identity.Key{p.keys, p.hints} {
		for _, k := range keys {
			for _, account := range q.found.Hits[k] {
				all[account] = true
			}
		}
	}
	return all
}

// cloned reads the accounts whose permissions people are to have.
func (q *query) cloned(ctx context.Context, d provision.Directory, policy dedupe.Policy) error {
	var keys []identity.Key
	for _, p := range q.people {
		if k := p.Cloned(); k != (identity.Key{}) {
			keys = append(keys, k)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	found, err := d.Resolve(ctx, keys, nil)
	if err != nil {
		return err
	}
	keyOf := map[string]identity.Key{}
	for _, f := range found {
		keyOf[f.Account] = f.Key
	}
	accounts, err := d.Accounts(ctx, q.organization, slices.Sorted(maps.Keys(keyOf)), policy.Now)
	q.found.Cloned = map[identity.Key]dedupe.Account{}
	for _, a := range accounts {
		q.found.Cloned[keyOf[a.ID]] = a
	}
	return err
}

// marksFunc returns the suppression marks of a key, for an organization or,
// with "", for the whole platform.
type marksFunc func(k identity.Key, organization string) []string

// suppressed looks up the marks of erased people, where there are any: those of
// the organization and those of the platform, under every key of the ring. It
// learns with it whether anything was ever decided.
func (q *query) suppressed(ctx context.Context, d provision.Directory, marks marksFunc) error {
	there, err := d.OnRecord(ctx, q.organization)
	q.found.Decided = there.Decided
	if err != nil || !there.Erased {
		return err
	}
	keyOf := map[string]identity.Key{}
	platform := map[string]bool{}
	var asked []string
	for _, k := range q.keys {
		here, everywhere := marks(k, q.organization), marks(k, "")
		for _, m := range everywhere {
			platform[m] = true
		}
		for _, m := range append(here, everywhere...) {
			keyOf[m] = k
			asked = append(asked, m)
		}
	}
	hit, err := d.Suppressed(ctx, q.organization, asked)
	for _, m := range hit {
		k := keyOf[m]
		q.found.Erased[k] = true
		if platform[m] {
			q.found.Barred[k] = true
		} else {
			q.found.Marks[k] = append(q.found.Marks[k], m)
		}
	}
	return err
}
