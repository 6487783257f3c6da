package page

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/provision/link"
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
	ready  error
	asked  int // whether it is ready
}

func newStand(t *testing.T, baseURLs ...string) *stand {
	t.Helper()
	s := &stand{fake: &fake{}, now: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)}
	site, err := New(Options{
		Claims: s.fake, BaseURLs: append(baseURLs, home), Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Ready: func(ctx context.Context) error {
			s.asked++
			return cmp.Or(ctx.Err(), s.ready)
		},
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

func TestTheLogNamesALinkByItsFingerprint(t *testing.T) {
	s := newStand(t)
	s.send(get("/c/password"))
	s.send(setPassword("password", "fine", "fine"))
	want := link.Fingerprint("password")
	if s.log[0].Link != want || s.log[0].Path != "/c/…" || s.log[1].Link != want || s.log[1].Said != "done" {
		t.Errorf("log: %+v", s.log)
	}
}

// Nobody writes into the log what they like.
func TestTheLogHoldsNoPathButOurs(t *testing.T) {
	s := newStand(t, "https://example.org/people")
	for name, c := range map[string]struct{ method, path, known, logged string }{
		"a link":                            {"GET", "/c/password", "GET", "/c/…"},
		"the form":                          {"POST", "/claim", "POST", "/claim"},
		"another link":                      {"POST", "/renew", "POST", "/renew"},
		"a forgotten password":              {"GET", "/forgot/ana@example.com", "GET", "/forgot/…"},
		"the same, filled in":               {"POST", "/forgot", "POST", "/forgot"},
		"the style sheet":                   {"HEAD", "/assets/style.css", "HEAD", "/assets/…"},
		"whoever watches":                   {"GET", "/healthz", "GET", "/healthz"},
		"the same, whether it can answer":   {"GET", "/readyz", "GET", "/readyz"},
		"below the path of a base URL":      {"GET", "/people/c/password", "GET", "/c/…"},
		"a token in a strange place":        {"GET", "/somewhere/mst1_AQE0WnXGAAEC", "GET", "other"},
		"a line break behind one of ours":   {"GET", "/claim%0aGET%20/claim", "GET", "other"},
		"a line break":                      {"GET", "/%0a12:00:00%20192.0.2.1%20GET%20200", "GET", "other"},
		"a long path":                       {"GET", "/" + strings.Repeat("x", 4000), "GET", "other"},
		"a method that nobody has heard of": {"X-" + strings.Repeat("Y", 4000), "/claim", "other", "/claim"},
	} {
		t.Run(name, func(t *testing.T) {
			s.log = nil
			s.send(httptest.NewRequest(c.method, home+c.path, nil))
			if got := s.log[0]; got.Path != c.logged || got.Method != c.known {
				t.Errorf("%s %s is logged, want %s %s", got.Method, got.Path, c.known, c.logged)
			}
		})
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
}

// Whoever watches does not wear the database out, nor fill the log.
func TestWhetherItIsReadyIsKeptForAMoment(t *testing.T) {
	s := newStand(t)
	away := errors.New("the database is away")
	for _, step := range []struct {
		name         string
		wait         time.Duration
		is           error
		status       int
		asked, fault int // so far
	}{
		{"at first", 0, nil, http.StatusOK, 1, 0},
		{"it was, a moment ago", readyKept - 1, away, http.StatusOK, 1, 0},
		{"it is not", 1, away, http.StatusServiceUnavailable, 2, 1},
		{"it was not, a moment ago", readyKept - 1, nil, http.StatusServiceUnavailable, 2, 1},
		{"it is again", 1, nil, http.StatusOK, 3, 1},
		{"it is not again, within a minute", readyKept, away, http.StatusServiceUnavailable, 4, 1},
		{"it is still not, a minute later", readySaid, away, http.StatusServiceUnavailable, 5, 2},
	} {
		s.now = s.now.Add(step.wait)
		s.ready = step.is
		got := s.send(get("/readyz")).Code
		if got != step.status || s.asked != step.asked || len(s.faults) != step.fault {
			t.Errorf("%s: %d, asked %d times, told %v", step.name, got, s.asked, s.faults)
		}
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	s.now = s.now.Add(time.Hour)
	s.ready = nil
	s.send(get("/readyz").WithContext(gone))
	if got := s.send(get("/readyz")).Code; got != http.StatusOK {
		t.Errorf("somebody who left makes it %d for the next", got)
	}
}

func TestASiteNeedsAnAddress(t *testing.T) {
	for _, bases := range [][]string{nil, {"claim.example.com"}, {"https://claim.example.com", "::"}} {
		if _, err := New(Options{BaseURLs: bases}); err == nil {
			t.Errorf("%q is served", bases)
		}
	}
}
