package store_test

import (
	"errors"
	"strings"
	"testing"

	"muster/importer/failure"
	"muster/provision"
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
