package page

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"muster/provision/locale"
)

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

var fieldIDs = regexp.MustCompile(`<(?:input|select) id="([^"]+)"`)

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
			for _, field := range fieldIDs.FindAllStringSubmatch(body, -1) {
				if !strings.Contains(body, `<label for="`+field[1]+`">`) {
					t.Errorf("%s, %s: the field %s has no label", l, name, field[1])
				}
			}
		}
		for _, err := range s.faults {
			if err.Error() != "the database is away" {
				t.Error(err)
			}
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
