package store

import (
	"context"
	"fmt"

	"muster/provision"
)

const loginsSQL = `SELECT l.login, l.account_id, a.address FROM logins AS l JOIN accounts AS a ON a.id = l.account_id
	WHERE l.organization_id = CAST($1 AS {uuid}) AND l.ended_at IS NULL ORDER BY l.login, l.account_id`

// Login reads the login of the session, whatever role that has taken on since.
func (s *Store) Login(ctx context.Context) (string, error) {
	var login string
	if err := s.reading().one(ctx, &login, s.d.login); err != nil {
		return "", fmt.Errorf("reading the login: %w", err)
	}
	return login, nil
}

// Logins reads as whom the logins of the database may act in an organization.
func (s *Store) Logins(ctx context.Context, organization string) ([]provision.Login, error) {
	return s.reading().logins(ctx, organization)
}

// Logins reads them as they are within the transaction.
func (t tx) Logins(ctx context.Context, organization string) ([]provision.Login, error) {
	return t.logins(ctx, organization)
}

func (q session) logins(ctx context.Context, organization string) ([]provision.Login, error) {
	var found []struct {
		Login   string `db:"login"`
		Account string `db:"account_id"`
		Address string `db:"address"`
	}
	if err := q.all(ctx, &found, loginsSQL, organization); err != nil {
		return nil, fmt.Errorf("reading logins: %w", err)
	}
	all := make([]provision.Login, len(found))
	for i, l := range found {
		all[i] = provision.Login{Login: l.Login, As: l.Address, Account: l.Account}
	}
	return all, nil
}

// saveLogins lets logins in, and ends others.
func (t tx) saveLogins(ctx context.Context, rows provision.OrganizationRows) error {
	for _, l := range rows.Logins {
		if err := t.saveLogin(ctx, rows.ID, l, nil); err != nil {
			return err
		}
	}
	for _, l := range rows.Ended {
		if err := t.saveLogin(ctx, rows.ID, l, stamp(rows.At)); err != nil {
			return err
		}
	}
	return nil
}

// saveLogin writes a login that ended at some time, or is let in where that is
// nil.
func (t tx) saveLogin(ctx context.Context, organization string, l provision.Login, ended any) error {
	_, err := t.exec(ctx, `INSERT INTO logins (organization_id, login, account_id, ended_at)
		VALUES (CAST($1 AS {uuid}), $2, CAST($3 AS {uuid}), CAST($4 AS {ts}))
		ON CONFLICT (organization_id, login, account_id) DO UPDATE SET ended_at = excluded.ended_at`,
		organization, l.Login, l.Account, ended)
	return err
}
