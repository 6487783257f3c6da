// Package keys looks after the keys that links are made with: a keyring and a
// database go in; what needs which key comes out, or the links of a key end.
//
// The file of the keyring is never written here; the room link does that.
package keys

import (
	"context"
	"errors"
	"maps"
	"slices"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/link"
)

// A Key is a key of the keyring, or one that the database needs.
type Key struct {
	link.Key       // its state is "" where the keyring does not have it
	Links    int   // that are live, in all organizations
	Marks    int   // of people who were erased
	Fault    Fault // "" for none
}

// A Fault says why a key and the database do not go together.
type Fault string

// The faults.
const (
	Strange   Fault = "strange"    // it is not the key that the database knows by this id
	Missing   Fault = "missing"    // the keyring does not have it
	DeadLinks Fault = "dead_links" // it is retired, and links that were made with it count as live
)

// Check says of every key what needs it: those of the ring in its order, then
// those that are missing from it.
func Check(ctx context.Context, e *provision.Engine, ring *link.Keyring) ([]Key, error) {
	known, err := e.Store.KeyChecks(ctx)
	if err != nil {
		return nil, err
	}
	uses, err := e.Store.KeyUses(ctx, e.Now())
	if err != nil {
		return nil, err
	}
	used := map[string]provision.KeyUse{}
	for _, u := range uses {
		used[u.Key] = u
	}
	var all []Key
	for _, k := range ring.Keys() {
		u := used[k.ID]
		key := Key{Key: k, Links: u.Links, Marks: u.Marks}
		switch was := known[k.ID]; {
		case was != "" && was != ring.Check(k.ID):
			key.Fault = Strange
		case k.State == link.Retired && u.Links > 0:
			key.Fault = DeadLinks
		}
		all = append(all, key)
		delete(used, k.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		all = append(all, Key{Key: link.Key{ID: id}, Links: used[id].Links, Marks: used[id].Marks, Fault: Missing})
	}
	return all, nil
}

// Retire ends what a key is good for, where that harms nobody: what Free says
// first stands against it. The file is changed by write. Who has read it before
// may make a link with the key until then: that is a *NeededError which is Late,
// and the key is retired all the same.
func Retire(ctx context.Context, e *provision.Engine, kid string, write func() error) error {
	if err := Free(ctx, e, kid); err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	err := unneeded(ctx, e, kid)
	if needed, is := errors.AsType[*NeededError](err); is {
		needed.Late = true
	}
	return err
}

// Free makes sure that a key can be retired without harm: no link that is live
// was made with it, and no run is at work that may make one. A *ConfigError or
// a *LockedError says what stands against it.
func Free(ctx context.Context, e *provision.Engine, kid string) error {
	leases, err := e.Store.Leases(ctx)
	if err != nil {
		return err
	}
	for _, l := range leases {
		if !l.Lapsed {
			return &provision.LockedError{Lease: l}
		}
	}
	return unneeded(ctx, e, kid)
}

// unneeded makes sure that no link that is live was made with a key.
func unneeded(ctx context.Context, e *provision.Engine, kid string) error {
	uses, err := e.Store.KeyUses(ctx, e.Now())
	if err != nil {
		return err
	}
	for _, u := range uses {
		if u.Key == kid && u.Links > 0 {
			return &NeededError{Key: kid, Links: u.Links}
		}
	}
	return nil
}

// EndLinks revokes all links that were made with a key and count as live, an
// organization at a time, each in one transaction with the audit. It returns
// how many; after an error it is to be called again. Operator is the account id of
// whoever does it, for the audit.
func EndLinks(ctx context.Context, e *provision.Engine, kid, operator string) (ended int, err error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return 0, err
	}
	for _, o := range all {
		n := 0
		err := provision.Retry(func() error {
			return e.Store.InTx(ctx, func(tx provision.Tx) (err error) {
				n, err = endLinks(ctx, e, tx, o, kid, operator)
				return err
			})
		})
		if err != nil {
			return ended, err
		}
		ended += n
	}
	return ended, nil
}

// endLinks revokes the links of one organization.
func endLinks(
	ctx context.Context, e *provision.Engine, tx provision.Tx, o provision.Organization, kid, operator string,
) (int, error) {
	live, err := tx.LiveLinks(ctx, o.ID, kid)
	if err != nil {
		return 0, err
	}
	batches, err := change.Ending{
		Organization: o,
		Why:          provision.EndKey,
		Reason:       reason.KeyRetired,
		By:           provision.Author{Organization: o.ID, Account: operator, Source: "keys retire", At: e.Now().UTC()},
		NewID:        e.NewID,
	}.Batches(live)
	if err != nil {
		return 0, err
	}
	for _, b := range batches {
		if err := tx.Apply(ctx, b); err != nil {
			return 0, err
		}
	}
	return len(live), nil
}
