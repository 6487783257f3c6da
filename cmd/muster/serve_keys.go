package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/sourcegraph/conc"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/link"
)

// keysEvery is how often a server looks whether its key file is another one.
const keysEvery = 10 * time.Second

// follow keeps the keys of a server those of its file, and tells of it. What it
// returns ends that.
func follow(ctx context.Context, v view.View, keys *link.Holder) func() {
	ctx, cancel := context.WithCancel(ctx)
	now := make(chan os.Signal, 1)
	signal.Notify(now, syscall.SIGHUP)
	var watching conc.WaitGroup
	watching.Go(func() {
		keys.Watch(ctx, keysEvery, now, func(ring *link.Keyring, err error) {
			if err != nil {
				v.Tell(provision.Warning{Text: "the key file cannot be used, the keys from before stay: " + err.Error()})
				return
			}
			v.Tell(provision.Notice{Text: "read the keys again: the active one is " + ring.Active()})
		})
	})
	return func() {
		signal.Stop(now)
		cancel()
		watching.Wait()
	}
}
