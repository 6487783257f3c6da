package page

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Somebody may try so many links that do not exist, and then so many a minute.
// A token cannot be guessed: this keeps noise out of the log, and a person who
// mistypes never meets it.
const (
	failuresAtOnce  = 20
	failuresAMinute = 10
)

// Somebody may ask for so many mails, for whomever, and then so many a minute:
// enough for an office behind one address.
const (
	mailsAtOnce  = 10
	mailsAMinute = 2
)

// Of how many networks it is remembered what they did, and what is one.
const (
	attemptsWatched  = 10_000 // some 2 MB
	attemptsNetworks = 64     // of an IPv6 address are one household's
)

// attempts is how often each network may do something: so often at once, and
// then so often a minute. Its memory is bounded. Many may ask it at once.
type attempts struct {
	atOnce  int
	aMinute int

	mu sync.Mutex
	of map[netip.Prefix]*rate.Limiter
}

func newAttempts(atOnce, aMinute int) *attempts {
	return &attempts{atOnce: atOnce, aMinute: aMinute, of: map[netip.Prefix]*rate.Limiter{}}
}

// allow reports whether somebody may do it, which counts; where they may not, it
// does not.
func (a *attempts) allow(who netip.Addr, at time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := network(who)
	left, known := a.of[key]
	if !known {
		a.makeRoom(at)
		left = rate.NewLimiter(rate.Every(time.Minute/time.Duration(a.aMinute)), a.atOnce)
		a.of[key] = left
	}
	return left.AllowN(at, 1)
}

// makeRoom forgets who has not done it for long, and, where that is not enough,
// just anybody: half of the places are free then, so that it is seldom needed.
func (a *attempts) makeRoom(at time.Time) {
	if len(a.of) < attemptsWatched {
		return
	}
	for key, left := range a.of {
		if left.TokensAt(at) >= float64(a.atOnce) {
			delete(a.of, key)
		}
	}
	for key := range a.of {
		if len(a.of) <= attemptsWatched/2 {
			return
		}
		delete(a.of, key)
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
