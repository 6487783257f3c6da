package store

import (
	"context"
	"fmt"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

const linksSQL = `SELECT l.id, l.account_id, l.organization_id, l.purpose, l.kid, l.audience, l.email, l.epoch, l.expires_at,
	l.state, COALESCE(CAST(l.run_id AS text), '') AS run, l.created_at,
	a.address, a.email AS account_email, a.mailbox, a.email_role, a.name, a.status, a.link_epoch,
	EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
		AND x.organization_id IN (l.organization_id, CAST($2 AS {uuid}))) AS blocked
	FROM {rows} AS r CROSS JOIN links AS l CROSS JOIN accounts AS a
	WHERE l.id = r.value->>0 AND a.id = l.account_id ORDER BY l.id`

type linkRow struct {
	ID           string        `db:"id"`
	Account      string        `db:"account_id"`
	Organization string        `db:"organization_id"`
	Purpose      int           `db:"purpose"`
	KeyID        string        `db:"kid"`
	Audience     string        `db:"audience"`
	Email        string        `db:"email"`
	Epoch        int64         `db:"epoch"`
	Expires      moment        `db:"expires_at"`
	State        string        `db:"state"`
	Run          string        `db:"run"`
	Created      moment        `db:"created_at"`
	Address      string        `db:"address"`
	AccountEmail string        `db:"account_email"`
	Mailbox      string        `db:"mailbox"`
	EmailRole    bool          `db:"email_role"`
	Name         string        `db:"name"`
	Status       dedupe.Status `db:"status"`
	AccountEpoch int64         `db:"link_epoch"`
	Blocked      bool          `db:"blocked"`
}

// Links reads links by their ids, with their accounts as they are now. They
// come in order of id; an id that does not exist is left out.
func (s *Store) Links(ctx context.Context, ids []string) ([]provision.LinkRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range unique(ids) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []linkRow
	if err := s.reading().all(ctx, &all, linksSQL, param, everywhere); err != nil {
		return nil, fmt.Errorf("reading links: %w", err)
	}
	links := make([]provision.LinkRow, len(all))
	for i, l := range all {
		links[i] = provision.LinkRow{ID: l.ID, Account: l.Account, Organization: l.Organization, Purpose: l.Purpose,
			KeyID: l.KeyID, Audience: l.Audience, Email: l.Email, Epoch: l.Epoch, ExpiresAt: l.Expires.Time,
			State: l.State, Run: l.Run, CreatedAt: l.Created.Time,
			AccountEmail:  identity.Email{Address: l.Address, Value: l.AccountEmail, Mailbox: l.Mailbox, Role: l.EmailRole},
			AccountName:   l.Name,
			AccountStatus: l.Status, AccountBlocked: l.Blocked, AccountEpoch: l.AccountEpoch}
	}
	return links, nil
}
