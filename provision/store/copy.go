package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrNoCopy means that a database of this kind is not copied into a file.
var ErrNoCopy = errors.New("only an embedded database is copied into a file")

// Copy writes the database as it is now into a new file; SQLite only.
func (s *Store) Copy(ctx context.Context, path string) error {
	if s.d.name != sqlite.name {
		return ErrNoCopy
	}
	if _, err := s.write.ExecContext(ctx, `VACUUM INTO $1`, path); err != nil {
		return fmt.Errorf("copying the database: %w", s.fault(ctx, err))
	}
	return nil
}
