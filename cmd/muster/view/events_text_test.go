package view

import (
	"bytes"
	"regexp"
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

// Sending takes as long as mail servers want: it is told in mails, once a minute.
func TestSendingIsToldInMails(t *testing.T) {
	var b bytes.Buffer
	v := newTextView(flags.Talk{}, &b, &b, false)
	v.Tell(provision.PhaseStarted{Phase: provision.Sending, Total: 20000})
	v.started = v.started.Add(-time.Hour)
	v.last = v.last.Add(-30 * time.Second)
	v.Tell(provision.Progress{Phase: provision.Sending, Done: 100})
	if b.Len() > 0 {
		t.Errorf("after half a minute: %s", b.String())
	}
	v.last = v.last.Add(-30 * time.Second)
	v.Tell(provision.Progress{Phase: provision.Sending, Done: 7200})
	v.Tell(provision.PhaseDone{Phase: provision.Sending, Done: 7200})
	if !regexp.MustCompile(`^muster: sending: 7,200 of 20,000 mails, 1 a second, about 1h4\dm\d+s left
muster: sending: 7,200 mails in 1h0m[\d.]+s\n$`).MatchString(b.String()) {
		t.Error(b.String())
	}
}
