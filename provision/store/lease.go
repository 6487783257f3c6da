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
	expires_at <= {now} AS lapsed, held, shared`

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
	Held     bool   `db:"held"`
	Shared   bool   `db:"shared"`
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
		Shared:    r.Shared,
	}
}

// Acquire takes a lease that is free or has lapsed, for 30 seconds, or joins one
// that is shared by the parts of its run. It waits for transactions that the
// former holder has fenced. A lease that is held is a *provision.LockedError.
func (s *Store) Acquire(ctx context.Context, l provision.Lease) (provision.Lease, error) {
	return s.take(ctx, l, func(former leaseRow) error {
		if former.Held && !former.Lapsed {
			return &provision.LockedError{Lease: former.lease()}
		}
		return nil
	})
}

// Seize takes a lease over from a holder known to be dead, whose token says
// that nobody else was faster.
func (s *Store) Seize(ctx context.Context, l provision.Lease, token int64) (provision.Lease, error) {
	return s.take(ctx, l, func(former leaseRow) error {
		switch {
		case !former.Held: // it has become free meanwhile, or is nobody's
			return provision.ErrMoved
		case former.Token != token:
			return &provision.LockedError{Lease: former.lease()}
		}
		return nil
	})
}

const (
	// Locks the row of a lease, whoever holds it, and passes those who have
	// fenced: no key changes.
	leaseAsItIsSQL = `UPDATE lease SET expires_at = expires_at WHERE name = $1 RETURNING ` + leaseColumns

	newLeaseSQL = `INSERT INTO lease (name, token, held, shared, run_id, holder, host, pid, acquired_at, expires_at)
	VALUES ($1, 1, true, $2, CAST($3 AS {uuid}), $4, $5, $6, {now}, {lapse})
	ON CONFLICT (name) DO NOTHING RETURNING ` + leaseColumns

	takeLeaseSQL = `UPDATE lease SET token = token + 1, held = true, shared = $2, run_id = CAST($3 AS {uuid}),
		holder = $4, host = $5, pid = $6, acquired_at = {now}, expires_at = {lapse}
	WHERE name = $1 RETURNING ` + leaseColumns

	joinLeaseSQL = `UPDATE lease SET expires_at = {lapse} WHERE name = $1 RETURNING ` + leaseColumns

	partAtWorkSQL = `SELECT ` + leaseColumns + ` FROM lease
	WHERE name LIKE $1 || '%' AND held AND expires_at > {now} ORDER BY name LIMIT 1`
)

// take takes a lease whose row as it is may be taken over, says free. Its row is
// locked meanwhile: who joins a run and who takes its lease over see each other.
func (s *Store) take(ctx context.Context, l provision.Lease, free func(leaseRow) error) (provision.Lease, error) {
	var taken leaseRow
	err := s.again(ctx, func(t tx) error {
		var former leaseRow
		err := t.one(ctx, &former, leaseAsItIsSQL, l.Name)
		absent := errors.Is(err, provision.ErrNotFound)
		switch {
		case err != nil && !absent:
			return err
		case former.joinedBy(l):
			return t.one(ctx, &taken, joinLeaseSQL, l.Name)
		}
		if err := free(former); err != nil {
			return err
		}
		if absent {
			err = t.one(ctx, &taken, newLeaseSQL, l.Name, l.Shared, orNil(l.Run), l.Holder, l.Host, l.PID)
			if errors.Is(err, provision.ErrNotFound) { // somebody else was the first
				return provision.ErrMoved
			}
			return err
		}
		if err := t.partAtWork(ctx, former); err != nil {
			return err
		}
		return t.one(ctx, &taken, takeLeaseSQL, l.Name, l.Shared, orNil(l.Run), l.Holder, l.Host, l.PID)
	})
	return taken.lease(), leaseError(l.Name, err)
}

// joinedBy reports whether a lease is shared with whoever asks for l.
func (r leaseRow) joinedBy(l provision.Lease) bool {
	return l.Shared && r.Shared && r.Held && r.Run == l.Run
}

// partAtWork refuses to take over the shared lease of a run of which a part is
// at work.
func (t tx) partAtWork(ctx context.Context, former leaseRow) error {
	if !former.Held || !former.Shared {
		return nil
	}
	var part leaseRow
	err := t.one(ctx, &part, partAtWorkSQL, provision.PartPrefix(former.Run))
	if errors.Is(err, provision.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &provision.LockedError{Lease: former.lease(), Part: part.lease()}
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

// Alone proves the lease like Fence. The row is locked against others who do,
// and against renewals.
func (t tx) Alone(ctx context.Context, l provision.Lease) error {
	n, err := t.exec(ctx, `UPDATE lease SET expires_at = {lapse} WHERE name = $1 AND token = $2 AND held`, l.Name, l.Token)
	if err == nil && n == 0 {
		err = fmt.Errorf("lease %s: %w", l.Name, provision.ErrFenced)
	}
	return err
}
