package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
)

// errSkipped means that another run is at work and that this is fine.
var errSkipped = errors.New("skipped: another run is at work")

// unlocked runs a piece of work, again and again while it is locked out and
// there is time to wait; and while others are at work whenever somebody has been asked.
func unlocked(
	ctx context.Context, v view.View, lock flags.IfLocked, work func() (provision.Summary, error),
) (provision.Summary, error) {
	deadline := time.Now().Add(lock.Wait)
	for told := false; ; told = true {
		summary, err := work()
		if errors.Is(err, provision.ErrMeddled) {
			v.Tell(provision.Notice{Text: "another run was at work meanwhile, and nothing was written: this is the plan as of now"})
			continue
		}
		var locked *provision.LockedError
		switch {
		case !errors.As(err, &locked):
			return summary, err
		case lock.Skip:
			v.Tell(provision.Notice{Text: lockedWords(locked.AtWork()) + "; nothing done"})
			return summary, errSkipped
		case time.Now().After(deadline):
			return summary, err
		case !told:
			v.Tell(provision.Notice{Text: fmt.Sprintf("%s; waiting up to %s", lockedWords(locked.AtWork()), lock.Wait)})
		}
		select {
		case <-ctx.Done():
			return summary, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
