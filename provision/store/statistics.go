package store

import (
	"context"
	"fmt"
)

// grown are the tables that an import or a load can multiply.
var grown = []string{"accounts", "account_key", "account_hint", "profiles", "memberships", "campaign_access", "product_access", "links", "run_rows"}

// Refresh brings up to date what the planner believes about tables that have
// just grown. A server does this by itself in time; until then it takes a
// table of a hundred thousand accounts for an empty one, and reads it whole.
func (s *Store) Refresh(ctx context.Context) error {
	if s.d.refresh == "" {
		return nil
	}
	for _, table := range grown {
		if _, err := s.write.ExecContext(ctx, s.d.refresh+" "+table); err != nil {
			return fmt.Errorf("refreshing statistics: %w", s.fault(ctx, err))
		}
	}
	return nil
}
