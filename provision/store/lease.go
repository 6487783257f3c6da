package store

import (
	"context"
	"errors"
	"fmt"

	"muster/provision"
)

// leaseColumns are those of a leaseRow. Lapsed is as the clock of the
// database has it: no other clock ever judges a lease.
const leaseColumns = `name, token, COALESCE(CAST(run_id AS text), '') AS run, holder, host, pid, acquired_at, expires_at,
	expires_at <= {now} AS lapsed`

type leaseRow struct {
	Name     string `db:"name"`
	Token    int64  `db:"token"`
	Run      string `db:"run"`
	Holder   string `db:"holder"`
	Host     string `db:"host"`
	PID      int    `db:"pid"`
	Acquired moment `db:"acquired_at"`
	Expires  moment `db:"expires_at"`
	Lapsed   bool   `db:"lapsed"`
}

func (r leaseRow) lease() provision.Lease {
	return provision.Lease{
		Name:      r.Name,
		Token:     r.Token,
		Run:       r.Run,
		Holder:    r.Holder,
		Host:      r.Host,
		PID:       r.PID,
		Acquired:  r.Acquired.Time,
		ExpiresAt: r.Expires.Time,
		Lapsed:    r.Lapsed,
	}
}

const acquireSQL = `INSERT INTO lease (name, token, held, run_id, holder, host, pid, acquired_at, expires_at)
	VALUES ($1, 1, true, CAST($2 AS {uuid}), $3, $4, $5, {now}, {lapse})
	ON CONFLICT (name) DO UPDATE SET token = lease.token + 1, held = true, run_id = excluded.run_id,
		holder = excluded.holder, host = excluded.host, pid = excluded.pid,
		acquired_at = excluded.acquired_at, expires_at = excluded.expires_at
	WHERE NOT lease.held OR lease.expires_at <= {now}
	RETURNING ` + leaseColumns

// Acquire takes a lease that is free or has lapsed, for 30 seconds. It waits
// for transactions that the former holder has fenced. A lease that is held is
// a *provision.LockedError.
func (s *Store) Acquire(ctx context.Context, l provision.Lease) (provision.Lease, error) {
	for {
		var taken leaseRow
		err := s.writing().one(ctx, &taken, acquireSQL, l.Name, orNil(l.Run), l.Holder, l.Host, l.PID)
		if errors.Is(err, provision.ErrNotFound) {
			err = s.locked(ctx, l.Name)
			if errors.Is(err, provision.ErrMoved) { // it has become free meanwhile
				continue
			}
		}
		return taken.lease(), leaseError(l.Name, err)
	}
}

// Seize takes a lease over from a holder known to be dead, whose token says
// that nobody else was faster.
func (s *Store) Seize(ctx context.Context, l provision.Lease, token int64) (provision.Lease, error) {
	var taken leaseRow
	err := s.writing().one(ctx, &taken, `UPDATE lease SET token = token + 1, run_id = CAST($3 AS {uuid}),
			holder = $4, host = $5, pid = $6, acquired_at = {now}, expires_at = {lapse}
		WHERE name = $1 AND token = $2 AND held
		RETURNING `+leaseColumns, l.Name, token, orNil(l.Run), l.Holder, l.Host, l.PID)
	if errors.Is(err, provision.ErrNotFound) {
		err = s.locked(ctx, l.Name)
	}
	return taken.lease(), leaseError(l.Name, err)
}

// locked says who holds a lease; ErrMoved where it has become free meanwhile.
func (s *Store) locked(ctx context.Context, name string) error {
	var held leaseRow
	err := s.reading().one(ctx, &held, `SELECT `+leaseColumns+` FROM lease WHERE name = $1 AND held`, name)
	if errors.Is(err, provision.ErrNotFound) {
		return provision.ErrMoved
	}
	if err != nil {
		return err
	}
	return &provision.LockedError{Lease: held.lease()}
}

// Renew lets a lease last 30 seconds from now. It changes no key, so on
// PostgreSQL it passes transactions that are fenced.
func (s *Store) Renew(ctx context.Context, l provision.Lease) error {
	n, err := s.writing().exec(ctx, `UPDATE lease SET expires_at = {lapse} WHERE name = $1 AND token = $2 AND held`,
		l.Name, l.Token)
	if err == nil && n == 0 {
		err = provision.ErrFenced
	}
	return leaseError(l.Name, err)
}

// Release frees a lease. The token grows here too, so that what is still
// under way with the former one is waited for, and what comes later fenced.
func (s *Store) Release(ctx context.Context, name string, token int64) error {
	return s.writing().release(ctx, name, token)
}

// Release frees a lease within a transaction.
func (t tx) Release(ctx context.Context, name string, token int64) error {
	return t.release(ctx, name, token)
}

func (q session) release(ctx context.Context, name string, token int64) error {
	n, err := q.exec(ctx,
		`UPDATE lease SET held = false, token = token + 1 WHERE name = $1 AND token = $2 AND held`, name, token)
	if err == nil && n == 0 {
		err = provision.ErrNotFound
	}
	return leaseError(name, err)
}

// Leases lists the leases that are held, lapsed ones too, by name.
func (s *Store) Leases(ctx context.Context) ([]provision.Lease, error) {
	var all []leaseRow
	if err := s.reading().all(ctx, &all, `SELECT `+leaseColumns+` FROM lease WHERE held ORDER BY name`); err != nil {
		return nil, fmt.Errorf("reading leases: %w", err)
	}
	leases := make([]provision.Lease, len(all))
	for i, r := range all {
		leases[i] = r.lease()
	}
	return leases, nil
}

func leaseError(name string, err error) error {
	var locked *provision.LockedError
	if err == nil || errors.As(err, &locked) {
		return err
	}
	return fmt.Errorf("lease %s: %w", name, err)
}

// Fence proves that the lease is still l's and holds it until the transaction
// ends, as the dialect says.
func (t tx) Fence(ctx context.Context, l provision.Lease) error {
	var token int64
	err := t.one(ctx, &token, t.s.d.fence, l.Name, l.Token)
	if errors.Is(err, provision.ErrNotFound) {
		return fmt.Errorf("lease %s: %w", l.Name, provision.ErrFenced)
	}
	return err
}
