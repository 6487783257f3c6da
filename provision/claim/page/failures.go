package page

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Somebody may try so many links that do not exist, and then so many a minute.
// A token cannot be guessed: this keeps noise away from the database and the
// log, and a person who mistypes never meets it.
const (
	failuresAtOnce   = 20
	failuresAMinute  = 10
	failuresWatched  = 10_000 // addresses; some 2 MB
	failuresNetworks = 64     // bits of an IPv6 address that are one household's
)

// failures counts who tries links that do not exist. Its memory is bounded.
type failures struct {
	mu sync.Mutex
	of map[netip.Prefix]*rate.Limiter
}

func newFailures() *failures { return &failures{of: map[netip.Prefix]*rate.Limiter{}} }

// count notes a failure.
func (f *failures) count(who netip.Addr, at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := network(who)
	counted, known := f.of[key]
	if !known {
		f.makeRoom(at)
		counted = rate.NewLimiter(rate.Every(time.Minute/failuresAMinute), failuresAtOnce)
		f.of[key] = counted
	}
	counted.AllowN(at, 1)
}

// tooMany reports whether somebody has failed so often that they have to wait.
func (f *failures) tooMany(who netip.Addr, at time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	counted, known := f.of[network(who)]
	return known && counted.TokensAt(at) < 1
}

// makeRoom forgets who has not failed for long, and, where that is not enough,
// just anybody: half of the places are free then, so that it is seldom needed.
func (f *failures) makeRoom(at time.Time) {
	if len(f.of) < failuresWatched {
		return
	}
	for key, counted := range f.of {
		if counted.TokensAt(at) >= failuresAtOnce {
			delete(f.of, key)
		}
	}
	for key := range f.of {
		if len(f.of) <= failuresWatched/2 {
			return
		}
		delete(f.of, key)
	}
}

// network is what counts as one: an IPv4 address, or the part of an IPv6
// address that a household has.
func network(who netip.Addr) netip.Prefix {
	bits := who.BitLen()
	if who.Is6() {
		bits = failuresNetworks
	}
	p, err := who.Prefix(bits)
	if err != nil { // nobody knows who asks
		return netip.Prefix{}
	}
	return p
}
