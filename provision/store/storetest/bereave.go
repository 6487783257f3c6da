package storetest

import (
	"context"
	"database/sql"

	"muster/provision/store"
)

// Bereave takes every lease of a database away from its holder, as whoever
// takes the holder for dead does. On PostgreSQL it ends what others have under
// way, as the server does after a while with a client that says nothing more; on
// SQLite, where nobody can, a transaction that stands in the way is an error.
func Bereave(ctx context.Context, url string) error {
	driver, at, first := "sqlite", "file:"+url+"?_pragma=busy_timeout(20)&_txlock=immediate", "SELECT 1"
	if store.IsPostgres(url) {
		driver, at, first = "postgres", url, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`
	}
	db, err := sql.Open(driver, at)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, text := range []string{first, "UPDATE lease SET held = false, token = token + 1 WHERE held"} {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return tx.Commit()
}
