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

// linkSQL reads the links that have the ids of {rows}, with their accounts and
// organizations as they are now. $2 stands for the whole platform.
const linkSQL = `SELECT l.id, l.account_id, l.organization_id, l.purpose, l.kid, l.audience, l.email, l.epoch, l.lifetime,
	l.generated_at, CASE WHEN l.generated_at IS NOT NULL THEN l.expires_at END AS expires_at, l.not_before, l.workday,
	l.state, COALESCE(l.end_reason, '') AS end_reason, COALESCE(CAST(l.run_id AS text), '') AS run, l.created_at,
	l.ended_at, l.channel, l.revealed_at, l.handed_over_at, l.opened_at, l.open_count,
	a.address, a.email AS account_email, a.mailbox, a.email_role, a.name, a.status, a.link_epoch, a.password_at, a.time_zone,
	o.sign_in, o.active,
	EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
		AND x.organization_id IN (l.organization_id, CAST($2 AS {uuid}))) AS blocked,
	(SELECT max(CASE WHEN x.lifted_at > x.blocked_at THEN x.lifted_at ELSE x.blocked_at END) FROM blocks AS x
		WHERE x.account_id = a.id AND x.organization_id IN (l.organization_id, CAST($2 AS {uuid}))) AS blocked_at`

const linksSQL = linkSQL + ` FROM {rows} AS r CROSS JOIN links AS l CROSS JOIN accounts AS a CROSS JOIN organizations AS o
	WHERE l.id = r.value->>0 AND a.id = l.account_id AND o.id = l.organization_id ORDER BY l.id`

type linkRow struct {
	ID           string              `db:"id"`
	Account      string              `db:"account_id"`
	Organization string              `db:"organization_id"`
	Purpose      int                 `db:"purpose"`
	KeyID        string              `db:"kid"`
	Audience     string              `db:"audience"`
	Email        string              `db:"email"`
	Epoch        int64               `db:"epoch"`
	Lifetime     int64               `db:"lifetime"` // seconds
	Generated    moment              `db:"generated_at"`
	Expires      moment              `db:"expires_at"`
	NotBefore    moment              `db:"not_before"`
	Workday      bool                `db:"workday"`
	State        provision.LinkState `db:"state"`
	EndReason    string              `db:"end_reason"`
	Run          string              `db:"run"`
	Created      moment              `db:"created_at"`
	Ended        moment              `db:"ended_at"`
	Channel      provision.Channel   `db:"channel"`
	Revealed     moment              `db:"revealed_at"`
	HandedOver   moment              `db:"handed_over_at"`
	Opened       moment              `db:"opened_at"`
	Openings     int                 `db:"open_count"`
	Address      string              `db:"address"`
	AccountEmail string              `db:"account_email"`
	Mailbox      string              `db:"mailbox"`
	EmailRole    bool                `db:"email_role"`
	Name         string              `db:"name"`
	Status       dedupe.Status       `db:"status"`
	AccountEpoch int64               `db:"link_epoch"`
	PasswordAt   moment              `db:"password_at"`
	TimeZone     string              `db:"time_zone"`
	SignIn       string              `db:"sign_in"`
	Active       bool                `db:"active"`
	Blocked      bool                `db:"blocked"`
	BlockedAt    moment              `db:"blocked_at"`
}

func (l linkRow) link() provision.LinkRow {
	return provision.LinkRow{
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
		NotBefore:    l.NotBefore.Time,
		Workday:      l.Workday,
		State:        l.State,
		EndReason:    l.EndReason,
		Run:          l.Run,
		CreatedAt:    l.Created.Time,
		EndedAt:      l.Ended.Time,
		Channel:      l.Channel,
		RevealedAt:   l.Revealed.Time,
		HandedOverAt: l.HandedOver.Time,
		OpenedAt:     l.Opened.Time,
		Openings:     l.Openings,
		AccountEmail: identity.Email{
			Address: l.Address,
			Value:   l.AccountEmail,
			Mailbox: l.Mailbox,
			Role:    l.EmailRole,
		},
		AccountName:       l.Name,
		AccountStatus:     l.Status,
		AccountBlocked:    l.Blocked,
		AccountBlockedAt:  l.BlockedAt.Time,
		AccountEpoch:      l.AccountEpoch,
		AccountPasswordAt: l.PasswordAt.Time,
		AccountTimeZone:   l.TimeZone,
		SignIn:            l.SignIn,
		Active:            l.Active,
	}
}

// Links reads links by their ids, with their accounts as they are now. They
// come in order of id; an id that does not exist is left out.
func (s *Store) Links(ctx context.Context, ids []string) ([]provision.LinkRow, error) {
	return s.reading().links(ctx, ids)
}

func (q session) links(ctx context.Context, ids []string) ([]provision.LinkRow, error) {
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
	all := make([]linkRow, 0, r.n)
	if err := q.all(ctx, &all, linksSQL, param, everywhere); err != nil {
		return nil, fmt.Errorf("reading links: %w", err)
	}
	links := make([]provision.LinkRow, len(all))
	for i, l := range all {
		links[i] = l.link()
	}
	return links, nil
}

const startSQL = `UPDATE links SET
	generated_at = COALESCE(generated_at, CAST($2 AS {ts})),
	expires_at = CASE WHEN generated_at IS NULL THEN CAST(r.value->>1 AS {ts}) ELSE expires_at END,
	revealed_at = COALESCE(revealed_at, CAST(r.value->>2 AS {ts}))
	FROM {rows} AS r WHERE links.id = r.value->>0`

// StartLinks lets links live that are shown for the first time: it sets when,
// and with it when they expire. A link that was shown before keeps both, and
// one that was revealed before keeps when.
func (s *Store) StartLinks(ctx context.Context, links []provision.LinkRow, at time.Time, revealed bool) error {
	start := &statement{
		what: "the life of links",
		more: []any{stamp(at)},
		text: startSQL,
	}
	var seen any
	if revealed {
		seen = stamp(at)
	}
	for _, l := range sorted(links, func(x, y provision.LinkRow) int { return cmp.Compare(x.ID, y.ID) }) {
		start.rows.add(l.ID, stamp(l.EndsAt(at)), seen)
	}
	return s.again(ctx, func(t tx) error { return start.write(ctx, t) })
}

// startIssuedSQL asks what LinkRow.Standing asks, of links of people who are new
// or invited anew and stand in some rows of the ledger; $5 stands for the whole
// platform. Whom it leaves out is left to startSQL, which sets what was asked for
// there.
const startIssuedSQL = `UPDATE links SET generated_at = CAST($3 AS {ts}), expires_at = CAST($4 AS {ts}), revealed_at = CAST($3 AS {ts})
	FROM run_rows AS l CROSS JOIN accounts AS a CROSS JOIN organizations AS o
	WHERE l.run_id = CAST($1 AS {uuid}) AND l.row_no > $6 AND l.row_no <= $7 AND links.id = l.link_id
	AND links.run_id = l.run_id AND links.lifetime = $2 AND links.generated_at IS NULL AND links.revealed_at IS NULL
	AND links.purpose = 1 AND links.channel = 'report' AND links.not_before IS NULL AND NOT links.workday AND links.state = 'live'
	AND a.id = links.account_id AND a.link_epoch = links.epoch AND a.email = links.email AND a.password_at IS NULL
	AND a.status IN ('created', 'invited')
	AND o.id = links.organization_id AND o.active AND o.sign_in <> 'sso'
	AND NOT EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.organization_id IN (o.id, CAST($5 AS {uuid})))`

// StartIssued lets all invitations live that the rows of a run issued for its
// report, with one life, that open from the moment they are shown, many by one
// statement. It says what StartLinks would, in a tenth of the time: a link that is
// otherwise is left to that.
func (s *Store) StartIssued(ctx context.Context, run string, rows int, life time.Duration, at time.Time) error {
	like := provision.LinkRow{Lifetime: life}
	for after := 0; after < rows; after += s.d.changes {
		err := s.again(ctx, func(t tx) error {
			_, err := t.exec(ctx, startIssuedSQL, run, int64(life/time.Second), stamp(at), stamp(like.EndsAt(at)), everywhere,
				after, after+s.d.changes)
			return err
		})
		if err != nil {
			return fmt.Errorf("writing the life of links: %w", err)
		}
	}
	return nil
}

// liveSQL reads the live links of an organization that were made with a key.
const liveSQL = `SELECT l.account_id, a.version FROM links AS l JOIN accounts AS a ON a.id = l.account_id
	WHERE l.organization_id = CAST($1 AS {uuid}) AND l.state = 'live' AND $2 IN ('', l.kid)
	ORDER BY l.account_id`

// LiveLinks reads whose links of an organization are live, of those that were
// made with a key, or with any where that is "", by account.
func (t tx) LiveLinks(ctx context.Context, organization, key string) ([]provision.LiveLink, error) {
	var all []struct {
		Account string `db:"account_id"`
		Version int64  `db:"version"`
	}
	if err := t.all(ctx, &all, liveSQL, organization, key); err != nil {
		return nil, fmt.Errorf("reading live links: %w", err)
	}
	live := make([]provision.LiveLink, len(all))
	for i, l := range all {
		live[i] = provision.LiveLink{Account: l.Account, Version: l.Version}
	}
	return live, nil
}
