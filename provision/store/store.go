// Package store is the only package that knows SQL. The plain values of
// package provision go in and come out: accounts and their keys, access,
// links, runs and their ledgers, the lease. The same statements run on
// PostgreSQL and on SQLite; what differs is a field of dialect.
//
// What never happens here: a decision, a second look at what a list said, a
// time or an id made up (but for the lease, which lives by the clock of the
// database), a retry of somebody else's transaction. Two writers that race
// for one person meet in a unique constraint, and the slower one is told
// provision.ErrMoved; it has written nothing and looks again.
//
// Within one transaction rows are locked in one order everywhere: the lease,
// accounts by id, keys by space and value, then what hangs on accounts.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/jmoiron/sqlx"

	"muster/provision"
)

// Config says which database to open.
type Config struct {
	URL    string // postgres://… or the path of a SQLite file
	Create bool   // SQLite: make an absent file, and migrate to the newest schema

	// AnySchema opens the database whatever its schema is. Only Migrate,
	// Status and Close may be called before Migrate has succeeded.
	AnySchema bool
}

// Store is a provision.Store on PostgreSQL or SQLite.
type Store struct {
	d     *dialect
	write *sqlx.DB // writing transactions; SQLite: one connection
	read  *sqlx.DB // everything else; PostgreSQL: the same pool
	role  string   // PostgreSQL: who we are there
	local []string // settings each writing transaction makes for itself; more behind a pooler that refuses them at connect

	erased atomic.Bool // something was, of people
}

var _ provision.Store = (*Store)(nil)

// Open opens a database and checks that its schema is the one this program
// needs: provision.ErrNotFound without a SQLite file, provision.ErrSchema
// with any other schema, provision.ErrAway without a server. No error holds
// the URL or anything of its secrets.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.URL == "" {
		return nil, errors.New("opening the database: no database named")
	}
	s, err := openEngine(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := s.prepare(ctx, c); err != nil {
		s.Close()
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return s, nil
}

func openEngine(ctx context.Context, c Config) (*Store, error) {
	switch {
	case IsPostgres(c.URL) && c.AnySchema:
		return openPostgres(ctx, c.URL, migrationSettings)
	case IsPostgres(c.URL):
		return openPostgres(ctx, c.URL, nil)
	}
	return openSQLite(ctx, c.URL, c.Create)
}

// prepare migrates where that is automatic, and checks the schema.
func (s *Store) prepare(ctx context.Context, c Config) error {
	if c.AnySchema {
		return nil
	}
	err := s.checkSchema(ctx)
	if errors.Is(err, errPending) && c.Create && s.d.automatic {
		if err := s.Migrate(ctx); err != nil {
			return err
		}
		return s.checkSchema(ctx)
	}
	return err
}

// Close gives the connections back. While another process has the file of an
// embedded database open, what was erased would stand there until much more is
// written: it is seen to before, or the error is provision.ErrLingers.
func (s *Store) Close() error {
	err := errors.Join(s.drained(), s.write.Close())
	if s.read != s.write {
		err = errors.Join(err, s.read.Close())
	}
	return err
}

func (s *Store) drained() error {
	if !s.erased.Load() || s.d.drain == "" {
		return nil
	}
	if _, err := s.write.Exec(s.d.brief); err != nil {
		return err
	}
	var busy, all, done int
	err := s.write.QueryRow(s.d.drain).Scan(&busy, &all, &done)
	if err == nil && busy != 0 {
		err = provision.ErrLingers
	}
	return err
}

// Engine names the database: postgres or sqlite.
func (s *Store) Engine() string { return s.d.name }

// IsPostgres tells the URL of a PostgreSQL database from the path of a SQLite
// file.
func IsPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}
