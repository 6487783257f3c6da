package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/sourcegraph/conc"
)

// interruption is why a context ended: a signal asked the program to stop.
type interruption struct{ signal syscall.Signal }

func (i *interruption) Error() string {
	if i.signal == syscall.SIGTERM {
		return "told to stop (SIGTERM)"
	}
	return "interrupted"
}

// ExitCode is what the program ends with: 130 or 143.
func (i *interruption) ExitCode() int { return 128 + int(i.signal) }

// interruptible ends the context at the first SIGINT or SIGTERM, with the
// signal as its cause. The second one kills the program, as signals do.
func interruptible(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var waiting conc.WaitGroup
	waiting.Go(func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			number, ok := s.(syscall.Signal)
			if !ok {
				number = syscall.SIGINT
			}
			cancel(&interruption{number})
		case <-ctx.Done():
		}
	})
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
		waiting.Wait()
	}
}

// stopWords tells somebody at a terminal what an interrupt did.
func stopWords(i *interruption) string {
	return fmt.Sprintf("%s: what was done so far is saved", i.Error())
}
