package store

import (
	"context"
	"fmt"

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
