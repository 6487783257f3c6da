package store

import (
	"context"
	"crypto/tls"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// postgresSettings end what would otherwise hold locks for ever: a statement
// that runs away, a wait for a lock, a process frozen inside a transaction.
// Waiting for a lock takes longer than the last, so that a takeover outlasts
// the frozen process it takes over from. Where row-level security would hide
// rows from us a statement fails: people we do not see would be made again.
var postgresSettings = map[string]string{
	"statement_timeout":                   "300000",
	"lock_timeout":                        "40000",
	"idle_in_transaction_session_timeout": "30000",
	"row_security":                        "off",
}

// migrationSettings are those of a session that changes the schema. Whoever comes after
// a statement that waits for a table waits behind it, were it to read one row: it gives
// way soon, and is tried again. What an index of a large table takes, it takes.
var migrationSettings = map[string]string{
	"statement_timeout": "0",
	"lock_timeout":      "2000",
}

// asTold takes back that the driver begins with READ WRITE, whatever the server says of
// transactions that say nothing: while it is moved, or its disk is full, nothing may be
// written.
const asTold = `SELECT set_config('transaction_read_only', current_setting('default_transaction_read_only'), true)`

// maxConns is more than the workers of a run can hold, 64 at most: the renewal
// of its lease and the end of a COPY must not wait for workers that wait for a
// lock themselves. Connections are only opened when they are needed.
const maxConns = 72

// openPostgres opens a pool; the schema is never changed by it. Settings come before
// those of every session.
func openPostgres(ctx context.Context, url string, settings map[string]string) (*Store, error) {
	cfg, err := pq.NewConfig(url)
	if err != nil { // its text may quote the URL
		return nil, errors.New("the PostgreSQL URL cannot be read; " +
			"special characters in user name or password have to be percent-encoded, " +
			"and every PG… variable in the environment has to be one the driver knows")
	}
	if cfg.ApplicationName == "" {
		cfg.ApplicationName = "muster"
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 10 * time.Second
	}
	// One round trip a statement, and nothing kept between two statements
	// that a pooler might send to different servers.
	cfg.BinaryParameters = true
	c := &connector{plain: cfg, full: cfg.Clone()}
	for _, some := range []map[string]string{settings, postgresSettings} {
		for name, value := range some {
			if _, set := c.full.Runtime[name]; !set {
				c.full.Runtime[name] = value
				c.local = append(c.local, "SET LOCAL "+name+" = "+value)
			}
		}
	}
	slices.Sort(c.local)
	db := sqlx.NewDb(sql.OpenDB(c), postgres.driver)
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxConns)
	db.SetConnMaxIdleTime(time.Minute)
	s := &Store{d: postgres.ready(), write: db, read: db, role: cfg.User, local: []string{asTold}}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, s.fault(ctx, err)
	}
	if c.pooled.Load() {
		s.local = append(s.local, c.local...)
	}
	return s, nil
}

// A connector connects with the settings as startup parameters. A pooler such
// as PgBouncer refuses those; then it connects without, and every writing
// transaction sets them for itself.
type connector struct {
	full, plain pq.Config
	local       []string
	pooled      atomic.Bool
}

func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	if !c.pooled.Load() {
		conn, err := connect(ctx, c.full)
		if !refused(err) {
			return conn, err
		}
	}
	conn, err := connect(ctx, c.plain)
	if err == nil {
		c.pooled.Store(true)
	}
	return conn, err
}

func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

func connect(ctx context.Context, cfg pq.Config) (driver.Conn, error) {
	c, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		return nil, errors.New("the PostgreSQL URL cannot be used: check its sslmode and certificates")
	}
	return c.Connect(ctx)
}

// refused reports a startup parameter that the other side does not accept:
// protocol_violation.
func refused(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && e.Code == "08P01"
}

// postgresFault tells errors apart by their SQLSTATE.
func postgresFault(err error) fault {
	var e *pq.Error
	if errors.As(err, &e) {
		return codeFault(string(e.Code))
	}
	var untrusted *tls.CertificateVerificationError
	if errors.Is(err, pq.ErrSSLNotSupported) || errors.As(err, &untrusted) {
		return denied
	}
	var network net.Error
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &network) {
		return away
	}
	return unknown
}

func codeFault(code string) fault {
	switch code {
	case "23505", "23503", // taken key, missing parent
		"40001", "40P01", // serialization, deadlock
		"42P07", "42701", "42710": // made already: somebody else migrates
		return moved
	case "55P03", "57014": // lock or statement timeout
		return held
	case "53300", "25P03", "57P01", "57P02", "57P03", "57P05", // too many, idle too long, shutting down
		"25006", "0A000": // a standby, or a server that only reads for now: it refuses writes, or BEGIN READ WRITE
		return away
	case "3D000", "42501": // no such database, no grant or a policy
		return denied
	}
	switch class := code[:min(2, len(code))]; class {
	case "28": // not let in
		return denied
	case "08", "53", "58": // connection, resources (disk, memory), system
		return away
	case "42", "3F": // a table, a column or a schema that is not there
		return damaged
	}
	return unknown
}
