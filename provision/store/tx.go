package store

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"muster/provision"
)

// A session runs statements, inside a transaction or each for itself.
type session struct {
	s    *Store
	x    sqlx.ExtContext
	conn *sqlx.Conn // of a transaction
	at   *backend   // what serves the transaction, once it was asked for
}

// tx is a provision.Tx.
type tx struct{ session }

// directory is a provision.Directory.
type directory struct{ session }

// Snapshot hands f a directory that sees one state of the database.
func (s *Store) Snapshot(ctx context.Context, f func(provision.Directory) error) error {
	return s.transact(ctx, s.read, s.d.snapshot, func(q session) error { return f(directory{q}) })
}

// InTx runs f in one writing transaction: committed where f returns nil,
// otherwise as if it had never been. It is not retried here.
func (s *Store) InTx(ctx context.Context, f func(provision.Tx) error) error {
	return s.change(ctx, func(t tx) error { return f(t) })
}

func (s *Store) change(ctx context.Context, f func(tx) error) error {
	return s.transact(ctx, s.write, nil, func(q session) error {
		for _, set := range s.local {
			if _, err := q.exec(ctx, set); err != nil {
				return err
			}
		}
		return f(tx{q})
	})
}

// again runs a transaction of this package until nobody else is faster.
func (s *Store) again(ctx context.Context, f func(tx) error) error {
	return provision.Retry(func() error { return s.change(ctx, f) })
}

// transact is the only place where a transaction begins and ends. An end of
// ctx breaks off the statement that is running, and nothing else: the
// rollback is sent all the same, so that no lock outlives the call.
func (s *Store) transact(ctx context.Context, db *sqlx.DB, o *sql.TxOptions, f func(session) error) error {
	conn, t, err := begin(ctx, db, o)
	if err != nil {
		return s.fault(ctx, err)
	}
	defer conn.Close()
	defer t.Rollback() // says sql.ErrTxDone after a commit
	if err := f(session{s: s, x: t, conn: conn, at: new(backend)}); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return s.fault(context.WithoutCancel(ctx), err)
	}
	return nil
}

// begin starts a transaction that does not end with ctx; waiting for it does.
func begin(ctx context.Context, db *sqlx.DB, o *sql.TxOptions) (*sqlx.Conn, *sqlx.Tx, error) {
	waiting, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, cancel)
	conn, err := db.Connx(waiting)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	t, err := conn.BeginTxx(waiting, o)
	if err != nil {
		cancel()
		conn.Close()
		return nil, nil, err
	}
	if !stop() {
		t.Rollback()
		conn.Close()
		return nil, nil, ctx.Err()
	}
	return conn, t, nil
}

// reading is a session outside any transaction.
func (s *Store) reading() session { return session{s: s, x: s.read} }

// writing is a session whose every statement is a transaction of its own.
func (s *Store) writing() session { return session{s: s, x: s.write} }

// exec runs a statement and returns how many rows it wrote.
func (q session) exec(ctx context.Context, text string, args ...any) (int64, error) {
	if err := checkArgs(args); err != nil {
		return 0, err
	}
	r, err := q.x.ExecContext(ctx, q.s.d.sql(text), args...)
	if err != nil {
		return 0, q.s.faultOf(ctx, text, err)
	}
	n, err := r.RowsAffected()
	return n, q.s.fault(ctx, err)
}

// all reads every row of a statement into the slice dest points to.
func (q session) all(ctx context.Context, dest any, text string, args ...any) error {
	if err := checkArgs(args); err != nil {
		return err
	}
	return q.s.faultOf(ctx, text, sqlx.SelectContext(ctx, q.x, dest, q.s.d.sql(text), args...))
}

// one reads one row into dest; none is provision.ErrNotFound.
func (q session) one(ctx context.Context, dest any, text string, args ...any) error {
	if err := checkArgs(args); err != nil {
		return err
	}
	return q.s.faultOf(ctx, text, sqlx.GetContext(ctx, q.x, dest, q.s.d.sql(text), args...))
}
