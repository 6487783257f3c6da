package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unsafe"
)

// A table is where new rows go: its columns in the order of a row's values,
// then those that have one value for all rows of a statement.
type table struct {
	single string // statement that is run once a row
	copied string // COPY statement, for a dialect that has one
}

// The tables of new rows. A column without a type is text.
var (
	accountsTable = newTable("accounts",
		`id {uuid}, address, email, mailbox, email_role boolean, name, first_name, last_name,
		contact_email, language, time_zone, picture, status, owner_id {uuid}, link_epoch bigint`,
		`version bigint, created_at {ts}, updated_at {ts}, created_run {uuid}`)
	keysTable     = newTable("account_key", `space, value, account_id {uuid}`, ``)
	profilesTable = newTable("profiles",
		`account_id {uuid}, network, kind, value, shared boolean, display, url, connected boolean`,
		`run_id {uuid}, source`)
	membershipsTable = newTable("memberships", `account_id {uuid}, brand_id {uuid}, kind, role, attributes {json}, permissions {json}`,
		grantedColumns)
	campaignsTable = newTable("campaign_access", `account_id {uuid}, campaign_id {uuid}`, grantedColumns)
	productsTable  = newTable("product_access", `account_id {uuid}, product`, `organization_id {uuid}, `+grantedColumns)
	linksTable     = newTable("links",
		`id, account_id {uuid}, organization_id {uuid}, purpose integer, kid, audience, email, epoch bigint,
		expires_at {ts}, state, run_id {uuid}, created_at {ts}, lifetime bigint, channel, not_before {ts},
		workday boolean`, ``)
	auditTable = newTable("audit", `id {uuid}, row_no bigint, account_id {uuid}, action, detail {json}`,
		`organization_id {uuid}, run_id {uuid}, source, operator_id {uuid}, at {ts}`)
	privateTable = newTable("audit_private", `audit_id {uuid}, account_id {uuid}, detail {json}`, `run_id {uuid}`)
	ownedTable   = newTable("sync_grants", `account_id {uuid}, source, what, target, former, given`,
		`organization_id {uuid}, since_run {uuid}`)
	attendingTable = newTable("source_people", `account_id {uuid}, source, absences bigint, absent_run {uuid}`,
		`organization_id {uuid}, since_run {uuid}`)
	removalsTable = newTable("run_removals", `n bigint, account_id {uuid}, outcome, reason, detail {json}`, `run_id {uuid}`)
	ledgerTable   = newTable("run_rows",
		`row_no bigint, outcome, reason, account_id {uuid}, into_row bigint, link_id, detail {json}, person, differs`,
		`run_id {uuid}`)
)

// grantedColumns are those of granted, and grantedNames their names.
const (
	grantedNames = `run_id, source, granted_by, granted_at`

	grantedColumns = `run_id {uuid}, source, granted_by {uuid}, granted_at {ts}`
)

func newTable(name, each, shared string) *table {
	var names, values []string
	for c := range strings.SplitSeq(strings.Trim(each+","+shared, ","), ",") {
		column, _, _ := strings.Cut(strings.TrimSpace(c), " ")
		names = append(names, column)
		values = append(values, fmt.Sprintf("$%d", len(names)))
	}
	into := name + " (" + strings.Join(names, ", ") + ")"
	return &table{
		single: "INSERT INTO " + into + " VALUES (" + strings.Join(values, ", ") + ")",
		copied: "COPY " + into + " FROM STDIN",
	}
}

// buffers are reused for what is sent.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// copyPiece is how much is handed to the driver at a time.
const copyPiece = 1 << 15

// copyIn sends lines to a COPY statement and returns how many rows it wrote.
// The driver looks at ctx while it sends, not while the server works on what
// was sent: the server is told by another connection then.
func (t tx) copyIn(ctx context.Context, statement string, lines []byte) (n int64, err error) {
	if t.at.PID == 0 {
		if err := t.one(ctx, t.at, backendSQL); err != nil {
			return 0, err
		}
	}
	copying, end := context.WithCancel(context.WithoutCancel(ctx))
	told := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { defer close(told); t.s.cancel(copying, *t.at) })
	// The error does not leave by way of Raw: that would close a broken
	// connection at once, and wait for the transaction that is on it to end.
	raw := t.conn.Raw(func(c any) error {
		n, err = copyLines(ctx, c.(driver.Conn), statement, lines)
		return nil
	})
	end()
	if !stop() {
		<-told // or what uses the connection next would be broken off
	}
	return n, t.s.faultOf(ctx, statement, cmp.Or(err, raw))
}

// copyLines runs one COPY from its beginning to its end. Whatever happens, the
// connection has left the COPY when it returns, or is one the driver throws
// away: an error can come from the server while nothing is being sent, and a
// connection still in the middle of a COPY refuses every later statement.
func copyLines(ctx context.Context, conn driver.Conn, statement string, lines []byte) (int64, error) {
	stmt, err := conn.Prepare(statement)
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	in, ok := stmt.(interface {
		CopyData(ctx context.Context, line string) (driver.Result, error)
	})
	if !ok {
		return 0, errors.New("this version of the driver takes no lines")
	}
	for len(lines) > 0 {
		piece := lines
		if len(piece) > copyPiece {
			piece = piece[:copyPiece+bytes.IndexByte(lines[copyPiece:], '\n')+1]
		}
		lines = lines[len(piece):]
		line := unsafe.String(unsafe.SliceData(piece), len(piece)-1) // copied at once
		if _, err := in.CopyData(ctx, line); err != nil {
			return 0, err
		}
	}
	//lint:ignore SA1019 a COPY of this driver has no other end
	done, err := stmt.Exec(nil)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// A backend is the process that serves a transaction, and since when it has.
type backend struct {
	PID   int       `db:"pid"`
	Since time.Time `db:"since"`
}

// A process may serve another transaction by the time it is told, and behind
// one address may be several servers: only that transaction is broken off.
const (
	backendSQL = `SELECT pg_backend_pid() AS pid, CURRENT_TIMESTAMP AS since`
	cancelSQL  = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND xact_start = $2`
)

// cancel breaks off what a transaction of ours is doing, unless it ends before
// there is a connection to say so. Where it cannot, the lock timeout does.
func (s *Store) cancel(running context.Context, b backend) {
	conn, err := s.write.Connx(running)
	if err != nil {
		return
	}
	defer conn.Close()
	ctx, end := context.WithTimeout(context.WithoutCancel(running), 5*time.Second)
	defer end()
	_, _ = conn.ExecContext(ctx, cancelSQL, b.PID, b.Since)
}
