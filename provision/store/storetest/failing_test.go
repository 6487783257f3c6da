package storetest_test

import (
	"errors"
	"testing"
	"time"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/store/storetest"
)

// use makes one call of every kind that fails in its own way.
func use(t *testing.T, s provision.Store) error {
	return s.InTx(t.Context(), func(tx provision.Tx) error {
		_, err := tx.Resolve(t.Context(), []identity.Key{{Space: "email", Value: "a"}}, nil)
		if err != nil {
			return err
		}
		b := provision.Batch{By: provision.Author{At: time.Now()}, Keys: []provision.KeyRow{{Key: identity.Key{Space: "email", Value: "a"}, Account: "01890000-0000-7000-8000-000000000001"}}}
		return tx.Apply(t.Context(), b)
	})
}

func TestFailingFailsOnceAtEachCall(t *testing.T) {
	var names []string
	for n := 1; ; n++ {
		s := storetest.Open(t, storetest.SQLite(t))
		f := storetest.Failing(s, n)
		err := use(t, f)
		if f.Failed() == "" {
			if err != nil || f.Calls() != n-1 {
				t.Fatal(err, f.Calls())
			}
			break
		}
		if !errors.Is(err, storetest.ErrBroken) {
			t.Fatal(n, err)
		}
		names = append(names, f.Failed())
		committed := use(t, s) != nil // the key is taken where the first one was committed
		if want := f.Failed() == "committed"; committed != want {
			t.Errorf("%s: committed %v", f.Failed(), committed)
		}
	}
	if len(names) != 5 {
		t.Fatal(names)
	}
}

func TestFailingForeverNeverRecovers(t *testing.T) {
	f := storetest.Failing(storetest.Open(t, storetest.SQLite(t)), 2)
	f.Forever, f.Err = true, provision.ErrAway
	if _, err := f.Database(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := f.Database(t.Context()); !errors.Is(err, provision.ErrAway) {
			t.Fatal(err)
		}
	}
	if f.Failed() != "Database" || f.Calls() != 3 {
		t.Fatal(f.Failed(), f.Calls())
	}
}
