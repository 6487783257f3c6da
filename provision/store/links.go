package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

const linksSQL = `SELECT l.id, l.account_id, l.organization_id, l.purpose, l.kid, l.audience, l.email, l.epoch, l.lifetime,
	l.generated_at, CASE WHEN l.generated_at IS NOT NULL THEN l.expires_at END AS expires_at,
	l.state, COALESCE(l.end_reason, '') AS end_reason, COALESCE(CAST(l.run_id AS text), '') AS run, l.created_at,
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
	Lifetime     int64         `db:"lifetime"` // seconds
	Generated    moment        `db:"generated_at"`
	Expires      moment        `db:"expires_at"`
	State        string        `db:"state"`
	EndReason    string        `db:"end_reason"`
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
		links[i] = provision.LinkRow{
			ID:           l.ID,
			Account:      l.Account,
			Organization: l.Organization,
			Purpose:      l.Purpose,
			KeyID:        l.KeyID,
			Audience:     l.Audience,
			Email:        l.Email,
			Epoch:        l.Epoch,
			Lifetime:     time.Duration(l.Lifetime) * time.Second,
			GeneratedAt:  l.Generated.Time,
			ExpiresAt:    l.Expires.Time,
			State:        l.State,
			EndReason:    l.EndReason,
			Run:          l.Run,
			CreatedAt:    l.Created.Time,
			AccountEmail: identity.Email{
				Address: l.Address,
				Value:   l.AccountEmail,
				Mailbox: l.Mailbox,
				Role:    l.EmailRole,
			},
			AccountName:    l.Name,
			AccountStatus:  l.Status,
			AccountBlocked: l.Blocked,
			AccountEpoch:   l.AccountEpoch,
		}
	}
	return links, nil
}

const startSQL = `UPDATE links SET generated_at = CAST($2 AS {ts}), expires_at = CAST(r.value->>1 AS {ts}) FROM {rows} AS r
	WHERE links.id = r.value->>0 AND links.generated_at IS NULL`

// StartLinks lets links live that are shown for the first time: it sets when,
// and with it when they expire. A link that was shown before keeps both.
func (s *Store) StartLinks(ctx context.Context, links []provision.LinkRow, at time.Time) error {
	start := &statement{
		what: "the life of links",
		more: []any{stamp(at)},
		text: startSQL,
	}
	for _, l := range sorted(links, func(x, y provision.LinkRow) int { return cmp.Compare(x.ID, y.ID) }) {
		start.rows.add(l.ID, stamp(l.EndsAt(at)))
	}
	return s.again(ctx, func(t tx) error { return start.write(ctx, t) })
}

// liveSQL reads the live links of an organization.
const liveSQL = `SELECT l.account_id, a.version FROM links AS l JOIN accounts AS a ON a.id = l.account_id
	WHERE l.organization_id = CAST($1 AS {uuid}) AND l.state = 'live' ORDER BY l.account_id`

// LiveLinks reads whose links of an organization are live, by account.
func (t tx) LiveLinks(ctx context.Context, organization string) ([]provision.LiveLink, error) {
	var all []struct {
		Account string `db:"account_id"`
		Version int64  `db:"version"`
	}
	if err := t.all(ctx, &all, liveSQL, organization); err != nil {
		return nil, fmt.Errorf("reading live links: %w", err)
	}
	live := make([]provision.LiveLink, len(all))
	for i, l := range all {
		live[i] = provision.LiveLink{Account: l.Account, Version: l.Version}
	}
	return live, nil
}
