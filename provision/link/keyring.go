package link

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// State says what a key of the keyring may still do.
type State string

// The states. Exactly one key is active.
const (
	Active  State = "active"  // new links are made with it
	Verify  State = "verify"  // links made with it still open and are still reported
	Retired State = "retired" // links made with it are dead; kept for suppression marks and to be recognised
)

// A Key is one key of a keyring as it may be shown.
type Key struct {
	ID      string    `json:"kid"` // 8 hex digits
	Created time.Time `json:"created"`
	State   State     `json:"state"`
}

// Keyring makes and checks links. It is read once and never changes, so it
// may be used by several goroutines at once.
type Keyring struct {
	keys   []subkeys // in the order of the file
	byID   map[string]int
	active int
}

// subkeys is a key with everything derived from its master, which is not kept
// beyond the file.
type subkeys struct {
	Key
	id          [4]byte
	mac         secret // the tags of links
	suppression secret // marks of people who were erased
	pseudonym   secret // names for people in logs
	check       secret // the value that tells a wrong key under a known id
	seal        secret // seals of plans
	bounce      secret // tags of the addresses that mails come back to
}

func derive(k Key, master secret) subkeys {
	return subkeys{
		Key:         k,
		id:          master.kid(),
		mac:         master.derive("link-mac"),
		suppression: master.derive("suppression"),
		pseudonym:   master.derive("log-pseudonym"),
		check:       master.derive("key-check"),
		seal:        master.derive("plan-seal"),
		bounce:      master.derive("bounce-address"),
	}
}

// newKeyring checks what only the whole keyring can show: ids that differ, and
// one active key.
func newKeyring(keys []subkeys) (*Keyring, error) {
	r := &Keyring{keys: keys, byID: map[string]int{}, active: -1}
	for i, k := range keys {
		if _, twice := r.byID[k.ID]; twice {
			return nil, &KeyringError{KeyID: k.ID, Fault: ErrKeyDuplicate}
		}
		r.byID[k.ID] = i
		if k.State != Active {
			continue
		}
		if r.active >= 0 {
			return nil, &KeyringError{KeyID: k.ID, Fault: ErrTwoActiveKeys}
		}
		r.active = i
	}
	if r.active < 0 {
		return nil, &KeyringError{Fault: ErrNoActiveKey}
	}
	return r, nil
}

// Active returns the id of the key that new links are made with.
func (r *Keyring) Active() string { return r.keys[r.active].ID }

// Keys lists the keys in the order of the file.
func (r *Keyring) Keys() []Key {
	keys := make([]Key, len(r.keys))
	for i, k := range r.keys {
		keys[i] = k.Key
	}
	return keys
}

// usable finds the key of a link that is to be made again or checked.
func (r *Keyring) usable(kid string) (subkeys, error) {
	i, ok := r.byID[kid]
	switch {
	case !ok:
		return subkeys{}, fmt.Errorf("%w: %s", ErrUnknownKey, kid)
	case r.keys[i].State == Retired:
		return subkeys{}, fmt.Errorf("%w: %s", ErrRetiredKey, kid)
	}
	return r.keys[i], nil
}

// Opens reports whether links that were made with a key may still open.
func (r *Keyring) Opens(kid string) bool {
	_, err := r.usable(kid)
	return err == nil
}

// Check returns the key check value of a key, "" for a key that is not in the
// ring. Stored beside the links, it tells a wrong key under a known id before
// the first dead link goes out; it says nothing about the key itself.
func (r *Keyring) Check(kid string) string {
	i, ok := r.byID[kid]
	if !ok {
		return ""
	}
	return hex.EncodeToString(r.keys[i].check.sum([]byte(label), []byte("check"))[:16])
}

// String describes the keyring without its keys.
func (r Keyring) String() string {
	if len(r.keys) == 0 {
		return "empty keyring"
	}
	return fmt.Sprintf("keyring of %d, active %s", len(r.keys), r.keys[r.active].ID)
}

// GoString is String: %#v shows no key either.
func (r Keyring) GoString() string { return r.String() }

// Format is String for every verb, %x and %+v among them.
func (r Keyring) Format(f fmt.State, _ rune) { fmt.Fprint(f, r.String()) }

// MarshalJSON gives the description: a keyring never travels inside something
// else. The file is written by CreateKeyring alone.
func (r Keyring) MarshalJSON() ([]byte, error) { return json.Marshal(r.String()) }

// MarshalText gives the description too, for encoders that ask for text.
func (r Keyring) MarshalText() ([]byte, error) { return []byte(r.String()), nil }
