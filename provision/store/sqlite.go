package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"
	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"muster/provision"
)

// openSQLite opens a file with one connection that writes and a few that
// read beside it.
func openSQLite(ctx context.Context, path string, create bool) (*Store, error) {
	if err := touch(path, create); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	write, err := sqlitePool(absolute, 1, 4000, url.Values{"_txlock": {"immediate"}})
	if err != nil {
		return nil, err
	}
	read, err := sqlitePool(absolute, 2, 2000, nil)
	if err != nil {
		write.Close()
		return nil, err
	}
	s := &Store{d: sqlite.ready(), write: write, read: read}
	if err := write.PingContext(ctx); err != nil {
		s.Close()
		return nil, s.fault(ctx, err)
	}
	return s, nil
}

// touch makes the file, readable by its owner alone, or says that there is
// none. SQLite gives its side files the mode of the file.
func touch(path string, create bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a folder", path)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case !create:
		return fmt.Errorf("%s: %w", path, provision.ErrNotFound)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// sqlitePool keeps connections that each have a cache of so many KiB; the file
// system keeps the rest. What a transaction changes should fit: it is written
// more than once otherwise.
func sqlitePool(path string, connections, cache int, more url.Values) (*sqlx.DB, error) {
	q := url.Values{"_journal_mode": {"WAL"}, "_pragma": { // what is under _pragma comes first
		"busy_timeout(20000)",
		"page_size(8192)",   // of a new file: what the audit keeps of a person fits, and half as many are written
		"synchronous(FULL)", // a link or a password that was handed out is on the disk
		"foreign_keys(1)",
		"secure_delete(1)", // what is deleted or written over is not left in the file
		"temp_store(MEMORY)",
		fmt.Sprintf("cache_size(-%d)", cache),
		"wal_autocheckpoint(8192)", // 64 MiB: what many transactions change goes into the file once
		"journal_size_limit(67108864)",
	}}
	for k, v := range more {
		q[k] = v
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}
	db, err := sql.Open(sqlite.driver, u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return sqlx.NewDb(db, sqlite.driver), nil
}

// sqliteFault tells errors apart by their result code.
func sqliteFault(err error) fault {
	var e *driver.Error
	if !errors.As(err, &e) {
		if errors.Is(err, sql.ErrConnDone) {
			return away
		}
		return unknown
	}
	switch e.Code() {
	case codes.SQLITE_CONSTRAINT_PRIMARYKEY, codes.SQLITE_CONSTRAINT_UNIQUE, codes.SQLITE_CONSTRAINT_FOREIGNKEY:
		return moved
	}
	if e.Code() == codes.SQLITE_BUSY { // after the whole of busy_timeout
		return held
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return moved
	case codes.SQLITE_IOERR, codes.SQLITE_CANTOPEN, codes.SQLITE_FULL, codes.SQLITE_READONLY:
		return away
	case codes.SQLITE_NOTADB, codes.SQLITE_CORRUPT:
		return damaged
	}
	return unknown
}
