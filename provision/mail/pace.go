package mail

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rates are how fast mails are sent. The zero value of a field takes its
// default.
type Rates struct {
	PerSecond       float64 // to all; 0 is DefaultPerSecond
	DomainPerMinute int     // to the people of one domain; 0 is DefaultDomainPerMinute
}

// The rates where nothing else is said: what large providers take from a sender
// that they do not know.
const (
	DefaultPerSecond       = 10
	DefaultDomainPerMinute = 120
)

// backOffs are how long a domain is left alone that has asked for less, by how
// often it did so in a row.
var backOffs = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

// pace knows when the next mail may go, and to which domains none may for now.
// Several senders may ask it at once.
type pace struct {
	all       *rate.Limiter
	perMinute int

	mu      sync.Mutex
	domains map[string]*lane
}

// lane is the way to one domain.
type lane struct {
	limiter *rate.Limiter
	closed  time.Time // until then
	asked   int       // how often in a row it asked for less
}

func newPace(r Rates) *pace {
	if r.PerSecond == 0 {
		r.PerSecond = DefaultPerSecond
	}
	if r.DomainPerMinute == 0 {
		r.DomainPerMinute = DefaultDomainPerMinute
	}
	return &pace{
		all:       rate.NewLimiter(rate.Limit(r.PerSecond), max(1, int(r.PerSecond))),
		perMinute: r.DomainPerMinute,
		domains:   map[string]*lane{},
	}
}

// lane is the way to a domain.
func (p *pace) lane(domain string) *lane {
	l := p.domains[domain]
	if l == nil {
		l = &lane{limiter: rate.NewLimiter(rate.Limit(float64(p.perMinute)/60), max(1, p.perMinute/12))}
		p.domains[domain] = l
	}
	return l
}

// opens is when the next mail may go along a lane.
func (l *lane) opens(at time.Time) time.Time {
	open := at
	if missing := 1 - l.limiter.TokensAt(at); missing > 0 {
		open = at.Add(time.Duration(missing / float64(l.limiter.Limit()) * float64(time.Second)))
	}
	if l.closed.After(open) {
		return l.closed
	}
	return open
}

// takes counts a mail to a domain.
func (p *pace) takes(domain string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lane(domain).limiter.ReserveN(at, 1)
}

// closed are the domains that no mail may go to now, and when the first of them
// opens; zero where there is none.
func (p *pace) closed(at time.Time) (domains []string, first time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for domain, l := range p.domains {
		opens := l.opens(at)
		if !opens.After(at) {
			continue
		}
		domains = append(domains, domain)
		if first.IsZero() || opens.Before(first) {
			first = opens
		}
	}
	return domains, first
}

// slows leaves a domain alone for a while that has asked for less.
func (p *pace) slows(domain string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.lane(domain)
	l.closed = at.Add(backOffs[min(l.asked, len(backOffs)-1)])
	l.asked++
}

// answers says that a domain takes mail again.
func (p *pace) answers(domain string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lane(domain).asked = 0
}
