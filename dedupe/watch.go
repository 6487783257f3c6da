package dedupe

import (
	"slices"

	"muster/importer/identity"
)

// Watched is a key that a decision depends on, and what it led to when that
// was decided: an account at a version, or nobody. A decision is carried out
// only where its keys still lead there.
type Watched struct {
	identity.Key
	Account string `json:"account,omitempty"` // "" for nobody
	Version int64  `json:"version,omitempty"` // of the account
}

// Taken reports whether somebody has the key.
func (w Watched) Taken() bool { return w.Account != "" }

// AccountSpace is the space of a key that stands for an account itself. No
// list has such keys; a decision watches an account by it that no key of the
// row leads to.
const AccountSpace = "account"

// NewKeys returns the keys that the account of a create gets: those watched
// that nobody has. A watched key that somebody has stays theirs.
func (d Decision) NewKeys() []identity.Key {
	var keys []identity.Key
	for _, w := range d.Watch {
		if !w.Taken() {
			keys = append(keys, w.Key)
		}
	}
	return keys
}

// watch makes sure that the decision watches the account it writes to.
func (d *Decision) watch(a Account) {
	if slices.ContainsFunc(d.Watch, func(w Watched) bool { return w.Account == a.ID }) {
		return
	}
	own := identity.Key{Space: AccountSpace, Value: a.ID}
	at, _ := slices.BinarySearchFunc(d.Watch, own, compareWatched)
	d.Watch = slices.Insert(slices.Clone(d.Watch), at, Watched{Key: own, Account: a.ID, Version: a.Version})
}

// unwatch takes the keys that f accepts out of what the decision watches.
func (d *Decision) unwatch(f func(identity.Key) bool) {
	d.Watch = slices.DeleteFunc(slices.Clone(d.Watch), func(w Watched) bool { return f(w.Key) })
}

// watched returns what a key leads to in the first of the matches in which
// somebody has it.
func watched(k identity.Key, in ...Match) Watched {
	for _, m := range in {
		at, found := slices.BinarySearchFunc(m.Watch, k, compareWatched)
		if found && m.Watch[at].Taken() {
			return m.Watch[at]
		}
	}
	return Watched{Key: k}
}

func compareWatched(w Watched, k identity.Key) int { return CompareKeys(w.Key, k) }
