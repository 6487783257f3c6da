package page

import (
	"net/http"

	"muster/provision"
)

// What somebody answers who is asked whether they want to be in a brand, by the
// values of the buttons.
const (
	yes = "accept"
	no  = "decline"
)

// answered are the pages of links that ask something, where they differ from
// those of other links that do not open.
var answered = map[provision.Standing]notice{
	provision.StandingUsed: {said: "accepted before", status: http.StatusGone, sign: "done", title: "accepted.before.title",
		text: "accepted.before.text", signIn: "sign_in"},
	provision.StandingExpired: {said: "unanswered", status: http.StatusGone, sign: "clock", title: "expired.title",
		text: "unanswered.text", when: expiry},
	provision.StandingRevoked: {said: "revoked", status: http.StatusGone, title: "revoked.title", text: "revoked.text"},
	provision.StandingMoved:   {said: "moved", status: http.StatusGone, title: "moved.title", text: "moved.text"},
}

// What is said to who has answered.
var (
	accepted = notice{said: "accepted", status: http.StatusOK, sign: "done", title: "accepted.title", text: "accepted.text",
		signIn: "sign_in"}
	declined = notice{said: "declined", status: http.StatusOK, sign: "done", title: "declined.title", text: "declined.text"}
)

// consent takes the answer of somebody who was asked. Without one the question
// is shown again.
func (s *site) consent(v *visit) answer {
	said := v.form.Get("answer")
	if said != yes && said != no {
		return s.open(v)
	}
	done, err := s.Claims.Answer(v.Context(), v.token, said == yes)
	if err != nil {
		return s.refused(v, err)
	}
	v.token = "" // it is no use any more, and leaves the page
	if said == no {
		return declined.about(v, done.View)
	}
	a := accepted.about(v, done.View)
	if done.DashboardURL != "" {
		body := a.body.(noticeBody)
		body.SignIn, body.SignInText = done.DashboardURL, "sign_in.dashboard"
		a.body = body
	}
	return a
}
