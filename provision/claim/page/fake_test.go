package page

import (
	"context"
	"errors"
	"sync"
	"time"

	"muster/provision"
	"muster/provision/claim"
	"muster/provision/claim/password"
)

// fake answers about links by the name that stands for their token.
type fake struct {
	mu    sync.Mutex
	calls []string // in order: what was asked, and about which token
	last  any      // what was handed in with it
}

const signIn = "https://northwind.example.com/sign-in"

// Everybody here is invented.
var (
	invitation = claim.View{
		Purpose: provision.Invitation, Organization: "Northwind Social", OrganizationSlug: "northwind",
		Brand: "Outdoor", MaskedAddress: "a…@e….com", Name: "Ana Lee", Step: claim.PasswordStep, MinLength: 15, MaxLength: 256,
		ExpiresAt: time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC), TimeZone: "Europe/Berlin",
	}
	questions = []provision.SignUpField{
		{Name: "city", Label: map[string]string{"en": "Where do you live?", "de": "Wo wohnen Sie?"}, Required: true},
		{Name: "size", Kind: provision.ChoiceField, Choices: []string{"S", "M", "L"},
			Label: map[string]string{"en": "T-shirt size", "de": "T-Shirt-Größe"}},
		{Name: "born", Kind: provision.DateField, Label: map[string]string{"en": "Date of birth", "de": "Geburtstag"}},
	}
)

func profileView() claim.View {
	v := invitation
	v.Name, v.NeedsName, v.Step, v.Fields = "", true, claim.ProfileStep, questions
	v.Terms = &provision.Agreement{URL: "https://northwind.example.com/terms", Version: "3"}
	return v
}

// question is what is shown to somebody who is asked.
func question() claim.View {
	v := invitation
	v.Purpose, v.Step = provision.Consent, claim.ConsentStep
	return v
}

// Answer lets people be in.
func (f *fake) Answer(_ context.Context, token string, accepts bool) (claim.Done, error) {
	f.note("answer", token, accepts)
	v, err := look(token)
	if accepts {
		v.MemberURL = signIn
	}
	return claim.Done{View: v}, err
}

func (f *fake) note(call, token string, with any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call+" "+token)
	f.last = with
}

func (f *fake) asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.calls...)
}

// look is what is known about a token by its name.
func look(token string) (claim.View, error) {
	v := invitation
	switch token {
	case "forgetful":
		v.SelfService = true
		return claim.View{}, &claim.Refusal{Standing: provision.StandingUsed, View: v}
	case "password":
	case "reset":
		v.Purpose = provision.Reset
	case "consent":
		v = question()
	case "answered", "unanswered", "declined before", "withdrawn":
		v = question()
		v.MemberURL = signIn
		return claim.View{}, &claim.Refusal{View: v, Standing: map[string]provision.Standing{
			"answered": provision.StandingUsed, "unanswered": provision.StandingExpired,
			"declined before": provision.StandingDeclined, "withdrawn": provision.StandingRevoked,
		}[token]}
	case "profile":
		v = profileView()
	case "hostile":
		v.Organization, v.Name = `<script>alert(1)</script>`, `"><img src=x onerror=alert(2)>`
	case "long":
		v.Organization = "Donaudampfschifffahrtsgesellschaftskapitänsvereinigung"
		v.MaskedAddress = "a…@a-very-long-domain-name-that-does-not-want-to-end.example.com"
	case "german":
		v.Language = "de"
	case "broken":
		return claim.View{}, errors.New("the database is away")
	case "busy":
		return claim.View{}, &password.BusyError{RetryAfter: 4 * time.Second}
	default:
		if standing, known := standings[provision.Standing(token)]; known && standing.status != 0 {
			v.NotBefore, v.MemberURL, v.SignOnURL = v.ExpiresAt, signIn, "https://sso.example.org"
			return claim.View{}, &claim.Refusal{Standing: provision.Standing(token), View: v}
		}
		if token == "renewable" {
			v.SelfService = true
			return claim.View{}, &claim.Refusal{Standing: provision.StandingExpired, View: v}
		}
		return claim.View{}, &claim.Refusal{Standing: claim.Unknown}
	}
	return v, nil
}

func (f *fake) Open(_ context.Context, token string) (claim.View, error) {
	f.note("open", token, nil)
	return look(token)
}

func (f *fake) Begin(_ context.Context, token string, p claim.Profile) (claim.View, error) {
	f.note("begin", token, p)
	v, err := look(token)
	if err != nil {
		return v, err
	}
	var faults []claim.Fault
	for field, missing := range map[string]bool{claim.NameField: p.Name == "", claim.TermsField: p.Agreed == "",
		claim.AnswerField("city"): p.Answers["city"] == ""} {
		if missing {
			code := claim.Missing
			if field == claim.TermsField {
				code = claim.NotAgreed
			}
			faults = append(faults, claim.Fault{Field: field, Code: code})
		}
	}
	if len(faults) > 0 {
		return v, &claim.FormError{View: v, Faults: faults}
	}
	v.Name, v.NeedsName, v.Step = p.Name, false, claim.PasswordStep
	return v, nil
}

func wrong(v claim.View, field, code string) error {
	return &claim.FormError{View: v, Faults: []claim.Fault{{Field: field, Code: code}}}
}

// Redeem refuses a password by the code that it is.
func (f *fake) Redeem(_ context.Context, token string, pw claim.Passwords) (claim.Done, error) {
	f.note("redeem", token, pw)
	v, err := look(token)
	switch {
	case err != nil:
		return claim.Done{}, err
	case pw.First == "busy":
		return claim.Done{}, &password.BusyError{RetryAfter: 4 * time.Second}
	case pw.First != pw.Again:
		return claim.Done{}, wrong(v, claim.AgainField, claim.Differs)
	case passwordTexts[pw.First] != "":
		return claim.Done{}, wrong(v, claim.FirstField, pw.First)
	}
	v.MemberURL = signIn
	done := claim.Done{View: v}
	if pw.First == "staff" {
		done.DashboardURL = "https://northwind.example.com/dashboard"
	}
	if pw.First == "client" {
		done.NoCampaign, done.Contact = true, "Ada Lovibond"
	}
	return done, nil
}

func (f *fake) Renew(_ context.Context, token string) {
	f.note("renew", token, nil)
}

func (f *fake) Forgot(_ context.Context, organization, address string) {
	f.note("forgot", organization, address)
}
