package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"muster/provision"
)

// fault gives an error of a driver the meaning provision knows. The end of
// the context stays itself, whatever the driver made of it.
func (s *Store) fault(ctx context.Context, err error) error { return s.faultOf(ctx, "", err) }

// faultOf is fault for the error of a statement, so that a right that is
// missing for it can be named.
func (s *Store) faultOf(ctx context.Context, statement string, err error) error {
	switch {
	case err == nil:
		return nil
	case known(err):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, sql.ErrNoRows):
		return provision.ErrNotFound
	}
	switch s.d.fault(err) {
	case moved:
		return fmt.Errorf("%w: %w", provision.ErrMoved, err)
	case held:
		return fmt.Errorf("%w: %w", heldError{}, err)
	case away:
		return fmt.Errorf("%w: %w", provision.ErrAway, err)
	case denied:
		return denial(err, statement, s.role)
	case damaged:
		return fmt.Errorf("%w: not a database of this program, or damaged: %w", provision.ErrSchema, err)
	}
	return err
}

// A heldError is a provision.ErrMoved: a lock did not come free in time, or a statement took
// longer than it may.
type heldError struct{}

func (heldError) Error() string { return "the database did not come to it in time" }
func (heldError) Unwrap() error { return provision.ErrMoved }

// known reports an error that has its meaning already.
func known(err error) bool {
	for _, e := range []error{provision.ErrNotFound, provision.ErrSeveral, provision.ErrMoved,
		provision.ErrFenced, provision.ErrAway, provision.ErrDenied, provision.ErrSchema} {
		if errors.Is(err, e) {
			return true
		}
	}
	var locked *provision.LockedError
	return errors.As(err, &locked)
}

// short is the word for fewer rows written than sent: what they depended on
// has changed since it was read.
func short(what string, want, got int64) error {
	return fmt.Errorf("%s: %d of %d rows: %w", what, got, want, provision.ErrMoved)
}
