package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"muster/provision/store"
)

// shared is the server of this test process, started when it is first asked
// for. It ends with the process.
var shared = sync.OnceValues(func() (*Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	return Start(ctx, Hasty)
})

// Postgres returns the URL of a fresh, migrated database on a throw-away
// server. Without server binaries the test is skipped, loudly; where CI is
// set it fails, because there somebody promised them.
func Postgres(t testing.TB) string { return fresh(t, (*Server).Database) }

// EmptyPostgres is Postgres without a schema.
func EmptyPostgres(t testing.TB) string { return fresh(t, (*Server).Empty) }

func fresh(t testing.TB, make func(*Server, context.Context) (string, func(), error)) string {
	t.Helper()
	s, err := shared()
	if errors.Is(err, ErrNoServer) && os.Getenv("CI") == "" {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	url, drop, err := make(s, context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(drop)
	return url
}

// SQLite returns the path of a fresh, migrated database.
func SQLite(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "muster.db")
	Open(t, path).Close()
	return path
}

// Open opens a database for one test.
func Open(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Config{URL: url, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Each runs a test once on a fresh database of each engine.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}
