package page

import (
	"errors"
	"net/http"
	"strings"

	"muster/provision"
	"muster/provision/claim"
)

// The steps of the form, as it says itself which one it is.
const (
	profileStep  = "profile"
	passwordStep = "password"
	consentStep  = "consent"
)

// open shows the form behind a link.
func (s *site) open(v *visit) answer {
	view, err := s.Claims.Open(v.Context(), v.token)
	if err != nil {
		return s.refused(v, err)
	}
	return step(v, view, nil)
}

// claim takes a step of the form.
func (s *site) claim(v *visit) answer {
	switch v.form.Get("step") {
	case passwordStep:
		return s.redeem(v)
	case consentStep:
		return s.consent(v)
	}
	return s.begin(v)
}

// begin takes the profile, and shows the next step or what is to be corrected.
func (s *site) begin(v *visit) answer {
	p := claim.Profile{
		Name:    v.form.Get(claim.NameField),
		Answers: map[string]string{},
		Agreed:  v.form.Get(claim.TermsField),
	}
	for name := range v.form {
		if field, found := strings.CutPrefix(name, claim.AnswerField("")); found {
			p.Answers[field] = v.form.Get(name)
		}
	}
	view, err := s.Claims.Begin(v.Context(), v.token, p)
	if err != nil {
		return s.faulty(v, err)
	}
	return step(v, view, nil)
}

// redeem takes the password, and says where to sign in or what is to be
// corrected.
func (s *site) redeem(v *visit) answer {
	done, err := s.Claims.Redeem(v.Context(), v.token, claim.Passwords{
		First: v.form.Get(claim.FirstField), Again: v.form.Get(claim.AgainField),
	})
	if err != nil {
		return s.faulty(v, err)
	}
	heading := text{key: "done.title"}
	if done.Name != "" {
		heading = text{"done.title.name", []any{"name", done.Name}}
	}
	v.token = "" // it is no use any more, and leaves the page
	return answer{
		status:  http.StatusOK,
		said:    "done",
		screen:  doneScreen,
		heading: heading,
		view:    done.View,
		body:    done,
	}
}

// faulty shows a step again, with what is to be corrected; or that the link
// does not open any more.
func (s *site) faulty(v *visit, err error) answer {
	wrong, ok := errors.AsType[*claim.FormError](err)
	if !ok {
		return s.refused(v, err)
	}
	a := step(v, wrong.View, wrong.Faults)
	a.status, a.said, a.faulty = http.StatusUnprocessableEntity, a.said+" refused", true
	return a
}

// step shows the step that comes next.
func step(v *visit, view claim.View, faults []claim.Fault) answer {
	a := answer{status: http.StatusOK, view: view}
	if view.Step == claim.ConsentStep {
		a.said, a.screen, a.heading = consentStep, consentScreen, text{key: "consent.title"}
		return a
	}
	if view.Step == claim.ProfileStep {
		a.said, a.screen, a.heading = profileStep, profileScreen, text{key: "profile.title"}
		a.body = profileForm(v, view, faults)
		return a
	}
	a.said, a.screen, a.heading = passwordStep, passwordScreen, text{key: "password.title"}
	if view.Purpose == provision.Reset {
		a.heading.key = "password.title.reset"
	}
	a.body = passwordForm(v, view, faults)
	return a
}
