package store

import (
	"context"
	"fmt"
	"time"

	"muster/provision"
)

// KeyChecks reads the check value of every key that was ever used here.
func (s *Store) KeyChecks(ctx context.Context) (map[string]string, error) {
	var all []struct {
		KID   string `db:"kid"`
		Value string `db:"value"`
	}
	if err := s.reading().all(ctx, &all, `SELECT kid, value FROM key_checks`); err != nil {
		return nil, fmt.Errorf("reading key checks: %w", err)
	}
	checks := make(map[string]string, len(all))
	for _, c := range all {
		checks[c.KID] = c.Value
	}
	return checks, nil
}

// AddKeyCheck records the check value of a key; another value for a key that
// has one is ErrMoved, and the first stays.
func (s *Store) AddKeyCheck(ctx context.Context, kid, value string) error {
	n, err := s.writing().exec(ctx, `INSERT INTO key_checks (kid, value) VALUES ($1, $2)
		ON CONFLICT (kid) DO UPDATE SET value = key_checks.value WHERE key_checks.value = excluded.value`, kid, value)
	if err == nil && n == 0 {
		err = provision.ErrMoved
	}
	if err != nil {
		return fmt.Errorf("recording key %s: %w", kid, err)
	}
	return nil
}

// keyUsesSQL counts what needs each key. A link that nobody has seen yet has no
// end.
const keyUsesSQL = `SELECT kid, CAST(sum(links) AS bigint) AS links, CAST(sum(marks) AS bigint) AS marks FROM (
	SELECT kid, count(*) AS links, 0 AS marks FROM links
		WHERE state = 'live' AND (generated_at IS NULL OR expires_at > CAST($1 AS {ts})) GROUP BY kid
	UNION ALL SELECT kid, 0, count(*) FROM suppressions GROUP BY kid) AS used GROUP BY kid ORDER BY kid`

// KeyUses counts the links that are live at a moment and the marks of erased
// people, of all organizations, by the key that they were made with.
func (s *Store) KeyUses(ctx context.Context, at time.Time) ([]provision.KeyUse, error) {
	var all []struct {
		Key   string `db:"kid"`
		Links int    `db:"links"`
		Marks int    `db:"marks"`
	}
	if err := s.reading().all(ctx, &all, keyUsesSQL, stamp(at)); err != nil {
		return nil, fmt.Errorf("reading what needs which key: %w", err)
	}
	uses := make([]provision.KeyUse, len(all))
	for i, u := range all {
		uses[i] = provision.KeyUse{Key: u.Key, Links: u.Links, Marks: u.Marks}
	}
	return uses, nil
}
