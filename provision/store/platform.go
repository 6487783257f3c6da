package store

import (
	"context"
	"fmt"

	"muster/importer/identity"
	"muster/provision"
)

// What the audit calls that somebody became an operator of the platform, or no
// longer is one.
const (
	platformAdded   = "platform operator added"
	platformRemoved = "platform operator removed"
)

// A PlatformOperator may act on the whole platform.
type PlatformOperator struct {
	Account string `db:"account_id" json:"account_id"`
	Address string `db:"address" json:"email"`
	AddedBy string `db:"added_by" json:"added_by"` // name of whoever was at the computer
}

// PlatformOperators lists them by address.
func (s *Store) PlatformOperators(ctx context.Context) ([]PlatformOperator, error) {
	var all []PlatformOperator
	err := s.reading().all(ctx, &all, `SELECT p.account_id, a.address, p.added_by
		FROM platform_operators AS p JOIN accounts AS a ON a.id = p.account_id ORDER BY a.address, a.id`)
	if err != nil {
		return nil, fmt.Errorf("reading the operators of the platform: %w", err)
	}
	return all, nil
}

// AddPlatformOperator makes the account of an address one; false where it is one
// already. ErrNotFound where there is no such account. The audit entry is written
// with it.
func (s *Store) AddPlatformOperator(
	ctx context.Context, email identity.Email, who string, by provision.Author, entry string,
) (added bool, err error) {
	err = s.again(ctx, func(t tx) error {
		account, err := t.addressed(ctx, email)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `INSERT INTO platform_operators (account_id, added_at, added_by)
			VALUES (CAST($1 AS {uuid}), CAST($2 AS {ts}), $3) ON CONFLICT DO NOTHING`, account, stamp(by.At), who)
		if added = n > 0; err != nil || !added {
			return err
		}
		return t.Apply(ctx, platformAudit(by, entry, account, platformAdded))
	})
	if err != nil {
		return false, fmt.Errorf("adding an operator of the platform: %w", err)
	}
	return added, nil
}

// RemovePlatformOperator undoes AddPlatformOperator.
func (s *Store) RemovePlatformOperator(
	ctx context.Context, email identity.Email, by provision.Author, entry string,
) (removed bool, err error) {
	err = s.again(ctx, func(t tx) error {
		account, err := t.addressed(ctx, email)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `DELETE FROM platform_operators WHERE account_id = CAST($1 AS {uuid})`, account)
		if removed = n > 0; err != nil || !removed {
			return err
		}
		return t.Apply(ctx, platformAudit(by, entry, account, platformRemoved))
	})
	if err != nil {
		return false, fmt.Errorf("removing an operator of the platform: %w", err)
	}
	return removed, nil
}

func platformAudit(by provision.Author, entry, account, action string) provision.Batch {
	return provision.Batch{By: by, Audit: []provision.AuditRow{{ID: entry, Account: account, Action: action}}}
}

// addressed is the id of the account that an address leads to.
func (q session) addressed(ctx context.Context, email identity.Email) (string, error) {
	var id string
	err := q.one(ctx, &id, `SELECT account_id FROM account_key WHERE space = 'email' AND value = $1`, email.Value)
	return id, err
}
