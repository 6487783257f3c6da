package pick

import (
	"context"

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
	return snapshot(ctx, e, func(d provision.Directory) error {
		found, err := d.Resolve(ctx, keys, nil)
		if err != nil {
			return err
		}
		for _, f := range found {
			owners[f.Key] = f.Account
		}
		kept, err := d.Attributes(ctx, policy.Organization, of)
		if err != nil {
			return err
		}
		for id, p := range people {
			p.Owners = owners
			p.Account.Attributes = map[string]map[string]string{}
			people[id] = p
		}
		for _, k := range kept {
			people[k.Account].Account.Attributes[k.Brand] = k.Columns
		}
		return nil
	})
}
