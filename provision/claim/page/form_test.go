package page

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"muster/provision/claim"
)

func TestTheFormSaysWhatIsToBeCorrected(t *testing.T) {
	s := newStand(t)
	w := s.send(post("/claim", url.Values{
		"token": {"profile"}, "step": {"profile"}, "name": {"Ana <b>"}, "answer.size": {"M"},
	}))
	body := w.Body.String()
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("status %d", w.Code)
	}
	for _, want := range []string{
		"<title>Error: About you · Northwind Social</title>",
		"the 2 marked fields",
		`<p class="fault" id="answer.city-fault">`,
		`aria-invalid="true" aria-describedby="answer.city-fault" autofocus`,
		`value="Ana &lt;b&gt;"`, `<option selected>M</option>`,
		"Please agree to the terms",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("does not have %s", want)
		}
	}
	if n := strings.Count(body, "autofocus"); n != 1 {
		t.Errorf("%d fields want the focus", n)
	}
	got, ok := s.fake.last.(claim.Profile)
	if !ok || got.Name != "Ana <b>" || got.Answers["size"] != "M" || got.Agreed != "" {
		t.Errorf("handed on: %+v", s.fake.last)
	}
}

func TestAPasswordIsNeverShownAgain(t *testing.T) {
	s := newStand(t)
	w := s.send(setPassword("password", "too_short", "too_short"))
	body := w.Body.String()
	if strings.Contains(body, "too_short") || w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d: %s", w.Code, body)
	}
	for _, want := range []string{"At least 15 characters", "shorter than 15 characters", `autocomplete="new-password"`,
		`aria-describedby="password-fault rules" aria-invalid="true" autofocus`,
		`<input type="hidden" name="token" value="password">`} {
		if !strings.Contains(body, want) {
			t.Errorf("does not have %s", want)
		}
	}
	if got := s.fake.last; got != (claim.Passwords{First: "too_short", Again: "too_short"}) {
		t.Errorf("handed on: %+v", got)
	}
}

func TestThePageOfSuccessHasNoToken(t *testing.T) {
	body := newStand(t).send(setPassword("password", "staff", "staff")).Body.String()
	if strings.Contains(body, "/c/") || strings.Contains(body, `name="token"`) {
		t.Error("the token is still in it")
	}
	for _, want := range []string{"Welcome, Ana Lee", `href="https://northwind.example.com/dashboard"`,
		`href="https://northwind.example.com/sign-in"`} {
		if !strings.Contains(body, want) {
			t.Errorf("does not have %s:\n%s", want, body)
		}
	}
	client := newStand(t).send(setPassword("password", "client", "client")).Body.String()
	if !strings.Contains(client, "ask Ada Lovibond") {
		t.Error("a client without a campaign is not told whom to ask")
	}
}

func TestNamesAreText(t *testing.T) {
	body := newStand(t).send(get("/c/hostile")).Body.String()
	if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img") {
		t.Error("a name became markup")
	}
	if !strings.Contains(body, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("a name is not shown")
	}
}
