package page

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/provision/claim"
	"muster/provision/link"
	"muster/provision/locale"
)

const home = "https://claim.example.com"

// stand is a site for a test: who answers, and what was logged.
type stand struct {
	http.Handler
	fake   *fake
	mu     sync.Mutex
	log    []Request
	faults []error
	now    time.Time
}

func newStand(t *testing.T, baseURLs ...string) *stand {
	t.Helper()
	s := &stand{fake: &fake{}, now: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)}
	site, err := New(Options{
		Claims: s.fake, BaseURLs: append(baseURLs, home), Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Ready: func(ctx context.Context) error { return ctx.Err() },
		Log: func(r Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.log = append(s.log, r)
		},
		Fault: func(err error) { s.faults = append(s.faults, err) },
		Now:   func() time.Time { return s.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Handler = site
	return s
}

func (s *stand) send(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, home+path, nil) }

// post is a form as a browser sends it from the page.
func post(path string, fields url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, home+path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Origin", "null")
	return r
}

func setPassword(token, first, again string) *http.Request {
	return post("/claim", url.Values{"token": {token}, "step": {"password"}, "password": {first}, "again": {again}})
}

// everyPage is a request for each page there is.
func everyPage() map[string]*http.Request {
	all := map[string]*http.Request{
		"the profile":            get("/c/profile"),
		"a refused profile":      post("/claim", url.Values{"token": {"profile"}, "step": {"profile"}}),
		"the password":           get("/c/password"),
		"a password that is set": setPassword("password", "fine", "fine"),
		"another one":            get("/c/reset"),
		"staff":                  setPassword("password", "staff", "staff"),
		"a client":               setPassword("password", "client", "client"),
		"a new link":             post("/renew", url.Values{"token": {"renewable"}}),
		"an expired one":         get("/c/renewable"),
		"a forgotten password":   get("/forgot/northwind"),
		"its address":            post("/forgot", url.Values{"organization": {"northwind"}, "address": {"a@example.com"}}),
		"no page":                get("/"),
		"no token":               get("/c/"),
		"no link":                get("/c/nobody"),
		"no database":            get("/c/broken"),
		"too many":               get("/c/busy"),
		"hostile names":          get("/c/hostile"),
		"a HEAD":                 httptest.NewRequest(http.MethodHead, home+"/c/password", nil),
		"a PUT":                  httptest.NewRequest(http.MethodPut, home+"/c/password", nil),
		"another host":           httptest.NewRequest(http.MethodGet, "https://evil.example.com/c/password", nil),
		"too large":              post("/claim", url.Values{"token": {"password"}, "name": {strings.Repeat("x", maxForm)}}),
		"alive":                  get("/healthz"),
		"ready":                  get("/readyz"),
		"the style sheet":        get("/assets/style.css"),
		"the icon":               get("/assets/favicon.svg"),
		"no asset":               get("/assets/none.css"),
	}
	for standing := range standings {
		all[string(standing)] = get("/c/" + string(standing))
	}
	for code := range passwordTexts {
		all["a password "+code] = setPassword("password", code, code)
	}
	elsewhere := setPassword("password", "fine", "fine")
	elsewhere.Header.Set("Sec-Fetch-Site", "cross-site")
	all["from elsewhere"] = elsewhere
	return all
}

func TestEveryAnswerIsHardened(t *testing.T) {
	s := newStand(t)
	for name, r := range everyPage() {
		t.Run(name, func(t *testing.T) {
			h := s.send(r).Result().Header
			for header, want := range map[string]string{
				"Referrer-Policy":           "no-referrer",
				"Cache-Control":             "no-store",
				"X-Content-Type-Options":    "nosniff",
				"Strict-Transport-Security": "max-age=31536000",
				"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " +
					"base-uri 'none'; frame-ancestors 'none'",
			} {
				if got := h.Get(header); got != want {
					t.Errorf("%s: %q", header, got)
				}
			}
			if h.Get("Content-Type") == "" || h.Get("Set-Cookie") != "" {
				t.Errorf("headers %v", h)
			}
		})
	}
	plain, err := New(Options{
		Claims: s.fake, BaseURLs: []string{"http://localhost:8080"}, Log: func(Request) {}, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	plain.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost:8080/", nil))
	if got := w.Result().Header.Get("Strict-Transport-Security"); got != "" || w.Code != http.StatusNotFound {
		t.Errorf("without TLS: %d, %q", w.Code, got)
	}
}

// foreign finds what no page may have: script, style or anything from elsewhere.
var foreign = regexp.MustCompile(`(?i)<script|<style|\sstyle=|\son[a-z]+="|javascript:|<img|<iframe|` +
	`(src|action)="[a-z]*:?//|<link [^>]*href="[a-z]*:?//`)

func TestEveryPageInEveryLanguage(t *testing.T) {
	for _, l := range locale.Languages() {
		s := newStand(t)
		for name, r := range everyPage() {
			r.Header.Set("Accept-Language", string(l))
			w := s.send(r)
			body := w.Body.String()
			if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || r.Method == http.MethodHead {
				continue
			}
			if !strings.Contains(body, `<html lang="`+string(l)+`" dir="ltr">`) {
				t.Errorf("%s, %s: %.80s", l, name, body)
			}
			if found := foreign.FindString(body); found != "" {
				t.Errorf("%s, %s: has %s", l, name, found)
			}
			if n := strings.Count(body, "<h1"); n != 1 {
				t.Errorf("%s, %s: %d main headings", l, name, n)
			}
		}
		for _, err := range s.faults {
			if err.Error() != "the database is away" {
				t.Error(err)
			}
		}
	}
}

func TestReadingChangesNothing(t *testing.T) {
	s := newStand(t)
	for name, r := range everyPage() {
		if r.Method == http.MethodPost {
			continue
		}
		s.send(r)
		for _, call := range s.fake.asked() {
			if !strings.HasPrefix(call, "open ") {
				t.Errorf("%s: %s", name, call)
			}
		}
	}
	if len(s.fake.asked()) < len(standings) {
		t.Errorf("only %d links were opened", len(s.fake.asked()))
	}
}

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

func TestEveryStandingHasItsPage(t *testing.T) {
	for standing, n := range standings {
		if n.said == "" || n.status == 0 || n.title == "" || n.text == "" {
			t.Errorf("%s: %+v", standing, n)
		}
	}
}

func TestTheLanguageIsThePersons(t *testing.T) {
	for name, c := range map[string]struct {
		path, browser string
		want          string
	}{
		"what was chosen on the page comes first":    {"/c/german?lang=fr", "es", "fr"},
		"then the person's own":                      {"/c/german", "es", "de"},
		"then the browser's":                         {"/c/password", "es-MX,es;q=0.9", "es"},
		"English for all others":                     {"/c/password", "ja", "en"},
		"a choice that is none counts for nothing":   {"/c/german?lang=xx", "es", "de"},
		"a stranger is answered in their browser's":  {"/c/nobody", "fr", "fr"},
		"a page that is not there is in it, as well": {"/nowhere", "fr", "fr"},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(c.path)
			r.Header.Set("Accept-Language", c.browser)
			if body := newStand(t).send(r).Body.String(); !strings.Contains(body, `<html lang="`+c.want+`"`) {
				t.Errorf("got %.60s", body)
			}
		})
	}
	r := post("/claim", url.Values{"token": {"password"}, "step": {"password"}, "password": {"one"}, "lang": {"de"}})
	if body := newStand(t).send(r).Body.String(); !strings.Contains(body, `name="lang" value="de"`) {
		t.Error("the language is lost with the form")
	}
}

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

func TestTheLogNamesALinkByItsFingerprint(t *testing.T) {
	s := newStand(t)
	s.send(get("/c/password"))
	s.send(setPassword("password", "fine", "fine"))
	s.send(get("/somewhere/mst1_AQE0WnXGAAEC"))
	want := link.Fingerprint("password")
	if s.log[0].Link != want || s.log[0].Path != "/c/…" || s.log[1].Link != want || s.log[1].Said != "done" {
		t.Errorf("log: %+v", s.log)
	}
	if got := s.log[2].Path; got != "/somewhere/mst1_[redacted]" {
		t.Errorf("a token in a strange place: %s", got)
	}
}

func TestAFullStopAfterALinkIsNoPartOfIt(t *testing.T) {
	s := newStand(t)
	s.send(get("/c/password)."))
	if got := s.fake.asked(); !slices.Equal(got, []string{"open password"}) {
		t.Errorf("asked: %v", got)
	}
}

func TestOnlyOurHostsAreAnswered(t *testing.T) {
	s := newStand(t, "http://localhost:8080", "https://example.org/people")
	for name, c := range map[string]struct {
		url    string
		status int
	}{
		"the host of a base URL":            {home + "/c/password", 200},
		"in capitals":                       {"https://CLAIM.example.com/c/password", 200},
		"with the port that goes unsaid":    {"https://claim.example.com:443/c/password", 200},
		"another base URL":                  {"http://localhost:8080/c/password", 200},
		"a base URL with a path":            {"https://example.org/people/c/password", 200},
		"another host":                      {"https://evil.example.com/c/password", 421},
		"another port":                      {"http://localhost:9090/c/password", 421},
		"a host that only ends like ours":   {"https://notclaim.example.com/c/password", 421},
		"a watcher names whatever it likes": {"http://192.0.2.7/healthz", 200},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.send(httptest.NewRequest(http.MethodGet, c.url, nil))
			if w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
		})
	}
	below := s.send(httptest.NewRequest(http.MethodGet, "https://example.org/people/c/password", nil)).Body.String()
	if !strings.Contains(below, `action="/people/claim"`) || !strings.Contains(below, `href="/people/assets/style.css"`) {
		t.Errorf("the path of the base URL is lost: %s", below)
	}
	forwarded := get("/c/password")
	forwarded.Header.Set("X-Forwarded-Host", "evil.example.com")
	if body := s.send(forwarded).Body.String(); strings.Contains(body, "evil") {
		t.Error("a forwarded host is believed")
	}
}

func TestAFormFromElsewhereIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		site, origin string
		status       int
	}{
		"from the page":                  {"same-origin", "null", 200},
		"by no browser":                  {"", "", 200},
		"by an old browser, same origin": {"", home, 200},
		"from another site":              {"cross-site", "https://evil.example.com", 403},
		"from a sister of the site":      {"same-site", "https://other.example.com", 403},
		"by an old browser, elsewhere":   {"", "https://evil.example.com", 403},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			r := setPassword("password", "fine", "fine")
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Del("Origin")
			for header, value := range map[string]string{"Sec-Fetch-Site": c.site, "Origin": c.origin} {
				if value != "" {
					r.Header.Set(header, value)
				}
			}
			if w := s.send(r); w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			if asked := len(s.fake.asked()) > 0; asked != (c.status == 200) {
				t.Errorf("asked: %v", s.fake.asked())
			}
		})
	}
}

func TestALargeFormIsNotRead(t *testing.T) {
	s := newStand(t)
	longest := strings.Repeat("𝔭", 256) // of four bytes each, twelve as a form sends them
	if w := s.send(setPassword("password", longest, longest)); w.Code != http.StatusOK {
		t.Errorf("two of the longest passwords: %d", w.Code)
	}
	before := len(s.fake.asked())
	w := s.send(setPassword("password", strings.Repeat("x", maxForm), "x"))
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", w.Code)
	}
	if len(s.fake.asked()) != before {
		t.Error("it was handed on")
	}
}

func TestWhatGoesWrongIsToldToUsAlone(t *testing.T) {
	s := newStand(t)
	w := s.send(get("/c/broken"))
	if strings.Contains(w.Body.String(), "database") || len(s.faults) != 1 {
		t.Errorf("%s, %v", w.Body, s.faults)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	s.send(get("/c/broken").WithContext(gone))
	if len(s.faults) != 1 {
		t.Error("somebody who left is a fault of ours")
	}
	w = s.send(get("/readyz").WithContext(gone))
	if w.Code != http.StatusServiceUnavailable || !errors.Is(s.faults[1], context.Canceled) {
		t.Errorf("not ready: %d, %v", w.Code, s.faults)
	}
}

func TestASiteNeedsAnAddress(t *testing.T) {
	for _, bases := range [][]string{nil, {"claim.example.com"}, {"https://claim.example.com", "::"}} {
		if _, err := New(Options{BaseURLs: bases}); err == nil {
			t.Errorf("%q is served", bases)
		}
	}
}
