package provision

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// AwayAttempts is how often a database that is away is tried before a run gives
// up.
const AwayAttempts = 5

// Persist reads again while the database is away or busy. What it reads it must
// be able to read again from the start.
func Persist(ctx context.Context, read func() error) error {
	for attempt := 1; ; attempt++ {
		err := read()
		if err == nil || attempt == AwayAttempts || ctx.Err() != nil ||
			!errors.Is(err, ErrAway) && !errors.Is(err, ErrMoved) {
			return err
		}
		Pause(ctx, attempt, time.Second)
	}
}

// Pause waits a jittered while that doubles with every attempt.
func Pause(ctx context.Context, attempt int, unit time.Duration) {
	wait := unit << min(attempt-1, 5)
	timer := time.NewTimer(wait/2 + rand.N(wait))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// ManyRows is how many new people make the database's statistics worth
// refreshing.
const ManyRows = 1000

// Refreshed tells where the planner's statistics stayed as they were. That
// fails nothing: every row is written, and the server catches up by itself.
func (e *Engine) Refreshed(err error) {
	if err != nil {
		e.Tell(Notice{Text: fmt.Sprintf("the database may be slow until its server has analyzed the tables: %v", err)})
	}
}

// Retry runs a transaction up to five times while somebody else is faster.
func Retry(transaction func() error) (err error) {
	for range 5 {
		if err = transaction(); !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return err
}
