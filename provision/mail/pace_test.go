package mail

import (
	"testing"
	"time"

	"muster/provision"
)

func TestPaceOfDomains(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := newPace(Rates{DomainPerMinute: 12})
	turn := func() string {
		domain, _, opens, _ := p.turn(at)
		if !opens.IsZero() {
			return "in " + opens.Sub(at).String()
		}
		return domain
	}
	say := func(want string) {
		t.Helper()
		if got := turn(); got != want {
			t.Errorf("at %s: %q, want %q", at.Format(time.TimeOnly), got, want)
		}
	}
	say("")
	p.hears([]provision.MailDomain{
		{Domain: "example.com", Due: 100, Next: at.Add(-time.Second)},
		{Domain: "example.net", Next: at.Add(time.Minute)},
		{Domain: "example.org", Due: 2, Next: at.Add(-time.Minute)},
	}, at)
	say("example.org") // those have waited longer
	say("example.com")
	say("in 5s") // twelve a minute are one in five seconds
	at = at.Add(5 * time.Second)
	say("example.org")
	say("example.com")
	say("in 5s")
	at = at.Add(5 * time.Second)
	say("example.com") // the others have had theirs
	for i, pause := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, time.Hour} {
		p.slows("example.com", at)
		if got := turn(); got != "in "+pause.String() {
			t.Errorf("asked for less %d times: %s", i+1, got)
		}
		at = at.Add(pause)
	}
	p.answers("example.com")
	p.slows("example.com", at)
	say("in 1m0s")
}

func TestHowLongAllMailsTake(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := newPace(Rates{PerSecond: 10, DomainPerMinute: 120})
	p.hears([]provision.MailDomain{{Domain: "example.com", Due: 70}, {Domain: "example.org", Due: 530}}, at)
	due, takes, slow := p.outlook(at)
	if due != 600 || takes != 4*time.Minute+20*time.Second || slow.Domain != "example.org" || slow.Due != 530 {
		t.Errorf("%d mails take %s, for %d to %q", due, takes, slow.Due, slow.Domain)
	}
	p.hears([]provision.MailDomain{{Domain: "example.com", Due: 70}, {Domain: "example.org", Due: 80}}, at)
	if due, takes, slow := p.outlook(at); due != 150 || takes != 35*time.Second || slow.Domain != "example.org" {
		t.Errorf("%d mails take %s, for %q", due, takes, slow.Domain)
	}
	p = newPace(Rates{PerSecond: 1, DomainPerMinute: 120})
	p.hears([]provision.MailDomain{{Domain: "example.com", Due: 90}}, at)
	if due, takes, slow := p.outlook(at); due != 90 || takes != 90*time.Second || slow.Domain != "" {
		t.Errorf("%d mails take %s, for %q", due, takes, slow.Domain)
	}
}

// What waits is asked for as often as it may have changed, by one of several senders.
func TestPaceIsToldWhatWaits(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := newPace(Rates{})
	if !p.asks(at) || p.asks(at) {
		t.Error("it does not ask once at first")
	}
	one := []provision.MailDomain{{Domain: "example.com", Due: 1, Next: at}}
	p.hears(one, at)
	if p.asks(at.Add(askAgain-1)) || !p.asks(at.Add(askAgain)) {
		t.Error("it asks too early, or too late")
	}
	p.hears(one, at)
	if domain, _, _, _ := p.turn(at); domain != "example.com" {
		t.Errorf("whose turn it is: %q", domain)
	}
	if _, found, _, fresh := p.turn(at); found || fresh {
		t.Error("nothing else is due, and something may have come since")
	}
	p.hears(nil, at)
	if _, found, _, fresh := p.turn(at); found || !fresh {
		t.Error("nothing is due, and that is known")
	}
	p.forgets()
	if _, _, _, fresh := p.turn(at); fresh {
		t.Error("something may have come since")
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
