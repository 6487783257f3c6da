package pick

import (
	"context"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// An Editor is a verb that writes what somebody says of people: it depends on
// what their rows say, on who has the keys that it would give them, and on what
// their memberships keep.
type Editor interface {
	Verb
	// Reads returns what a row of a list says of its person, as the verb finds it
	// again in Person.Said.
	Reads(r record.Record) any
	// Wants are the keys that a person would get, or lose.
	Wants(p Person) []identity.Key
}

// consult adds to people what an editor judges them by. The accounts were read
// before: whoever changed since has another version, and is stale.
func consult(
	ctx context.Context, e *provision.Engine, policy dedupe.Policy, people map[string]Person, editor Editor,
) error {
	var keys []identity.Key
	var of []provision.Membership
	for _, p := range people {
		keys = append(keys, editor.Wants(p)...)
		for _, m := range p.Account.Memberships {
			of = append(of, provision.Membership{Account: p.Account.ID, Brand: m.Brand})
		}
	}
	owners := map[identity.Key]string{}
	erased := map[identity.Key]bool{}
	return Snapshot(ctx, e, func(d provision.Directory) error {
		found, err := d.Resolve(ctx, keys, nil)
		if err != nil {
			return err
		}
		for _, f := range found {
			owners[f.Key] = f.Account
		}
		if err := suppressed(ctx, e, d, policy.Organization, keys, erased); err != nil {
			return err
		}
		kept, err := d.Attributes(ctx, policy.Organization, of)
		if err != nil {
			return err
		}
		for id, p := range people {
			p.Owners = owners
			p.Erased = erased
			p.Account.Attributes = map[string]map[string]string{}
			people[id] = p
		}
		for _, k := range kept {
			people[k.Account].Account.Attributes[k.Brand] = k.Columns
		}
		return nil
	})
}

// suppressed finds the keys of people who were erased, here or for the whole
// platform, under every key of the ring.
func suppressed(
	ctx context.Context, e *provision.Engine, d provision.Directory, organization string, keys []identity.Key,
	erased map[identity.Key]bool,
) error {
	there, err := d.OnRecord(ctx, organization)
	if err != nil || !there.Erased || e.Links == nil {
		return err
	}
	of := map[string]identity.Key{}
	for _, k := range keys {
		for _, m := range append(e.Links.Marks(k, organization), e.Links.Marks(k, "")...) {
			of[m] = k
		}
	}
	hit, err := d.Suppressed(ctx, organization, slices.Collect(maps.Keys(of)))
	for _, m := range hit {
		erased[of[m]] = true
	}
	return err
}
