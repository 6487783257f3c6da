package store

import (
	"cmp"
	"time"

	"muster/provision"
)

// unsent cancels queued mail about links of the batch's accounts that ended:
// nobody is mailed a link that opens no more. Accounts of this very batch have
// none.
func unsent(b provision.Batch) step {
	s := &statement{
		what: "cancelled mail",
		more: []any{stamp(b.By.At)},
		text: `UPDATE outbox SET state = 'cancelled', ended_at = CAST($2 AS {ts}) FROM {rows} AS r
			WHERE outbox.account_id = CAST(r.value->>0 AS {uuid}) AND outbox.state IN ('queued', 'deferred')
			AND outbox.link_id IN (SELECT l.id FROM links AS l WHERE l.account_id = outbox.account_id AND l.state <> 'live')`,
	}
	for _, account := range unique(endedLinkAccounts(b)) {
		s.rows.add(account)
	}
	return s
}

// unsentToBlocked cancels what organizations have queued for whom they block, and
// for those to whom nothing is to be mailed any more.
func unsentToBlocked(b provision.Batch) step {
	s := &statement{
		what: "cancelled mail to blocked people",
		more: []any{stamp(b.By.At), everywhere},
		text: `UPDATE outbox SET state = 'cancelled', ended_at = CAST($2 AS {ts}) FROM {rows} AS r
			WHERE outbox.account_id = CAST(r.value->>0 AS {uuid}) AND outbox.state IN ('queued', 'deferred')
			AND CAST(r.value->>1 AS {uuid}) IN (outbox.organization_id, CAST($3 AS {uuid}))`,
	}
	s.rows.addBlocks(b.Blocks)
	for _, account := range unique(b.Stopped) {
		s.rows.add(account, b.By.Organization, "")
	}
	return s
}

// endedLinkAccounts are the accounts whose links a batch may end.
func endedLinkAccounts(b provision.Batch) []string {
	var all []string
	for _, e := range b.Ends {
		all = append(all, e.Account)
	}
	for _, x := range b.Blocks {
		all = append(all, x.Account)
	}
	for _, a := range b.Addresses {
		all = append(all, a.Account)
	}
	for _, r := range b.Redeems {
		all = append(all, r.Account)
	}
	made := madeHere(b)
	for _, l := range b.Links {
		if !made[l.Account] {
			all = append(all, l.Account)
		}
	}
	return all
}

// madeHere says which accounts a batch makes.
func madeHere(b provision.Batch) map[string]bool {
	made := make(map[string]bool, len(b.Accounts))
	for _, a := range b.Accounts {
		made[a.ID] = true
	}
	return made
}

// mailed queues mails, each once, and no dashboard invitation to somebody who
// has had one: where a link leaves by it alone, it is an invite like any other
// then.
func mailed(b provision.Batch) step {
	s := &statement{
		what: "mails",
		more: []any{b.By.Organization, orNil(b.By.Account), orNil(b.By.Run), stamp(b.By.At)},
		text: `INSERT INTO outbox (id, account_id, domain, organization_id, brand_id, template, link_id, reference, inviter, note,
				invited_by, run_id, state, attempts, next_at, message_id, last_code, last_enhanced, remote_reply, created_at)
			SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}),
				(SELECT {domain} FROM accounts AS a WHERE a.id = CAST(r.value->>1 AS {uuid})),
				CAST($2 AS {uuid}), CAST(r.value->>2 AS {uuid}),
				CASE WHEN r.value->>3 = 'dashboard' AND EXISTS (SELECT 1 FROM dashboard_access AS d
					WHERE d.account_id = CAST(r.value->>1 AS {uuid}) AND d.organization_id = CAST($2 AS {uuid}))
					THEN 'invite' ELSE r.value->>3 END, r.value->>4, r.value->>5, r.value->>6, r.value->>7,
				CAST(COALESCE(r.value->>9, $3) AS {uuid}), CAST($4 AS {uuid}),
				'queued', 0, CAST(r.value->>8 AS {ts}), '', 0, '', '', CAST($5 AS {ts})
			FROM {rows} AS r WHERE NOT (r.value->>3 = 'dashboard' AND EXISTS (SELECT 1 FROM dashboard_access AS d
				WHERE d.account_id = CAST(r.value->>1 AS {uuid}) AND d.organization_id = CAST($2 AS {uuid}))
				AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.id = r.value->>4 AND l.channel = 'mail'
					AND NOT EXISTS (SELECT 1 FROM outbox AS x WHERE x.link_id = l.id)))
			ON CONFLICT DO NOTHING`,
	}
	for _, m := range sorted(b.Mails, func(x, y provision.MailRow) int { return cmp.Compare(x.ID, y.ID) }) {
		s.rows.add(m.ID, m.Account, orNil(m.Brand), m.Template, orNil(m.Link), m.Reference, m.Inviter, m.Note,
			stamp(firstDue(m, b.By.At)), orNil(m.InvitedBy))
	}
	return s
}

// ahead is how much earlier a mail is due that somebody waits for: the one that has been
// due the longest goes first, and twenty thousand may be due.
const ahead = 24 * time.Hour

// firstDue is when a mail is due that is queued at a moment.
func firstDue(m provision.MailRow, at time.Time) time.Time {
	switch {
	case m.NotBefore.After(at):
		return m.NotBefore
	case m.Awaited:
		return at.Add(-ahead)
	}
	return at
}

// onDashboards keeps who was invited to the dashboard; the first time counts.
func onDashboards(b provision.Batch) step {
	s := &statement{
		what: "dashboard invitations",
		more: []any{b.By.Organization, orNil(b.By.Account), orNil(b.By.Run), stamp(b.By.At)},
		text: `INSERT INTO dashboard_access (account_id, organization_id, invited_by, run_id, at)
			SELECT CAST(r.value->>0 AS {uuid}), CAST($2 AS {uuid}), CAST(COALESCE(r.value->>1, $3) AS {uuid}),
				CAST($4 AS {uuid}), CAST($5 AS {ts})
			FROM {rows} AS r WHERE true ON CONFLICT DO NOTHING`,
	}
	for _, d := range sorted(b.Dashboards, func(x, y provision.DashboardRow) int { return cmp.Compare(x.Account, y.Account) }) {
		s.rows.add(d.Account, orNil(d.InvitedBy))
	}
	return s
}
