package store

import (
	"context"
	"fmt"
)

// Refresh brings up to date what the planner believes about tables that have
// just grown. A server does this by itself in time; until then it takes a
// table of a hundred thousand accounts for an empty one, and reads it whole.
// What the dialect asks for is coarse, and waits for nobody: a table that is
// being vacuumed, or built an index on, is left out.
func (s *Store) Refresh(ctx context.Context) error {
	if len(s.d.refresh) == 0 {
		return nil
	}
	err := s.change(ctx, func(t tx) error {
		for _, command := range s.d.refresh {
			if _, err := t.exec(ctx, command); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("refreshing statistics: %w", err)
	}
	return nil
}
