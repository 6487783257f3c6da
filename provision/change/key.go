package change

import (
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to what an account is found by.
const (
	OpTakeKey Op = "take_key"
	OpDropKey Op = "drop_key"
)

// TakeKey gives an account a key that nobody has: an external id, or another
// address that leads to it. The keys of an account's own address and of its
// profiles come with Create and AddProfile.
type TakeKey struct{ identity.Key }

// Op is OpTakeKey.
func (TakeKey) Op() Op { return OpTakeKey }

// Reverse drops the key.
func (c TakeKey) Reverse() (Change, bool) { return DropKey(c), true }

func (c TakeKey) audited(func(identity.Key) string) (Change, bool) {
	return TakeKey{onlySpace(c.Key)}, false
}

func (c TakeKey) into(b *provision.Batch, t *target) error {
	b.Keys = append(b.Keys, provision.KeyRow{Key: c.Key, Account: t.account})
	return nil
}

func (c TakeKey) short() any {
	return struct {
		Space string `json:"space"`
		Value string `json:"value,omitempty"`
	}(c.Key)
}

// DropKey takes a key away from an account, so that somebody else can have it.
type DropKey struct{ identity.Key }

// Op is OpDropKey.
func (DropKey) Op() Op { return OpDropKey }

// Reverse takes the key again.
func (c DropKey) Reverse() (Change, bool) { return TakeKey(c), true }

func (c DropKey) audited(func(identity.Key) string) (Change, bool) {
	return DropKey{onlySpace(c.Key)}, false
}

func (c DropKey) into(b *provision.Batch, t *target) error {
	b.Gone.Keys = append(b.Gone.Keys, provision.KeyRow{Key: c.Key, Account: t.account})
	return nil
}

// onlySpace says what kind of key it is, and not whose. Whose external ids they
// are is known from the entry.
func onlySpace(k identity.Key) identity.Key {
	if external := dedupe.ExternalSpace(""); strings.HasPrefix(k.Space, external) {
		return identity.Key{Space: external}
	}
	return identity.Key{Space: k.Space}
}
