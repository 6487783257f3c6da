package password

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

// ErrBusy is what a *BusyError is.
var ErrBusy = errors.New("too many passwords are being hashed")

// A BusyError says that a hash would have had to wait too long: come back
// after RetryAfter.
type BusyError struct{ RetryAfter time.Duration }

func (e *BusyError) Error() string { return fmt.Sprintf("%v: try again in %s", ErrBusy, e.RetryAfter) }

// Unwrap makes it ErrBusy.
func (e *BusyError) Unwrap() error { return ErrBusy }

// patience is how long a hash waits for its turn; whoever is sent away should
// come back after twice that.
const patience = 2 * time.Second

// A Hasher makes hashes, only so many at once: each takes a core, and much
// memory. Several goroutines may use it.
type Hasher struct {
	cost     Cost
	patience time.Duration
	turns    chan struct{}
}

// NewHasher makes a Hasher that takes no more than so many bytes of memory at
// once, and no more cores than there are; one hash at a time is always made.
// The error says what is wrong with the cost.
func NewHasher(c Cost, memory int64) (*Hasher, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	atOnce := min(int64(runtime.GOMAXPROCS(0)), memory/(int64(c.Memory)<<10))
	return &Hasher{cost: c, patience: patience, turns: make(chan struct{}, max(1, atOnce))}, nil
}

// Hash is Hash, once there is a turn: *BusyError where that takes too
// long, the error of ctx where it ends before.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	late := time.NewTimer(h.patience)
	defer late.Stop()
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	case <-late.C:
		return "", &BusyError{RetryAfter: 2 * h.patience}
	}
	defer func() { <-h.turns }()
	return Hash(password, h.cost)
}
