package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"muster/importer/failure"
	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// TestWaitingTooLongIsToldAsThat has somebody else lock a table, and a server that gives
// a statement no time.
func TestWaitingTooLongIsToldAsThat(t *testing.T) {
	url := storetest.Postgres(t)
	other, err := raw(t, "postgres", url).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()
	if _, err := other.Exec(`LOCK TABLE organizations`); err != nil {
		t.Fatal(err)
	}
	for _, setting := range []string{"lock_timeout=50", "statement_timeout=50"} {
		s, err := open(url+"&"+setting, false)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		_, err = s.Organizations(t.Context())
		if !errors.Is(err, provision.ErrMoved) || !strings.Contains(err.Error(), "the database did not come to it in time: pq: canceling statement due to") {
			t.Errorf("%s: %v", setting, err)
		}
		if class, _ := failure.Find(err).Failure(); class != failure.Busy {
			t.Errorf("%s: class %d", setting, class)
		}
	}
}

// TestMigrationHoldsNobodyUp has somebody read a table that is to be changed, for longer
// than anybody should wait for.
func TestMigrationHoldsNobodyUp(t *testing.T) {
	url := storetest.EmptyPostgres(t)
	s, err := store.Open(t.Context(), store.Config{URL: url, AnySchema: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.MigrateTo(t.Context(), 21); err != nil { // the next one changes sources
		t.Fatal(err)
	}
	db := raw(t, "postgres", url)
	reading, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Rollback()
	const read = `SELECT count(*) FROM sources`
	if _, err := reading.Exec(read); err != nil {
		t.Fatal(err)
	}
	migrated := make(chan error, 1)
	go func() { migrated <- s.Migrate(t.Context()) }()
	waits := func() error {
		for n := 0; n == 0; time.Sleep(10 * time.Millisecond) {
			if err := db.QueryRow(`SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted`).Scan(&n); err != nil {
				return err
			}
		}
		return nil
	}
	if err := soon(t, waits); err != nil {
		t.Fatal(err)
	}
	if err := soon(t, func() error { _, err := db.Exec(read); return err }); err != nil { // behind the one that waits
		t.Fatal(err)
	}
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-migrated; err != nil {
		t.Fatal(err)
	}
	if err := soon(t, func() error { _, err := open(url, false); return err }); err != nil {
		t.Fatal(err)
	}
}

// TestNothingIsWrittenWhereNothingMayBe has a server that is told to be read for now: it
// is being moved, or its disk is full.
func TestNothingIsWrittenWhereNothingMayBe(t *testing.T) {
	url := storetest.Postgres(t)
	if _, err := raw(t, "postgres", url).Exec(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$`); err != nil {
		t.Fatal(err)
	}
	s, err := open(url, false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.InTx(t.Context(), func(tx provision.Tx) error { return tx.Apply(t.Context(), many("a", 1)) })
	if !errors.Is(err, provision.ErrAway) || !strings.Contains(err.Error(), "read-only transaction") {
		t.Errorf("written: %v", err)
	}
	if _, err := s.Organizations(t.Context()); err != nil {
		t.Error(err)
	}
}
