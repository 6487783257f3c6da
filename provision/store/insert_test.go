package store_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// many is a batch of keys with a prefix, more of them than any buffer between
// here and the server holds.
func many(prefix string, n int) provision.Batch {
	b := provision.Batch{By: provision.Author{At: time.Now()}}
	for i := range n {
		b.Keys = append(b.Keys, provision.KeyRow{Key: identity.Key{Space: "email", Value: fmt.Sprintf("%s%06d@example.com", prefix, i)}, Account: uuid.NewString()})
	}
	return b
}

// soon fails a test whose work hangs, which no context would end.
func soon(t *testing.T, work func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-time.After(30 * time.Second):
		t.Fatal("hangs")
		return nil
	}
}

const terminate = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
	WHERE application_name = 'muster' AND datname = current_database() AND pid <> pg_backend_pid()`

func TestConnectionLostBetweenCopiesIsAway(t *testing.T) {
	s, _, exec := world(t, storetest.Postgres(t))
	err := soon(t, func() error {
		return s.InTx(t.Context(), func(tx provision.Tx) error {
			if err := tx.Apply(t.Context(), many("a", 1)); err != nil {
				return err
			}
			exec(terminate)
			return tx.Apply(t.Context(), many("b", 1))
		})
	})
	if !errors.Is(err, provision.ErrAway) {
		t.Fatal(err)
	}
	if err := s.SetSetting(t.Context(), "a", "b"); err != nil { // a new connection
		t.Fatal(err)
	}
}

// TestConnectionLostInsideCopyIsAway ends the server's process while it waits
// for a lock, with more rows on their way to it.
func TestConnectionLostInsideCopyIsAway(t *testing.T) {
	url := storetest.Postgres(t)
	s, _, exec := world(t, url)
	other, err := raw(t, "postgres", url).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()
	if _, err := other.Exec(`INSERT INTO account_key VALUES ('email', 'c000100@example.com', $1)`, everywhere); err != nil {
		t.Fatal(err)
	}
	killed := make(chan struct{})
	time.AfterFunc(500*time.Millisecond, func() { defer close(killed); exec(terminate) })
	err = soon(t, func() error {
		return s.InTx(t.Context(), func(tx provision.Tx) error { return tx.Apply(t.Context(), many("c", 50000)) })
	})
	<-killed
	if !errors.Is(err, provision.ErrAway) {
		t.Fatal(err)
	}
	if err := s.SetSetting(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
}

// A stream stands for the driver's side of a COPY.
type stream struct {
	driver.Conn
	driver.Stmt
	sending, ending error
	lines           int
	left            bool
}

func (s *stream) Prepare(string) (driver.Stmt, error) { return s, nil }
func (s *stream) Close() error                        { s.left = true; return nil }
func (s *stream) CopyData(context.Context, string) (driver.Result, error) {
	s.lines++
	return nil, s.sending
}
func (s *stream) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), s.ending }

func TestFailedCopyIsLeft(t *testing.T) {
	refused := errors.New("refused")
	for name, s := range map[string]*stream{
		"refused while lines are sent": {sending: refused},
		"refused after the last line":  {ending: refused},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := store.CopyLines(t.Context(), s, "COPY x FROM STDIN", []byte("a\n")); !errors.Is(err, refused) {
				t.Fatal(err)
			}
			if s.lines != 1 || !s.left {
				t.Fatal("the connection is still inside the COPY")
			}
		})
	}
}

// TestCancelStaysInItsTransaction tells the process of one transaction to stop
// what it does for another.
func TestCancelStaysInItsTransaction(t *testing.T) {
	url := storetest.Postgres(t)
	s, _, _ := world(t, url)
	db := raw(t, "postgres", url)
	for name, c := range map[string]struct {
		later  time.Duration
		broken bool
	}{
		"the transaction meant": {0, true},
		"one that came after":   {-time.Second, false},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			var pid int
			var since time.Time
			if err := tx.QueryRow(`SELECT pg_backend_pid(), CURRENT_TIMESTAMP`).Scan(&pid, &since); err != nil {
				t.Fatal(err)
			}
			told := make(chan struct{})
			time.AfterFunc(200*time.Millisecond, func() { defer close(told); s.Cancel(pid, since.Add(c.later)) })
			if _, err = tx.Exec(`SELECT pg_sleep(1)`); (err != nil) != c.broken {
				t.Error(err)
			}
			<-told
		})
	}
}
