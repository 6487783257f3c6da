package page

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Somebody may try so many links that do not exist, or ask for so many mails,
// and then so many a minute. A token cannot be guessed: this keeps noise away
// from the database and the log, and a person who mistypes never meets it.
const (
	attemptsAtOnce   = 20
	attemptsAMinute  = 10
	attemptsWatched  = 10_000 // networks; some 2 MB
	attemptsNetworks = 64     // bits of an IPv6 address that are one household's
)

// attempts counts who tries what must not go on without end. Its memory is
// bounded.
type attempts struct {
	mu sync.Mutex
	of map[netip.Prefix]*rate.Limiter
}

func newAttempts() *attempts { return &attempts{of: map[netip.Prefix]*rate.Limiter{}} }

// count notes an attempt.
func (t *attempts) count(who netip.Addr, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := network(who)
	counted, known := t.of[key]
	if !known {
		t.makeRoom(at)
		counted = rate.NewLimiter(rate.Every(time.Minute/attemptsAMinute), attemptsAtOnce)
		t.of[key] = counted
	}
	counted.AllowN(at, 1)
}

// tooMany reports whether somebody has tried so often that they have to wait.
func (t *attempts) tooMany(who netip.Addr, at time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	counted, known := t.of[network(who)]
	return known && counted.TokensAt(at) < 1
}

// makeRoom forgets who has tried nothing for long, and, where that is not enough,
// just anybody: half of the places are free then, so that it is seldom needed.
func (t *attempts) makeRoom(at time.Time) {
	if len(t.of) < attemptsWatched {
		return
	}
	for key, counted := range t.of {
		if counted.TokensAt(at) >= attemptsAtOnce {
			delete(t.of, key)
		}
	}
	for key := range t.of {
		if len(t.of) <= attemptsWatched/2 {
			return
		}
		delete(t.of, key)
	}
}

// network is what counts as one: an IPv4 address, or the part of an IPv6
// address that a household has.
func network(who netip.Addr) netip.Prefix {
	bits := who.BitLen()
	if who.Is6() {
		bits = attemptsNetworks
	}
	p, err := who.Prefix(bits)
	if err != nil { // nobody knows who asks
		return netip.Prefix{}
	}
	return p
}
