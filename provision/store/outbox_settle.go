package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"muster/provision"
)

const (
	// settleSQL is for mails that nobody else has taken since; {n} is how many there may be.
	// A server that is not told reads all mails that wait, for each that it settles.
	settleSQL = `UPDATE outbox SET state = r.value->>2, last_code = CAST(r.value->>3 AS integer),
		last_enhanced = r.value->>4, remote_reply = r.value->>5, next_at = COALESCE(CAST(r.value->>6 AS {ts}), next_at),
		ended_at = CASE WHEN r.value->>6 IS NULL THEN CAST($2 AS {ts}) END,
		doubts = doubts + CAST(r.value->>7 AS integer)
		FROM (SELECT r.value FROM {rows} AS r LIMIT {n}) AS r
		WHERE outbox.id = CAST(r.value->>0 AS {uuid}) AND outbox.state = 'leased'
		AND outbox.attempts = CAST(r.value->>1 AS integer)`

	returnSQL = `UPDATE outbox SET last_enhanced = $2, remote_reply = $3,
		state = CASE WHEN CAST($4 AS integer) = 1 THEN 'dead' ELSE state END,
		ended_at = CASE WHEN CAST($4 AS integer) = 1 THEN CAST($5 AS {ts}) ELSE ended_at END
		WHERE id = CAST($1 AS {uuid})`

	undeliverableSQL = `INSERT INTO undeliverable (email, why, code, at)
		VALUES ($1, $2, $3, CAST($4 AS {ts}))
		ON CONFLICT (email) DO UPDATE SET why = excluded.why, code = excluded.code, at = excluded.at`

	// returnedSQL is the address that a mail went to: that of its link, or else that
	// of its account.
	returnedSQL = `SELECT COALESCE((SELECT l.email FROM links AS l WHERE l.id = o.link_id), a.email) AS email
		FROM outbox AS o JOIN accounts AS a ON a.id = o.account_id WHERE o.id = CAST($1 AS {uuid})`

	unreachableSQL = `SELECT a.id, a.name, a.address, u.why, u.code, u.at FROM undeliverable AS u
		JOIN accounts AS a ON a.email = u.email
		WHERE EXISTS (SELECT 1 FROM memberships AS m JOIN brands AS b ON b.id = m.brand_id
			WHERE m.account_id = a.id AND b.organization_id = CAST($1 AS {uuid}))
		ORDER BY u.at DESC, a.id`
)

// sent keeps what became of mails that were taken.
func sent(b provision.Batch) step {
	s := &statement{what: "sent mails", text: telling(settleSQL, len(b.Sent)), all: true, more: []any{stamp(b.By.At)}}
	for _, m := range b.Sent {
		s.rows.addSettled(provision.MailSettled{SentRow: m})
	}
	return s
}

// telling puts in how many rows a statement is given.
func telling(text string, n int) string { return strings.ReplaceAll(text, "{n}", strconv.Itoa(n)) }

func (r *rows) addSettled(m provision.MailSettled) {
	doubts := 0
	if m.Doubt {
		doubts = 1
	}
	r.add(m.Mail, m.Attempt, string(m.State), m.Code, m.Enhanced, m.Text, stampOrNil(m.NextAt), doubts)
}

// SettleMail keeps what became of one mail, and of its address.
func (s *Store) SettleMail(ctx context.Context, m provision.MailSettled, at time.Time) error {
	settle := &statement{what: "what became of a mail", text: telling(settleSQL, 1), all: true, more: []any{stamp(at)}}
	settle.rows.addSettled(m)
	err := s.change(ctx, func(t tx) error {
		if err := settle.write(ctx, t); err != nil || m.Undeliverable == "" {
			return err
		}
		_, err := t.exec(ctx, undeliverableSQL, m.Undeliverable, m.Text, m.Enhanced, stamp(at))
		return err
	})
	if err != nil {
		return fmt.Errorf("settling a mail: %w", err)
	}
	return nil
}

// ReturnMail keeps that a mail came back.
func (s *Store) ReturnMail(ctx context.Context, r provision.MailReturned, at time.Time) error {
	failed := 0
	if r.Failed {
		failed = 1
	}
	err := s.again(ctx, func(t tx) error {
		var email string
		if err := t.one(ctx, &email, returnedSQL, r.Mail); err != nil {
			return err
		}
		if _, err := t.exec(ctx, returnSQL, r.Mail, r.Enhanced, r.Text, failed, stamp(at)); err != nil || !r.Hard {
			return err
		}
		_, err := t.exec(ctx, undeliverableSQL, email, r.Text, r.Enhanced, stamp(at))
		return err
	})
	if err != nil {
		return fmt.Errorf("keeping a mail that came back: %w", err)
	}
	return nil
}

// Undeliverable reads whom no mail reaches.
func (s *Store) Undeliverable(ctx context.Context, organization string) ([]provision.UndeliverablePerson, error) {
	var all []struct {
		ID      string `db:"id"`
		Name    string `db:"name"`
		Address string `db:"address"`
		Why     string `db:"why"`
		Code    string `db:"code"`
		At      moment `db:"at"`
	}
	if err := s.reading().all(ctx, &all, unreachableSQL, organization); err != nil {
		return nil, fmt.Errorf("reading whom no mail reaches: %w", err)
	}
	people := make([]provision.UndeliverablePerson, len(all))
	for i, p := range all {
		people[i] = provision.UndeliverablePerson{
			Account: p.ID,
			Name:    p.Name,
			Address: p.Address,
			Why:     p.Why,
			Code:    p.Code,
			At:      p.At.Time,
		}
	}
	return people, nil
}
