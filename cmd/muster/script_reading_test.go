package main

import (
	"database/sql"

	"github.com/rogpeppe/go-internal/testscript"
)

// reading FILE reads an embedded database until the script ends, as a backup does.
func reading(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: reading FILE")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Defer(func() { db.Close() })
	tx, err := db.Begin()
	ts.Check(err)
	ts.Defer(func() { _ = tx.Rollback() })
	var n int
	ts.Check(tx.QueryRow(`SELECT count(*) FROM accounts`).Scan(&n))
}
