package store

import (
	"context"
	"fmt"

	"muster/provision"
)

// pickSQL begins with the brands, and asks of each member what is to fit.
const pickSQL = `SELECT DISTINCT m.account_id
	FROM {rows} AS r CROSS JOIN brands AS b CROSS JOIN memberships AS m CROSS JOIN accounts AS a
	WHERE b.organization_id = CAST($2 AS {uuid}) AND b.slug = r.value->>0 AND m.brand_id = b.id AND a.id = m.account_id
	AND $3 IN ('', m.kind) AND $4 IN ('', a.status)
	AND ($5 = '' OR EXISTS (SELECT 1 FROM run_rows AS w WHERE w.account_id = a.id AND CAST(w.run_id AS text) = $5))
	ORDER BY m.account_id`

// Pick returns the ids of accounts that fit, sorted.
func (d directory) Pick(ctx context.Context, p provision.Picking) ([]string, error) {
	if len(p.Brands) == 0 {
		return nil, nil
	}
	var r rows
	for _, slug := range unique(p.Brands) {
		r.add(slug)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var ids []string
	err = d.all(ctx, &ids, pickSQL, param, p.Organization, string(p.Kind), string(p.Status), p.Run)
	if err != nil {
		return nil, fmt.Errorf("picking people: %w", err)
	}
	return ids, nil
}

const leftSQL = `SELECT DISTINCT CAST(e.account_id AS text) AS account, b.slug
	FROM {rows} AS r CROSS JOIN memberships_ended AS e CROSS JOIN brands AS b
	WHERE e.account_id = CAST(r.value->>0 AS {uuid}) AND b.id = e.brand_id AND b.organization_id = CAST($2 AS {uuid})
	ORDER BY account, b.slug`

// Left reads which brands of the organization accounts were taken out of.
func (d directory) Left(ctx context.Context, organization string, accounts []string) (map[string][]string, error) {
	var all []struct {
		Account string `db:"account"`
		Slug    string `db:"slug"`
	}
	if err := d.ofAccounts(ctx, &all, leftSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading what accounts were taken out of: %w", err)
	}
	left := map[string][]string{}
	for _, one := range all {
		left[one.Account] = append(left[one.Account], one.Slug)
	}
	return left, nil
}

// tiesSQL counts what hangs on accounts beside what an organization sees.
const tiesSQL = `SELECT account_id, organizations, mails, all_mails FROM (SELECT a.id AS account_id,
		(SELECT count(DISTINCT b.organization_id) FROM memberships AS m JOIN brands AS b ON b.id = m.brand_id
			WHERE m.account_id = a.id AND b.organization_id <> CAST($2 AS {uuid})) AS organizations,
		(SELECT count(*) FROM outbox AS o WHERE o.account_id = a.id AND o.organization_id = CAST($2 AS {uuid})
			AND o.state IN ('queued', 'deferred')) AS mails,
		(SELECT count(*) FROM outbox AS o WHERE o.account_id = a.id AND o.state IN ('queued', 'deferred')) AS all_mails
		FROM {rows} AS r CROSS JOIN accounts AS a WHERE a.id = CAST(r.value->>0 AS {uuid})) AS t
	WHERE organizations + all_mails > 0 ORDER BY account_id`

// Ties counts what hangs on accounts beside what an organization sees of them.
func (d directory) Ties(ctx context.Context, organization string, accounts []string) ([]provision.Ties, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range unique(accounts) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []struct {
		Account       string `db:"account_id"`
		Organizations int    `db:"organizations"`
		Mails         int    `db:"mails"`
		AllMails      int    `db:"all_mails"`
	}
	if err := d.all(ctx, &all, tiesSQL, param, organization); err != nil {
		return nil, fmt.Errorf("counting what hangs on accounts: %w", err)
	}
	ties := make([]provision.Ties, len(all))
	for i, t := range all {
		ties[i] = provision.Ties{Account: t.Account, Organizations: t.Organizations, Mails: t.Mails, MailsOfAll: t.AllMails}
	}
	return ties, nil
}

// invitesSQL reads of each account the invite link of an organization that is
// live, or else the newest, who issued it, and the first mail about it.
const invitesSQL = linkSQL + `, COALESCE(NULLIF(p.name, ''), p.address, '') AS issuer,
	COALESCE(e.state, '') AS mail, e.ended_at AS mail_end
	FROM {rows} AS r CROSS JOIN accounts AS a CROSS JOIN links AS l CROSS JOIN organizations AS o
	LEFT JOIN runs AS u ON u.id = l.run_id LEFT JOIN accounts AS p ON p.id = u.operator_id
	LEFT JOIN outbox AS e ON e.id = (SELECT y.id FROM outbox AS y WHERE y.link_id = l.id
		ORDER BY y.created_at, y.id LIMIT 1)
	WHERE a.id = CAST(r.value->>0 AS {uuid}) AND o.id = l.organization_id
	AND l.id = (SELECT x.id FROM links AS x WHERE x.account_id = a.id AND x.organization_id = CAST($3 AS {uuid})
		AND x.purpose = 1 ORDER BY CASE x.state WHEN 'live' THEN 0 ELSE 1 END, x.created_at DESC, x.id LIMIT 1)
	ORDER BY a.id`

// Invites reads the invites that an organization gave accounts, by account.
func (d directory) Invites(ctx context.Context, organization string, accounts []string) ([]provision.Invite, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range unique(accounts) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []struct {
		linkRow
		Issuer  string              `db:"issuer"`
		Mail    provision.MailState `db:"mail"`
		MailEnd moment              `db:"mail_end"`
	}
	if err := d.all(ctx, &all, invitesSQL, param, everywhere, organization); err != nil {
		return nil, fmt.Errorf("reading invites: %w", err)
	}
	invites := make([]provision.Invite, len(all))
	for i, l := range all {
		invites[i] = provision.Invite{LinkRow: l.link(), Issuer: l.Issuer, Mail: l.Mail, MailEnd: l.MailEnd.Time}
	}
	return invites, nil
}
