package page

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"muster/provision"
	"muster/provision/claim"
	"muster/provision/claim/password"
)

// notice is a page that says something instead of showing a form.
type notice struct {
	said   string // in a word, for the log
	status int
	sign   string // drawn beside the heading
	title  string // key of the heading
	text   string // key of what is said
	more   string // key of what is said then, "" for nothing
	asks   bool   // whom to ask for another link is told, or one is offered
	signIn string // key of the button to sign in, "" without
	when   func(claim.View) time.Time
}

// noticeBody is what the template shows of a notice.
type noticeBody struct {
	Sign       string
	Text       string
	More       string
	When       time.Time
	Asks       bool
	Renews     bool   // the person may ask for another link here
	SignIn     string // address to sign in, "" for none
	SignInText string
	Forgot     string // address for who forgot the password, "" for none
}

func expiry(v claim.View) time.Time    { return v.ExpiresAt }
func beginning(v claim.View) time.Time { return v.NotBefore }

// standings are the pages of links that do not open. The holder is genuine.
var standings = map[provision.Standing]notice{
	provision.StandingNotYet: {said: "not yet", status: http.StatusForbidden, sign: "clock", title: "not_yet.title",
		text: "not_yet.text", when: beginning},
	provision.StandingExpired: {said: "expired", status: http.StatusGone, sign: "clock", title: "expired.title",
		text: "expired.text", when: expiry, asks: true},
	provision.StandingUsed: {said: "used", status: http.StatusGone, sign: "done", title: "used.title",
		text: "used.text", signIn: "sign_in"},
	provision.StandingRegistered: {said: "registered", status: http.StatusGone, sign: "done", title: "registered.title",
		text: "registered.text", signIn: "sign_in"},
	provision.StandingSuperseded: {said: "superseded", status: http.StatusGone, sign: "letter",
		title: "superseded.title", text: "superseded.text"},
	provision.StandingRevoked: {said: "revoked", status: http.StatusGone, title: "revoked.title",
		text: "revoked.text", asks: true},
	provision.StandingMoved: {said: "moved", status: http.StatusGone, title: "moved.title", text: "moved.text",
		asks: true},
	provision.StandingBlocked: {said: "blocked", status: http.StatusForbidden, title: "blocked.title",
		text: "blocked.text"},
	provision.StandingSignOn: {said: "single sign-on", status: http.StatusForbidden, title: "sso.title",
		text: "sso.text", signIn: "sign_in.sso"},
	provision.StandingDeclined: {said: "declined before", status: http.StatusGone, sign: "done", title: "declined.title",
		text: "declined.text"},
	provision.StandingInactive: {said: "inactive", status: http.StatusForbidden, sign: "clock",
		title: "inactive.title", text: "inactive.text"},
}

// Pages for those of whom nothing is known.
var (
	unknown = notice{said: "unknown", status: http.StatusNotFound, title: "unknown.title", text: "unknown.text"}
	nothing = notice{said: "nothing", status: http.StatusNotFound, title: "nothing.title", text: "nothing.text"}
	busy    = notice{said: "busy", status: http.StatusServiceUnavailable, sign: "clock", title: "busy.title",
		text: "busy.text"}
	away = notice{said: "away", status: http.StatusServiceUnavailable, sign: "clock", title: "away.title",
		text: "away.text"}
	limited = notice{said: "limited", status: http.StatusTooManyRequests, sign: "clock", title: "limited.title",
		text: "limited.text"}
	wrongHost = notice{said: "wrong host", status: http.StatusMisdirectedRequest, title: "host.title",
		text: "host.text"}
	wrongOrigin = notice{said: "wrong origin", status: http.StatusForbidden, title: "origin.title",
		text: "origin.text"}
	tooLarge = notice{said: "too large", status: http.StatusRequestEntityTooLarge, title: "large.title",
		text: "large.text"}
	sent = notice{said: "sent", status: http.StatusOK, sign: "letter", title: "sent.title", text: "sent.text",
		more: "sent.limits"}
)

// answer is the notice for somebody of whom nothing is known.
func (n notice) answer(v *visit) answer { return n.about(v, claim.View{}) }

// about is the notice for the holder of a link.
func (n notice) about(v *visit, view claim.View) answer {
	body := noticeBody{Sign: n.sign, Text: n.text, More: n.more, Asks: n.asks, Renews: n.asks && view.SelfService}
	if n.when != nil {
		body.When = n.when(view)
	}
	switch n.signIn {
	case "sign_in":
		body.SignIn, body.SignInText = view.MemberURL, n.signIn
		if view.SelfService {
			body.Forgot = v.root + forgotPath + "/" + url.PathEscape(view.OrganizationSlug)
		}
	case "sign_in.sso":
		body.SignIn, body.SignInText = view.SignOnURL, n.signIn
	}
	return answer{
		status:  n.status,
		said:    n.said,
		screen:  noticeScreen,
		heading: text{key: n.title},
		view:    view,
		body:    body,
	}
}

// refused says why a link does not open; or that nobody can be answered.
func (s *site) refused(v *visit, err error) answer {
	if busyNow, ok := errors.AsType[*password.BusyError](err); ok {
		return busy.answer(v).retry(busyNow.RetryAfter)
	}
	refusal, ok := errors.AsType[*claim.Refusal](err)
	if !ok {
		if v.Context().Err() == nil { // else whoever asked is gone
			s.Fault(err)
		}
		return away.answer(v).retry(time.Minute)
	}
	if n, told := answered[refusal.Standing]; told && refusal.View.Purpose == provision.Consent {
		return n.about(v, refusal.View)
	}
	if n, told := standings[refusal.Standing]; told {
		return n.about(v, refusal.View)
	}
	a := unknown.answer(v)
	a.fails = true
	return a
}
