package store

import (
	"context"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// MailCounts counts the mails of an organization.
func (s *Store) MailCounts(ctx context.Context, organization string) ([]provision.MailCount, error) {
	var all []struct {
		Template string              `db:"template"`
		State    provision.MailState `db:"state"`
		Mails    int                 `db:"mails"`
	}
	if err := s.reading().all(ctx, &all, `SELECT template, state, count(*) AS mails FROM outbox
		WHERE organization_id = CAST($1 AS {uuid}) GROUP BY template, state ORDER BY template, state`,
		organization); err != nil {
		return nil, fmt.Errorf("counting mails: %w", err)
	}
	counts := make([]provision.MailCount, len(all))
	for i, c := range all {
		counts[i] = provision.MailCount(c)
	}
	return counts, nil
}

// WaitingMails counts the mails of a run that nobody has sent yet.
func (s *Store) WaitingMails(ctx context.Context, run string) (int, error) {
	var n []int
	if err := s.reading().all(ctx, &n, `SELECT count(*) FROM outbox
		WHERE state IN ('queued', 'leased', 'unknown', 'deferred') AND run_id = CAST($1 AS {uuid})`, run); err != nil {
		return 0, fmt.Errorf("counting the mails of a run: %w", err)
	}
	return n[0], nil
}

const (
	// waitingSQL finds mails of an organization that wait. A mail that somebody took
	// is due again once they should have been done.
	waitingSQL = ` FROM outbox AS o WHERE o.organization_id = CAST($1 AS {uuid}) AND o.ended_at IS NULL`

	// leaseMailSQL asks for one domain: the index of what waits leads to the mail,
	// however many wait.
	leaseMailSQL = `WITH due AS (SELECT o.id` + waitingSQL + ` AND o.domain = $2 AND o.next_at <= CAST($3 AS {ts})
			ORDER BY o.next_at, o.id LIMIT 1 {skip})
		UPDATE outbox SET state = 'leased', next_at = CAST($4 AS {ts}), attempts = attempts + 1,
			doubts = doubts + CASE WHEN state = 'leased' THEN 1 ELSE 0 END,
			message_id = CASE WHEN message_id = '' THEN replace(CAST(outbox.id AS text), '-', '') || '@' || CAST($5 AS text)
				ELSE message_id END
		FROM due WHERE outbox.id = due.id RETURNING outbox.id`

	// movedSQL is for a mail whose person has an address elsewhere by now.
	movedSQL = `UPDATE outbox SET domain = $2 WHERE id = CAST($1 AS {uuid})`

	dueIDsSQL = `SELECT o.id` + waitingSQL + ` AND (CAST($2 AS text) = '' OR o.domain = CAST($2 AS text))
		AND o.next_at <= CAST($3 AS {ts}) ORDER BY o.next_at, o.id LIMIT $4`

	mailDomainsSQL = `SELECT o.domain, count(*) AS waits, count(CASE WHEN o.next_at <= CAST($3 AS {ts}) THEN 1 END) AS due,
		min(o.next_at) AS next` + waitingSQL + ` AND (CAST($2 AS text) = '' OR o.domain = CAST($2 AS text))
		GROUP BY o.domain ORDER BY o.domain`

	// mailSQL reads mails and their accounts; {n} is how many there are. A server that is
	// not told reads the whole outbox to find one. What was accepted of these templates
	// counts where people are not to be sent too much at once.
	mailSQL = `SELECT o.id, o.account_id, o.organization_id, COALESCE(CAST(o.brand_id AS text), '') AS brand, o.template,
		COALESCE(o.link_id, '') AS link, o.inviter, o.note, o.message_id,
		COALESCE((SELECT x.name FROM accounts AS x WHERE x.id = o.invited_by), '') AS invited_by,
		o.attempts, o.doubts, o.created_at,
		a.version, a.link_epoch, a.address, a.email, a.mailbox, a.email_role, a.name, a.status, a.language, a.time_zone,
		a.password <> '' AS has_password,
		EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
			AND x.organization_id IN (o.organization_id, CAST($2 AS {uuid}))) AS blocked,
		EXISTS (SELECT 1 FROM undeliverable AS u WHERE u.email = a.email) AS undeliverable,
		COALESCE((SELECT CASE WHEN x.name = '' THEN x.address ELSE x.name END FROM accounts AS x
			WHERE x.id = CASE WHEN o.template = 'administrator-added' THEN CAST(o.reference AS {uuid}) END), '') AS other,
		(SELECT max(e.ended_at) FROM outbox AS e WHERE e.account_id = a.id AND e.state = 'accepted'
			AND e.template IN ('invite', 'dashboard', 'claimed', 'consent', 'welcome-sso')) AS last_at,
		(SELECT count(*) FROM outbox AS e WHERE e.account_id = a.id AND e.state = 'accepted'
			AND e.template IN ('invite', 'dashboard', 'claimed', 'consent', 'welcome-sso')
			AND e.ended_at > CAST($3 AS {ts})) AS today,
		(SELECT count(*) FROM outbox AS e WHERE e.account_id = a.id AND e.organization_id = o.organization_id
			AND e.template = o.template AND e.created_at > CAST($4 AS {ts}) AND e.id <> o.id) AS earlier
		FROM (SELECT r.value FROM {rows} AS r LIMIT {n}) AS r CROSS JOIN outbox AS o CROSS JOIN accounts AS a
		WHERE o.id = CAST(r.value->>0 AS {uuid}) AND a.id = o.account_id ORDER BY o.next_at, o.id`
)

type mailRow struct {
	ID            string        `db:"id"`
	Account       string        `db:"account_id"`
	Organization  string        `db:"organization_id"`
	Brand         string        `db:"brand"`
	Template      string        `db:"template"`
	Link          string        `db:"link"`
	Inviter       string        `db:"inviter"`
	Note          string        `db:"note"`
	InvitedBy     string        `db:"invited_by"`
	MessageID     string        `db:"message_id"`
	Attempts      int           `db:"attempts"`
	Doubts        int           `db:"doubts"`
	Created       moment        `db:"created_at"`
	Version       int64         `db:"version"`
	Epoch         int64         `db:"link_epoch"`
	Address       string        `db:"address"`
	Email         string        `db:"email"`
	Mailbox       string        `db:"mailbox"`
	EmailRole     bool          `db:"email_role"`
	Name          string        `db:"name"`
	Status        dedupe.Status `db:"status"`
	Language      string        `db:"language"`
	TimeZone      string        `db:"time_zone"`
	HasPassword   bool          `db:"has_password"`
	Blocked       bool          `db:"blocked"`
	Undeliverable bool          `db:"undeliverable"`
	Other         string        `db:"other"`
	Last          moment        `db:"last_at"`
	Today         int           `db:"today"`
	Earlier       int           `db:"earlier"`
}

func (m mailRow) mail() provision.Mail {
	return provision.Mail{
		ID:           m.ID,
		Account:      m.Account,
		Organization: m.Organization,
		Brand:        m.Brand,
		Template:     m.Template,
		Link:         m.Link,
		Inviter:      m.Inviter,
		Note:         m.Note,
		InvitedBy:    m.InvitedBy,
		MessageID:    m.MessageID,
		Attempts:     m.Attempts,
		Doubts:       m.Doubts,
		CreatedAt:    m.Created.Time,
		Version:      m.Version,
		Epoch:        m.Epoch,
		Email: identity.Email{
			Address: m.Address,
			Value:   m.Email,
			Mailbox: m.Mailbox,
			Role:    m.EmailRole,
		},
		Name:          m.Name,
		Status:        m.Status,
		Language:      m.Language,
		TimeZone:      m.TimeZone,
		Blocked:       m.Blocked,
		HasPassword:   m.HasPassword,
		Undeliverable: m.Undeliverable,
		Other:         m.Other,
		LastAt:        m.Last.Time,
		Today:         m.Today,
		Earlier:       m.Earlier,
	}
}

// LeaseMail takes the mail to a domain that has been due the longest, and reads it.
// Two who ask at once get different ones.
func (s *Store) LeaseMail(
	ctx context.Context, organization, domain string, l provision.MailLease,
) (provision.Mail, error) {
	var all []provision.Mail
	err := s.again(ctx, func(t tx) error {
		var id string
		if err := t.one(ctx, &id, leaseMailSQL, organization, domain, stamp(l.At), stamp(l.Until), l.Domain); err != nil {
			return err
		}
		var err error
		if all, err = t.mails(ctx, l.At, id); err != nil || len(all) == 0 || all[0].Email.Domain() == domain {
			return err
		}
		_, err = t.exec(ctx, movedSQL, id, all[0].Email.Domain())
		return err
	})
	switch {
	case err != nil:
		return provision.Mail{}, fmt.Errorf("taking a mail: %w", err)
	case len(all) == 0:
		return provision.Mail{}, fmt.Errorf("taking a mail: its account is gone: %w", provision.ErrNotFound)
	}
	return all[0], nil
}

// DueMails reads mails that could be taken.
func (s *Store) DueMails(
	ctx context.Context, which provision.MailSelection, at time.Time, limit int,
) ([]provision.Mail, error) {
	var ids []string
	err := s.reading().all(ctx, &ids, dueIDsSQL, which.Organization, which.Domain, stamp(at), limit)
	if err != nil {
		return nil, fmt.Errorf("reading what is due: %w", err)
	}
	return s.reading().mails(ctx, at, ids...)
}

// MailDomains reads which domains mails wait for.
func (s *Store) MailDomains(
	ctx context.Context, which provision.MailSelection, at time.Time,
) ([]provision.MailDomain, error) {
	var all []struct {
		Domain string `db:"domain"`
		Waits  int    `db:"waits"`
		Due    int    `db:"due"`
		Next   moment `db:"next"`
	}
	err := s.reading().all(ctx, &all, mailDomainsSQL, which.Organization, which.Domain, stamp(at))
	if err != nil {
		return nil, fmt.Errorf("reading whom mails wait for: %w", err)
	}
	domains := make([]provision.MailDomain, len(all))
	for i, d := range all {
		domains[i] = provision.MailDomain{Domain: d.Domain, Waits: d.Waits, Due: d.Due, Next: d.Next.Time}
	}
	return domains, nil
}

// mails reads mails by their ids, with what counts at a moment.
func (q session) mails(ctx context.Context, at time.Time, ids ...string) ([]provision.Mail, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range ids {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []mailRow
	const day = 24 * time.Hour
	if err := q.all(ctx, &all, telling(mailSQL, len(ids)), param, everywhere, stamp(at.Add(-day)), stamp(at.Add(-7*day))); err != nil {
		return nil, fmt.Errorf("reading mails: %w", err)
	}
	mails := make([]provision.Mail, len(all))
	for i, m := range all {
		mails[i] = m.mail()
	}
	return mails, nil
}
