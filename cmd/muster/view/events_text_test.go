package view

import (
	"bytes"
	"testing"
	"time"

	"muster/cmd/muster/flags"
	"muster/provision"
)

// A phase without progress must not keep its bar, and the program, waiting.
func TestBarsEnd(t *testing.T) {
	done := make(chan bool)
	go func() {
		defer close(done)
		var b bytes.Buffer
		v := newTextView(flags.Talk{}, &b, &b, true)
		for _, total := range []int{0, 1, 5000} {
			v.Tell(provision.PhaseStarted{Phase: provision.Reading, Total: total})
			v.Tell(provision.Progress{Phase: provision.Reading, Done: total / 2})
			v.Tell(provision.PhaseDone{Phase: provision.Reading, Done: total})
		}
		v.Tell(provision.PhaseStarted{Phase: provision.Reporting, Total: 7})
		v.Tell(provision.PhaseStarted{Phase: provision.Reporting, Total: 7})
		v.Close()
		v.Close()
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("a bar never ends")
	}
}
