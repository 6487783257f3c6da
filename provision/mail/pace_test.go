package mail

import (
	"slices"
	"testing"
	"time"
)

func TestPaceOfDomains(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := newPace(Rates{DomainPerMinute: 12})
	closed := func() []string {
		domains, _ := p.closed(at)
		slices.Sort(domains)
		return domains
	}
	if got := closed(); got != nil {
		t.Errorf("before anything was sent: %v", got)
	}
	p.takes("example.com", at)
	p.takes("example.org", at)
	domains, first := p.closed(at)
	if len(domains) != 2 || !first.Equal(at.Add(5*time.Second)) {
		t.Errorf("twelve a minute are one in five seconds: %v open at %s", domains, first)
	}
	at = first
	if got := closed(); got != nil {
		t.Errorf("five seconds later: %v", got)
	}
	for i, pause := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, time.Hour} {
		p.slows("example.com", at)
		_, first := p.closed(at)
		if !first.Equal(at.Add(pause)) {
			t.Errorf("asked for less %d times: it opens after %s", i+1, first.Sub(at))
		}
		if got := closed(); !slices.Equal(got, []string{"example.com"}) {
			t.Errorf("asked for less %d times: %v are closed", i+1, got)
		}
		at = first
	}
	p.answers("example.com")
	p.slows("example.com", at)
	if _, first := p.closed(at); !first.Equal(at.Add(time.Minute)) {
		t.Errorf("having taken mail again it opens after %s", first.Sub(at))
	}
}

func TestDelaysGrow(t *testing.T) {
	for attempt, about := range delays {
		for range 100 {
			if got := jittered(about); got < about*3/4 || got > about*5/4 {
				t.Fatalf("attempt %d: %s", attempt+1, got)
			}
		}
	}
}
