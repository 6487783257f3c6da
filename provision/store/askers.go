package store

import (
	"context"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

const (
	// askerSQL reads an account ($1) as an organization ($2) knows it; $3
	// stands for the whole platform.
	askerSQL = `SELECT a.status, COALESCE(l.id, '') AS live, COALESCE((SELECT z.id FROM links AS z
			WHERE z.account_id = a.id AND z.organization_id = CAST($2 AS {uuid}) ORDER BY z.epoch DESC LIMIT 1), '') AS last,
		EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
			AND x.organization_id IN (CAST($2 AS {uuid}), CAST($3 AS {uuid}))) AS blocked
		FROM accounts AS a LEFT JOIN links AS l ON l.account_id = a.id AND l.state = 'live'
		WHERE a.id = CAST($1 AS {uuid}) AND (a.owner_id = CAST($2 AS {uuid}) OR EXISTS (SELECT 1 FROM memberships AS m
			JOIN brands AS b ON b.id = m.brand_id WHERE m.account_id = a.id AND b.organization_id = CAST($2 AS {uuid})))`

	mailedSQL = `SELECT created_at FROM outbox
		WHERE account_id = CAST($1 AS {uuid}) AND link_id IS NOT NULL AND created_at > CAST($2 AS {ts}) ORDER BY created_at`
)

// Asker reads an account that may have a link mailed, as it is in one snapshot.
func (s *Store) Asker(
	ctx context.Context, organization string, key identity.Key, since time.Time,
) (provision.Asker, error) {
	var a provision.Asker
	err := s.transact(ctx, s.read, s.d.snapshot, func(q session) error {
		found, err := q.resolve(ctx, []identity.Key{key}, nil)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return provision.ErrNotFound
		}
		a = provision.Asker{Account: found[0].Account, Version: found[0].Version, Epoch: found[0].Epoch, Email: found[0].Email}
		var id string
		if err := q.one(ctx, &id, `SELECT id FROM organizations WHERE slug = $1`, organization); err != nil {
			return err
		}
		if a.Organization, err = q.organization(ctx, id); err != nil {
			return err
		}
		return q.readAsker(ctx, &a, since)
	})
	if err != nil {
		return provision.Asker{}, fmt.Errorf("reading who asks for a link: %w", err)
	}
	return a, nil
}

func (q session) readAsker(ctx context.Context, a *provision.Asker, since time.Time) error {
	var known struct {
		Status  dedupe.Status `db:"status"`
		Live    string        `db:"live"`
		Last    string        `db:"last"`
		Blocked bool          `db:"blocked"`
	}
	if err := q.one(ctx, &known, askerSQL, a.Account, a.Organization.ID, everywhere); err != nil {
		return err
	}
	a.Status = known.Status
	a.Blocked = known.Blocked
	var err error
	if a.Live, err = q.linkIf(ctx, known.Live); err != nil {
		return err
	}
	if a.Last, err = q.linkIf(ctx, known.Last); err != nil {
		return err
	}
	var mailed []moment
	if err := q.all(ctx, &mailed, mailedSQL, a.Account, stamp(since)); err != nil {
		return err
	}
	for _, m := range mailed {
		a.Mailed = append(a.Mailed, m.Time)
	}
	return nil
}

// linkIf reads a link; that of no id is empty.
func (q session) linkIf(ctx context.Context, id string) (provision.LinkRow, error) {
	if id == "" {
		return provision.LinkRow{}, nil
	}
	found, err := q.links(ctx, []string{id})
	if err != nil {
		return provision.LinkRow{}, err
	}
	return found[0], nil
}
