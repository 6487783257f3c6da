package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// Whoever owns the tables cannot delete what rows name, although these have no
// foreign key to it: rows of people, or of a ledger.
func TestWhatIsNamedCannotBeDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s, o, _ := world(t, url)
		ctx := t.Context()
		run, _, err := s.OpenRun(ctx, provision.Run{ID: uuid.NewString(), Fingerprint: "f", Organization: uuid.NewString(), StartedAt: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		o.Brands[0].Campaigns = []provision.Campaign{{}}
		batch, ledger := chunk(o, run.ID, 1)
		batch.Campaigns = nil // there are none
		err = s.InTx(ctx, func(tx provision.Tx) error {
			if err := tx.Apply(ctx, batch); err != nil {
				return err
			}
			return tx.Record(ctx, run.ID, ledger)
		})
		if err != nil {
			t.Fatal(err)
		}
		owned := url
		if s.Engine() == "sqlite" {
			owned = "file:" + url + "?_pragma=foreign_keys(1)"
		}
		db := raw(t, s.Engine(), owned)
		for _, text := range []string{
			`DELETE FROM brands WHERE id = '` + o.Brands[0].ID + `'`,
			`DELETE FROM organizations WHERE id = '` + o.ID + `'`,
			`DELETE FROM runs WHERE id = '` + run.ID + `'`,
			`DELETE FROM accounts WHERE id = '` + batch.Accounts[0].ID + `'`, // by their memberships
		} {
			if _, err := db.Exec(text); err == nil {
				t.Errorf("nothing stops %s", text)
			}
		}
		for _, text := range []string{`DELETE FROM roles`, `DELETE FROM campaigns`, `DELETE FROM memberships`} { // what else stood in the way
			if _, err := db.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Exec(`DELETE FROM accounts WHERE id = '` + batch.Accounts[0].ID + `'`); err == nil {
			t.Error("nothing stops an account from being deleted that has a link")
		}
		if _, err := db.Exec(`DELETE FROM brands`); err == nil {
			t.Error("nothing stops brands from being deleted")
		}
	})
}

// Steps that take accounts away and leave a profile of theirs are refused; a link
// refers to its account itself.
func TestNothingHangsOnAccountsThatAreGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s, o, exec := world(t, url)
		o.Brands[0].Campaigns = []provision.Campaign{{}}
		batch, _ := chunk(o, "", 1)
		batch.Campaigns = nil
		a := batch.Accounts[0].ID
		looks := func(want error) {
			t.Helper()
			err := s.InTx(t.Context(), func(tx provision.Tx) error { return store.Orphans(t.Context(), tx, a) })
			if !errors.Is(err, want) {
				t.Fatalf("%v, not %v", err, want)
			}
		}
		if err := s.InTx(t.Context(), func(tx provision.Tx) error { return tx.Apply(t.Context(), batch) }); err != nil {
			t.Fatal(err)
		}
		looks(provision.ErrMoved)
		exec(`DELETE FROM profiles`)
		looks(nil)
	})
}

// Profiles of an account that somebody deleted by hand are nobody's.
func TestProfilesWithoutAnAccountAreNobodys(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s, o, exec := world(t, url)
		o.Brands[0].Campaigns = []provision.Campaign{{}}
		batch, _ := chunk(o, "", 1)
		batch.Campaigns, batch.Memberships, batch.Links = nil, nil, nil
		gone, there := batch.Accounts[0].ID, batch.Accounts[1].ID
		if err := s.InTx(t.Context(), func(tx provision.Tx) error { return tx.Apply(t.Context(), batch) }); err != nil {
			t.Fatal(err)
		}
		exec(`DELETE FROM accounts WHERE id = $1`, gone)
		for _, ids := range [][]string{{gone}, {gone, there}} {
			var all []dedupe.Account
			err := s.Snapshot(t.Context(), func(d provision.Directory) (err error) {
				all, err = d.Accounts(t.Context(), o.ID, ids, time.Now())
				return err
			})
			if err != nil || len(all) != len(ids)-1 {
				t.Fatalf("%d accounts, %v", len(all), err)
			}
			if len(all) == 1 && len(all[0].Profiles) != 2 {
				t.Errorf("the account that is there has %d profiles", len(all[0].Profiles))
			}
		}
	})
}
