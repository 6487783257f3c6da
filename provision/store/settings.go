package store

import (
	"context"
	"errors"
	"fmt"

	"muster/provision"
)

// Database is the UUID the database was given when it was migrated first.
func (s *Store) Database(ctx context.Context) (string, error) {
	id, err := s.Setting(ctx, "database")
	if err == nil && id == "" {
		err = provision.ErrSchema
	}
	return id, err
}

// Setting reads a setting, "" where it was never set.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := s.reading().one(ctx, &value, `SELECT value FROM settings WHERE name = $1`, name)
	if errors.Is(err, provision.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading setting %s: %w", name, err)
	}
	return value, nil
}

// SetSetting writes a setting. The id of the database is not one to write.
func (s *Store) SetSetting(ctx context.Context, name, value string) error {
	if name == "database" {
		return errors.New("the id of a database never changes")
	}
	_, err := s.writing().exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	if err != nil {
		return fmt.Errorf("writing setting %s: %w", name, err)
	}
	return nil
}
