package store

import (
	"context"
	"fmt"
)

// Refresh brings up to date what the planner believes about tables that have
// just grown. A server does this by itself in time; until then it takes a
// table of a hundred thousand accounts for an empty one, and reads it whole.
// It waits for nobody: a table that is being vacuumed, or built an index on, is
// left out.
func (s *Store) Refresh(ctx context.Context) error {
	if s.d.refresh == "" {
		return nil
	}
	if _, err := s.writing().exec(ctx, s.d.refresh); err != nil {
		return fmt.Errorf("refreshing statistics: %w", err)
	}
	return nil
}
