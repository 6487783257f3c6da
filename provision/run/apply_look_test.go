package run

import (
	"context"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// keysOf is a transaction in which keys lead to an account, which has one version.
type keysOf struct {
	provision.Tx
	account string
	keys    []identity.Key
}

func (k keysOf) Resolve(_ context.Context, keys []identity.Key, accounts []string) (found []provision.Found, err error) {
	for range accounts {
		for _, key := range k.keys {
			found = append(found, provision.Found{Key: key, Account: k.account, Version: 1})
		}
	}
	return found, nil
}

// Whoever has lost a key is another person to a plan, also where nobody raised
// the version.
func TestAKeyThatMovedMakesAStepStale(t *testing.T) {
	email, handle := identity.Key{Space: "email", Value: "ana@example.com"}, identity.Key{Space: "instagram", Value: "ana"}
	s := change.On("a1", 1, "test")
	s.Rows = []int{1}
	s.Watch = []dedupe.Watched{{Key: email, Account: "a1", Version: 1}, {Key: handle, Account: "a1", Version: 1}}
	for name, tt := range map[string]struct {
		keys  []identity.Key
		fresh bool
	}{
		"as planned": {[]identity.Key{email, handle}, true},
		"moved":      {[]identity.Key{email}, false},
		"all moved":  {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := lookAgain(t.Context(), keysOf{account: "a1", keys: tt.keys}, []change.Step{s}, true)
			if err != nil {
				t.Fatal(err)
			}
			if fresh := s.Fresh(found); fresh != tt.fresh {
				t.Errorf("fresh: %v", fresh)
			}
		})
	}
}
