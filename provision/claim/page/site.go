package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"muster/provision/claim"
)

// Claims is what the site asks about links. Its errors are a *claim.Refusal
// where a link does not open, a *claim.FormError where something is to be
// corrected, and a *password.BusyError where it is to be tried again soon;
// all others mean that nobody can be answered right now.
type Claims interface {
	Open(ctx context.Context, token string) (claim.View, error)
	Begin(ctx context.Context, token string, p claim.Profile) (claim.View, error)
	Redeem(ctx context.Context, token string, pw claim.Passwords) (claim.Done, error)
	Answer(ctx context.Context, token string, accepts bool) (claim.Done, error)
	Renew(ctx context.Context, token string)
	Forgot(ctx context.Context, organization, address string)
}

// Options say how the site is served.
type Options struct {
	Claims Claims
	// BaseURLs are the addresses of the site, as they stand in links: several
	// while it moves from one to another. Requests for other hosts are refused.
	BaseURLs []string
	// Proxies are believed when they say on whose behalf they ask.
	Proxies []netip.Prefix
	// Ready is nil where links can be answered, and says otherwise why not. What
	// it says is kept for a moment.
	Ready func(context.Context) error
	// Log is told of every request after it was answered; Fault of what went
	// wrong on our side. Many may call them at once.
	Log   func(Request)
	Fault func(error)
	Now   func() time.Time
}

// site is the handler of all requests.
type site struct {
	Options
	hosts    map[string]bool // that requests may name
	roots    []string        // paths before all others, without a slash at the end; "" for most
	secure   bool            // people come by https
	origins  *http.CrossOriginProtection
	screens  screens
	failures *attempts // to open links that do not exist
	mails    *attempts // to be sent something

	readiness  readiness
	undeclared sync.Once // that somebody forwards who is no proxy of ours was told
}

// New makes the site. An error is a mistake in the options, or in a template.
func New(o Options) (http.Handler, error) {
	s := &site{
		Options:  o,
		hosts:    map[string]bool{},
		origins:  http.NewCrossOriginProtection(),
		failures: newAttempts(failuresAtOnce, failuresAMinute),
		mails:    newAttempts(mailsAtOnce, mailsAMinute),
	}
	if len(o.BaseURLs) == 0 {
		return nil, errors.New("the site has no address")
	}
	for _, base := range o.BaseURLs {
		u, err := url.Parse(base)
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("%q is no address of a site", base)
		}
		s.hosts[host(u.Host)] = true
		s.roots = append(s.roots, strings.TrimRight(u.Path, "/"))
		s.secure = s.secure || u.Scheme == "https"
	}
	screens, err := readScreens()
	s.screens = screens
	return s, err
}

// host brings the name of a host into the form in which hosts are compared:
// small letters, and no port that goes without saying.
func host(name string) string {
	name = strings.ToLower(name)
	for _, port := range []string{":80", ":443"} {
		name = strings.TrimSuffix(name, port)
	}
	return name
}

// ServeHTTP answers a request.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := s.Now()
	s.harden(w.Header())
	v := s.visit(w, r)
	a := s.answer(v)
	if a.fails && !s.failures.allow(v.client, began) {
		a = limited.answer(v).retry(time.Minute)
	}
	s.send(w, v, a)
	s.Log(Request{
		Time:   began,
		Took:   s.Now().Sub(began),
		Method: method(r.Method),
		Path:   v.place,
		Status: a.status,
		Said:   a.said,
		Link:   v.link,
		Client: v.client,
		Aside:  a.screen == "",
	})
}

// answer settles what may be said before anybody asks about a link.
func (s *site) answer(v *visit) answer {
	switch posted := v.Method == http.MethodPost; {
	case v.path == healthPath:
		return plain(http.StatusOK, "ok")
	case v.path == readyPath:
		return s.ready(v)
	case !s.hosts[host(v.Host)]:
		return wrongHost.answer(v)
	case strings.HasPrefix(v.path, assetPath):
		return asset(v)
	case posted && s.origins.Check(v.Request) != nil:
		return wrongOrigin.answer(v)
	}
	if err := v.read(); err != nil {
		return tooLarge.answer(v)
	}
	return s.route(v)(v)
}

// route finds who answers.
func (s *site) route(v *visit) func(*visit) answer {
	reads := v.Method == http.MethodGet || v.Method == http.MethodHead
	posts := v.Method == http.MethodPost
	switch {
	case reads && strings.HasPrefix(v.path, linkPath):
		return s.open
	case posts && v.path == claimPath:
		return s.claim
	case posts && v.path == renewPath:
		return s.renew
	case reads && strings.HasPrefix(v.path, forgotPath+"/"):
		return s.askAddress
	case posts && v.path == forgotPath:
		return s.forgot
	}
	return func(v *visit) answer { return nothing.answer(v) }
}
