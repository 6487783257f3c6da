package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"muster/importer/record"
	"muster/provision"
)

// The statements that read what is on record of an account ($1) in an
// organization ($2).
const (
	factsSQL = `SELECT a.created_at, a.registered_at,
		COALESCE((SELECT u.why FROM undeliverable AS u WHERE u.email = a.email AND a.email <> ''), '') AS undeliverable
		FROM accounts AS a WHERE a.id = CAST($1 AS {uuid})`

	membershipFactsSQL = `SELECT b.slug AS brand, m.kind, m.role, m.permissions, m.granted_at,
		COALESCE(NULLIF(g.name, ''), g.address, '') AS granted_by, m.source
		FROM memberships AS m JOIN brands AS b ON b.id = m.brand_id LEFT JOIN accounts AS g ON g.id = m.granted_by
		WHERE m.account_id = CAST($1 AS {uuid}) AND b.organization_id = CAST($2 AS {uuid}) ORDER BY b.slug`

	blockFactsSQL = `SELECT x.organization_id = CAST($3 AS {uuid}) AS everywhere, x.blocked_at, x.lifted_at, x.source, x.why,
		COALESCE(NULLIF(g.name, ''), g.address, '') AS blocked_by
		FROM blocks AS x LEFT JOIN accounts AS g ON g.id = x.blocked_by
		WHERE x.account_id = CAST($1 AS {uuid}) AND x.organization_id IN (CAST($2 AS {uuid}), CAST($3 AS {uuid}))
		ORDER BY x.blocked_at DESC`

	dashboardFactSQL = `SELECT d.at, COALESCE(NULLIF(g.name, ''), g.address, '') AS invited_by
		FROM dashboard_access AS d LEFT JOIN accounts AS g ON g.id = d.invited_by
		WHERE d.account_id = CAST($1 AS {uuid}) AND d.organization_id = CAST($2 AS {uuid})`

	linkIDsSQL = `SELECT l.id FROM links AS l WHERE l.account_id = CAST($1 AS {uuid})
		AND l.organization_id = CAST($2 AS {uuid}) ORDER BY l.created_at DESC, l.id LIMIT $3`
)

// Facts reads what is on record of an account in an organization.
func (d directory) Facts(ctx context.Context, organization, account string) (provision.AccountFacts, error) {
	f := facts{q: d.session, account: account, organization: organization}
	for _, read := range []func(context.Context) error{
		f.readAccount, f.readMemberships, f.readBlocks, f.readDashboard, f.readLinks,
	} {
		if err := read(ctx); err != nil {
			return provision.AccountFacts{}, fmt.Errorf("reading what is on record of account %s: %w", account, err)
		}
	}
	return f.all, nil
}

// facts puts together what is on record from the statements above.
type facts struct {
	q                     session
	account, organization string
	all                   provision.AccountFacts
}

func (f *facts) readAccount(ctx context.Context) error {
	var a struct {
		Created       moment `db:"created_at"`
		Registered    moment `db:"registered_at"`
		Undeliverable string `db:"undeliverable"`
	}
	err := f.q.one(ctx, &a, factsSQL, f.account)
	f.all.CreatedAt = a.Created.Time
	f.all.RegisteredAt = a.Registered.Time
	f.all.Undeliverable = a.Undeliverable
	return err
}

func (f *facts) readMemberships(ctx context.Context) error {
	var all []struct {
		Brand       string      `db:"brand"`
		Kind        record.Kind `db:"kind"`
		Role        string      `db:"role"`
		Permissions document    `db:"permissions"`
		GrantedAt   moment      `db:"granted_at"`
		GrantedBy   string      `db:"granted_by"`
		Source      string      `db:"source"`
	}
	err := f.q.all(ctx, &all, membershipFactsSQL, f.account, f.organization)
	for _, m := range all {
		f.all.Memberships = append(f.all.Memberships, provision.MembershipFact{
			Brand:       m.Brand,
			Kind:        m.Kind,
			Role:        m.Role,
			Permissions: json.RawMessage(m.Permissions),
			GrantedAt:   m.GrantedAt.Time,
			GrantedBy:   m.GrantedBy,
			Source:      m.Source,
		})
	}
	return err
}

func (f *facts) readBlocks(ctx context.Context) error {
	var all []struct {
		Everywhere bool   `db:"everywhere"`
		At         moment `db:"blocked_at"`
		Lifted     moment `db:"lifted_at"`
		Source     string `db:"source"`
		By         string `db:"blocked_by"`
		Why        string `db:"why"`
	}
	err := f.q.all(ctx, &all, blockFactsSQL, f.account, f.organization, everywhere)
	for _, b := range all {
		f.all.Blocks = append(f.all.Blocks, provision.BlockFact{
			Everywhere: b.Everywhere,
			At:         b.At.Time,
			LiftedAt:   b.Lifted.Time,
			By:         b.By,
			Source:     b.Source,
			Why:        b.Why,
		})
	}
	return err
}

func (f *facts) readDashboard(ctx context.Context) error {
	var d struct {
		At moment `db:"at"`
		By string `db:"invited_by"`
	}
	err := f.q.one(ctx, &d, dashboardFactSQL, f.account, f.organization)
	if errors.Is(err, provision.ErrNotFound) {
		return nil
	}
	f.all.Dashboard = &provision.DashboardFact{At: d.At.Time, By: d.By}
	return err
}

func (f *facts) readLinks(ctx context.Context) error {
	var ids []string
	if err := f.q.all(ctx, &ids, linkIDsSQL, f.account, f.organization, provision.FactLinks); err != nil {
		return err
	}
	links, err := f.q.links(ctx, ids)
	of := make(map[string]provision.LinkRow, len(links))
	for _, l := range links {
		of[l.ID] = l
	}
	for _, id := range ids {
		f.all.Links = append(f.all.Links, of[id])
	}
	return err
}
