package mail

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"muster/provision"
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

// pace knows when the next mail may go, and to which domain. Several senders may
// ask it at once.
type pace struct {
	all       *rate.Limiter
	perMinute int

	mu    sync.Mutex
	lanes map[string]*lane
	heard time.Time // when it was last told which domains mails wait for
	fresh bool      // nobody has had a turn since
}

// askAgain is how often it is asked for which domains mails wait, while some do:
// that takes as long as there are mails.
const askAgain = 10 * time.Second

// lane is the way to one domain.
type lane struct {
	domain  string
	due     int       // mails, as far as is known
	next    time.Time // since when
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
		lanes:     map[string]*lane{},
	}
}

// lane is the way to a domain.
func (p *pace) lane(domain string) *lane {
	l := p.lanes[domain]
	if l == nil {
		limiter := rate.NewLimiter(rate.Limit(float64(p.perMinute)/60), max(1, p.perMinute/12))
		l = &lane{domain: domain, limiter: limiter}
		p.lanes[domain] = l
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

// asks reports whether it is time to ask again for which domains mails wait. One of
// several senders is told so.
func (p *pace) asks(at time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at.Sub(p.heard) < askAgain {
		return false
	}
	p.heard = at
	return true
}

// forgets makes what it was told old: something may wait since.
func (p *pace) forgets() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fresh = false
}

// hears takes in for which domains mails wait.
func (p *pace) hears(all []provision.MailDomain, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.lanes {
		l.due = 0
	}
	for _, d := range all {
		l := p.lane(d.Domain)
		l.due = d.Due
		l.next = d.Next
	}
	p.heard = at
	p.fresh = true
}

// turn is the domain that the next mail may go to, which is counted against it: of
// those that are open the one whose mails have been due the longest. Where all are
// closed it says when the first opens; zero where nothing is due. Fresh says that
// nobody else has had a turn since it was told what waits.
func (p *pace) turn(at time.Time) (domain string, found bool, opens time.Time, fresh bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var first *lane
	for _, l := range p.lanes {
		if l.due == 0 {
			continue
		}
		open := l.opens(at)
		switch {
		case open.After(at):
			if opens.IsZero() || open.Before(opens) {
				opens = open
			}
		case first == nil || l.before(first):
			first = l
		}
	}
	if first == nil {
		return "", false, opens, p.fresh
	}
	first.due--
	first.limiter.ReserveN(at, 1)
	p.fresh = false
	return first.domain, true, time.Time{}, false
}

// outlook is how many mails are due at a moment, and how long it takes at least to
// send them; slow is the domain that takes as long alone, zero where none does.
func (p *pace) outlook(at time.Time) (due int, takes time.Duration, slow provision.MailDomain) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.lanes {
		due += l.due
	}
	takes = time.Duration(float64(due) / float64(p.all.Limit()) * float64(time.Second))
	for _, l := range p.lanes {
		if alone := time.Duration(float64(l.due-l.limiter.Burst()) / float64(l.limiter.Limit()) * float64(time.Second)); alone > takes {
			takes, slow = alone, provision.MailDomain{Domain: l.domain, Due: l.due}
		}
	}
	return due, takes, slow
}

// before reports whether mails have been due for longer than along another lane.
func (l *lane) before(other *lane) bool {
	if l.next.Equal(other.next) {
		return l.domain < other.domain
	}
	return l.next.Before(other.next)
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
