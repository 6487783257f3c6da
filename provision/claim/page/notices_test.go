package page

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"muster/provision"
)

func TestALinkThatDoesNotOpenSaysWhy(t *testing.T) {
	for token, want := range map[string]struct {
		status int
		says   []string
	}{
		"not_yet": {403, []string{"You are early", "works from Tuesday, 1 December 2026, 18:00 (Berlin)"}},
		"expired": {410, []string{"This link has expired", "until Tuesday, 1 December 2026, 18:00 (Berlin)",
			"ask Northwind Social for a new link"}},
		"renewable":  {410, []string{"This link has expired", `action="/renew"`, "Send me a new link"}},
		"used":       {410, []string{"This link has been used", `href="https://northwind.example.com/sign-in"`}},
		"registered": {410, []string{"Your account is ready", `href="https://northwind.example.com/sign-in"`}},
		"superseded": {410, []string{"There is a newer link"}},
		"revoked":    {410, []string{"no longer works", "ask Northwind Social"}},
		"moved":      {410, []string{"an address that your account no longer has", "ask Northwind Social"}},
		"blocked":    {403, []string{"Northwind Social has suspended your access"}},
		"sso":        {403, []string{"No password needed", `href="https://sso.example.org"`}},
		"forgetful":  {410, []string{`href="/forgot/northwind"`, "Forgot your password?"}},
		"answered":   {410, []string{"You have accepted already", `href="https://northwind.example.com/sign-in"`}},
		"unanswered": {410, []string{"This link has expired", "You could answer until", "You have not been added"}},
		"withdrawn":  {410, []string{"no longer works", "It has been withdrawn"}},
		"declined":   {410, []string{"You have declined", "will not ask again"}},
		"inactive":   {403, []string{"cannot be used right now"}},
		"nobody":     {404, []string{"We do not know this link"}},
		"busy":       {503, []string{"One moment, please"}},
		"broken":     {503, []string{"Your link stays good"}},
	} {
		t.Run(token, func(t *testing.T) {
			w := newStand(t).send(get("/c/" + token))
			if w.Code != want.status {
				t.Errorf("status %d, want %d", w.Code, want.status)
			}
			for _, text := range want.says {
				if !strings.Contains(w.Body.String(), text) {
					t.Errorf("does not say %q:\n%s", text, w.Body)
				}
			}
		})
	}
	stranger := newStand(t).send(get("/c/nobody")).Body.String()
	if strings.Contains(stranger, "Northwind") {
		t.Error("a stranger is told whose link it may be")
	}
	for token, after := range map[string]string{"busy": "4", "broken": "60"} {
		if got := newStand(t).send(get("/c/" + token)).Header().Get("Retry-After"); got != after {
			t.Errorf("%s: come back after %q", token, got)
		}
	}
}

// A link can stand in more ways some day: then there is a page for it.
func TestEveryStandingHasItsPage(t *testing.T) {
	source, err := os.ReadFile("../../link_life.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`Standing = "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(found) < len(standings) {
		t.Errorf("only %d standings are found in the source", len(found))
	}
	for _, m := range found {
		standing := provision.Standing(m[1])
		if n := standings[standing]; standing != provision.StandingOpen && (n.status == 0 || n.said == "") {
			t.Errorf("%s: there is no page", standing)
		}
	}
}
