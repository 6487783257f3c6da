package store

import (
	"context"
	"encoding/json"
	"fmt"

	"muster/provision"
)

const (
	writtenSQL = `SELECT CAST(a.id AS text) AS id, COALESCE(CAST(a.account_id AS text), '') AS account,
		COALESCE(a.row_no, 0) AS row_no FROM audit AS a
		WHERE a.run_id = CAST($2 AS {uuid}) AND a.organization_id = CAST($1 AS {uuid}) ORDER BY a.row_no, a.id`

	// historySQL reads the entries of the audit that {rows} lead to by x; $2 is the
	// organization.
	historySQL = `SELECT CAST(a.id AS text) AS id, a.at, COALESCE(CAST(a.run_id AS text), '') AS run,
		COALESCE(a.row_no, 0) AS row_no, COALESCE(CAST(a.operator_id AS text), '') AS operator_id,
		COALESCE(o.address, '') AS operator, COALESCE(CAST(a.account_id AS text), '') AS account, a.source, a.action, a.detail,
		p.detail AS private
		FROM {rows} AS r CROSS JOIN audit AS x CROSS JOIN audit AS a LEFT JOIN accounts AS o ON o.id = a.operator_id
		LEFT JOIN audit_private AS p ON p.audit_id = a.id
		WHERE x.id = CAST(r.value->>0 AS {uuid}) AND a.organization_id = CAST($2 AS {uuid}) AND `

	entriesSQL = historySQL + `a.id = x.id ORDER BY a.at, a.id`

	sinceSQL = historySQL + `a.account_id = x.account_id AND (a.at > x.at OR a.at = x.at AND a.id > x.id) ORDER BY a.at, a.id`

	toldSQL = `SELECT CAST(a.id AS text) AS id, a.at, CAST(a.account_id AS text) AS account, a.source, a.action, a.detail
		FROM {rows} AS r CROSS JOIN audit AS a
		WHERE a.account_id = CAST(r.value->>0 AS {uuid}) AND a.organization_id = CAST($2 AS {uuid}) ORDER BY a.at, a.id`

	// foundSinceSQL is by rows of accounts; $3 is the run, whose own list does not count.
	foundSinceSQL = `SELECT CAST(x.account_id AS text) AS account, CAST(u.id AS text) AS run, u.kind, u.started_at
		FROM {rows} AS r CROSS JOIN run_rows AS x JOIN runs AS u ON u.id = x.run_id CROSS JOIN runs AS o
		WHERE x.account_id = CAST(r.value->>0 AS {uuid}) AND x.outcome = 'unchanged'
			AND o.id = CAST($3 AS {uuid}) AND u.organization_id = CAST($2 AS {uuid}) AND u.started_at > o.started_at
			AND u.kind IN ('import', 'apply', 'sync', 'review') AND COALESCE(u.list, '') <> COALESCE(o.list, '-')
		ORDER BY u.started_at, u.id, account`

	joinedWithSQL = `SELECT CAST(g.merged_id AS text) AS merged, CAST(g.account_id AS text) AS account
		FROM {rows} AS r CROSS JOIN account_merges AS g
		WHERE g.merged_id = CAST(r.value->>0 AS {uuid}) AND g.organization_id = CAST($2 AS {uuid})`

	runMailsSQL = `SELECT CAST(o.account_id AS text) AS account, o.state FROM {rows} AS r CROSS JOIN outbox AS o
		WHERE o.account_id = CAST(r.value->>0 AS {uuid}) AND o.run_id = CAST($2 AS {uuid}) ORDER BY o.account_id, o.id`
)

// Written reads what the audit has of a run.
func (d directory) Written(ctx context.Context, organization, run string) ([]provision.RunEntry, error) {
	var all []struct {
		ID      string `db:"id"`
		Account string `db:"account"`
		Row     int    `db:"row_no"`
	}
	if err := d.all(ctx, &all, writtenSQL, organization, run); err != nil {
		return nil, fmt.Errorf("reading what the run did: %w", err)
	}
	entries := make([]provision.RunEntry, len(all))
	for i, e := range all {
		entries[i] = provision.RunEntry(e)
	}
	return entries, nil
}

// History reads entries of the audit, and what came after them.
func (d directory) History(ctx context.Context, organization string, entries []string) ([]provision.HistoryEntry, error) {
	var history []provision.HistoryEntry
	for _, text := range []string{entriesSQL, sinceSQL} {
		var all []struct {
			auditRow
			Private document `db:"private"`
		}
		if err := d.ofAccounts(ctx, &all, text, organization, entries); err != nil {
			return nil, fmt.Errorf("reading what happened since: %w", err)
		}
		for _, a := range all {
			history = append(history, provision.HistoryEntry{AuditEntry: a.entry(), Private: json.RawMessage(a.Private)})
		}
	}
	return history, nil
}

// Told reads what the audit has of some accounts.
func (d directory) Told(ctx context.Context, organization string, accounts []string) ([]provision.AuditEntry, error) {
	var all []auditRow
	if err := d.ofAccounts(ctx, &all, toldSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading what was done to people: %w", err)
	}
	entries := make([]provision.AuditEntry, len(all))
	for i, a := range all {
		entries[i] = a.entry()
	}
	return entries, nil
}

// FoundSince reads in which later runs of other lists people were found in place.
func (d directory) FoundSince(
	ctx context.Context, organization, run string, accounts []string,
) ([]provision.FoundIn, error) {
	var all []struct {
		Account string `db:"account"`
		Run     string `db:"run"`
		Kind    string `db:"kind"`
		At      moment `db:"started_at"`
	}
	if err := d.ofAccounts(ctx, &all, foundSinceSQL, organization, accounts, run); err != nil {
		return nil, fmt.Errorf("reading which lists name people: %w", err)
	}
	found := make([]provision.FoundIn, len(all))
	for i, f := range all {
		found[i] = provision.FoundIn{Account: f.Account, Run: f.Run, Kind: f.Kind, At: f.At.Time}
	}
	return found, nil
}

// JoinedWith reads where accounts went that were joined with another one.
func (d directory) JoinedWith(ctx context.Context, organization string, accounts []string) (map[string]string, error) {
	var all []struct {
		Merged  string `db:"merged"`
		Account string `db:"account"`
	}
	if err := d.ofAccounts(ctx, &all, joinedWithSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading where accounts went: %w", err)
	}
	with := make(map[string]string, len(all))
	for _, j := range all {
		with[j.Merged] = j.Account
	}
	return with, nil
}

// RunMails reads the mails of a run.
func (d directory) RunMails(ctx context.Context, run string, accounts []string) ([]provision.RunMail, error) {
	var all []struct {
		Account string              `db:"account"`
		State   provision.MailState `db:"state"`
	}
	if err := d.ofAccounts(ctx, &all, runMailsSQL, run, accounts); err != nil {
		return nil, fmt.Errorf("reading the mails of the run: %w", err)
	}
	mails := make([]provision.RunMail, len(all))
	for i, m := range all {
		mails[i] = provision.RunMail(m)
	}
	return mails, nil
}
