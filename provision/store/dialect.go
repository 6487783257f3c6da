package store

import (
	"database/sql"
	"strings"
)

// A dialect is everything that differs between our databases. A difference
// that is not a field here, or in the migrations, does not exist anywhere
// else either.
type dialect struct {
	name      string
	driver    string         // as sqlx knows it
	automatic bool           // migrations may run without being asked for
	fill      []string       // placeholder, text, …: see the two values
	snapshot  *sql.TxOptions // a transaction that reads one state
	copies    bool           // new rows go in by COPY, which has no ON CONFLICT and needs none: a taken key is an error
	changes   int            // rows that one statement should change at most
	fence     string         // statement that proves the lease and keeps it until the end; one row or none
	sample    string         // statement of a transaction that refreshes: less of a table is looked at, unless somebody says how much
	refresh   string         // command for a table that has grown, "" where plans do not depend on statistics
	drain     string         // statement after which what was erased is nowhere in the file, unless it returns 1; "" where that is not ours
	brief     string         // statement after which that one waits for whoever reads, but not for long
	hasTable  string         // statement that counts the tables of a name
	schema    string         // statement that names the schema in use, '' where there is none, where it is looked for, and the encoding of text
	login     string         // statement that names who came in, '' where a database asks nobody for a name
	fault     func(error) fault
	replace   *strings.Replacer
}

// A fault is what an error of the driver means to us.
type fault int

const (
	unknown fault = iota
	moved         // taken key, missing parent, deadlock, serialization: look again
	held          // a lock, or a statement that took too long: look again
	away          // no connection
	denied        // not let in, or a right is missing: see denied.go
	damaged       // not a database of ours
)

// sql fills the placeholders of a statement.
func (d *dialect) sql(text string) string { return d.replace.Replace(text) }

func (d dialect) ready() *dialect {
	d.replace = strings.NewReplacer(d.fill...)
	return &d
}

var postgres = dialect{
	name:   "postgres",
	driver: "postgres",
	fill: []string{
		"{rows}", "jsonb_array_elements(CAST($1 AS jsonb))",
		"{uuid}", "uuid",
		"{ts}", "timestamptz",
		"{json}", "jsonb",
		"{now}", "clock_timestamp()",
		"{lapse}", "clock_timestamp() + interval '30 seconds'",
		// Rows are locked in the order of the statement before they are
		// updated, because UPDATE … FROM promises no order.
		"{lock}", "FOR NO KEY UPDATE OF a",
		"{skip}", "FOR UPDATE OF o SKIP LOCKED", // two senders take different mails
		"{domain}", "split_part(a.email, '@', 2)",
	},
	snapshot: &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
	copies:   true,
	changes:  50_000, // a statement ends long before its timeout
	// The key share lock lets any number of workers fence at once, and lets
	// the holder's renewal pass, which changes no key. A takeover raises the
	// token, which is part of a unique key: it waits for these transactions,
	// and those that come after it find no row. A plain share lock would
	// hold up renewals, forever under two workers that overlap.
	fence: `SELECT token FROM lease WHERE name = $1 AND token = $2 AND held FOR KEY SHARE`,
	sample: `SELECT CASE current_setting('default_statistics_target')
		WHEN '100' THEN set_config('default_statistics_target', '30', true) ELSE '' END`,
	refresh: "ANALYZE (SKIP_LOCKED) ",
	// Not information_schema, which only shows what the role has a right to.
	hasTable: `SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = $1`,
	schema: `SELECT COALESCE(current_schema(), '') AS schema, current_setting('search_path') AS path,
		current_setting('server_encoding') AS encoding`,
	login: `SELECT session_user`,
	fault: postgresFault,
}

var sqlite = dialect{
	name:      "sqlite",
	driver:    "sqlite",
	automatic: true,
	fill: []string{
		"{rows}", "json_each($1)",
		"{uuid}", "text",
		"{ts}", "text",
		"{json}", "text",
		"{now}", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
		"{lapse}", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+30 seconds')",
		"{lock}", "", // one writer
		"{skip}", "",
		"{domain}", "substr(a.email, instr(a.email, '@') + 1)",
	},
	snapshot: &sql.TxOptions{ReadOnly: true}, // WAL: the first read fixes the state
	changes:  5000,                           // what a statement changes is kept in memory, to undo it by
	// Only one transaction writes at a time, so the fence renews as well.
	fence: `UPDATE lease SET expires_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+30 seconds')
		WHERE name = $1 AND token = $2 AND held RETURNING token`,
	hasTable: `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1`,
	drain:    `PRAGMA wal_checkpoint(TRUNCATE)`,
	brief:    `PRAGMA busy_timeout = 5000`,
	schema:   `SELECT 'main' AS schema, '' AS path, 'UTF8' AS encoding`,
	login:    `SELECT ''`,
	fault:    sqliteFault,
}
