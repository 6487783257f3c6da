package storetest

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

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

// SQLite returns the path of a fresh, migrated database: a copy of one that
// this test process migrated, under an id of its own.
func SQLite(t testing.TB) string {
	t.Helper()
	migrated, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "muster.db")
	if err := os.WriteFile(path, migrated, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := rename(t.Context(), "sqlite", path); err != nil {
		t.Fatal(err)
	}
	return path
}

// sqliteTemplate is the file of a migrated database.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "muster-sqlite-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "muster.db")
	s, err := store.Open(context.Background(), store.Config{URL: path, Create: true})
	if err != nil {
		return nil, err
	}
	s.Close() // what it wrote goes from the log into the file
	return os.ReadFile(path)
})

// rename gives a copy of a template an id of its own.
func rename(ctx context.Context, driver, url string) error {
	db, err := sql.Open(driver, url)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "UPDATE settings SET value = $1 WHERE name = 'database'", uuid.NewString())
	return err
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

// Granted makes a role of a PostgreSQL database that has these grants alone,
// which name it as :role, and returns the database's URL for it.
func Granted(t testing.TB, address, role, grants string) string {
	t.Helper()
	db := beside(t, address)
	making := `DO $$ BEGIN CREATE ROLE :role LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$; `
	if _, err := db.Exec(strings.ReplaceAll(making+grants, ":role", role)); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(role)
	return u.String()
}
