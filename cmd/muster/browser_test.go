//go:build browser

package main

import (
	"context"
	"encoding/csv"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"muster/cmd/muster/flags"
	"muster/provision/claim"
	"muster/provision/claim/page"
	"muster/provision/claim/page/pagetest"
	"muster/provision/claim/password"
	"muster/provision/link"
	"muster/provision/store"

	"github.com/google/uuid"
)

// good is a password that nobody refuses.
const good = "seven calm otters"

// organization is the customer of these tests; questions are what it may want to
// know as well.
const (
	organization = `slug: default
name: Northwind Social
member_url: https://northwind.example.com/sign-in
self_service_links: true
brands:
  - slug: default
    name: Outdoor
`
	questions = `sign_up_fields:
  - name: city
    label: {en: "Where do you live?", de: "Wo wohnen Sie?"}
    required: true
  - name: size
    label: {en: T-shirt size}
    kind: choice
    choices: [S, M, L]
terms: {url: "https://northwind.example.com/terms", version: "3"}
`
)

// people are the list of these tests.
const people = `name,email
Ana Lee,ana@example.com
Ben Ott,ben@example.com
Cleo Roy,cleo@example.com
Dana Fox,dana@example.com
Eli Moor,eli@example.com
Flo Tan,flo@example.com
`

// site is the page behind links that the program itself made, served at an
// address that notes whoever asks.
type site struct {
	t        testing.TB
	dir      string
	base     string
	links    map[string]string // by address
	later    atomic.Int64      // how much later it is for the page
	mu       sync.Mutex
	referers []string // of all requests that named one
	asked    int
}

// muster runs the program in the folder of the site.
func (s *site) muster(args ...string) {
	s.t.Helper()
	cmd := exec.Command(filepath.Join(s.dir, "bin", "muster"), args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "MUSTER_BASE_URL="+s.base)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("muster %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (s *site) write(name, content string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// imported is a site whose people have been imported; nobody answers yet.
func imported(t testing.TB, listener net.Listener, file string) *site {
	t.Helper()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, dir: t.TempDir(), base: "http://localhost:" + port, links: map[string]string{}}
	if _, err := program(filepath.Join(s.dir, "bin")); err != nil {
		t.Fatal(err)
	}
	s.write("people.csv", people)
	s.write("organization.yaml", file)
	s.muster("import", "people.csv", "--yes", "--out", "report")
	s.muster("org", "apply", "organization.yaml", "--yes")
	text, err := os.ReadFile(filepath.Join(s.dir, "report", "links.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		s.links[row[2]] = row[3]
	}
	return s
}

// listening is where a site is found: a port that is free.
func listening(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// note notes who asks, and lets the next one answer.
func (s *site) note(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked++
		if from := r.Header.Get("Referer"); from != "" {
			s.referers = append(s.referers, r.URL.Path+" from "+from)
		}
		s.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// answer serves what a handler says.
func (s *site) answer(l net.Listener, h http.Handler) {
	server := httptest.NewUnstartedServer(s.note(h))
	server.Listener.Close()
	server.Listener = l
	server.Start()
	s.t.Cleanup(server.Close)
}

// inside serves the page of an imported list within the test, so that the test
// can tell it what time it is.
func inside(t testing.TB) *site {
	t.Helper()
	l := listening(t)
	s := imported(t, l, organization)
	url := filepath.Join(s.dir, flags.DefaultDatabase)
	db, err := openStore(context.Background(), flags.Database{URL: url}, store.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	ring, err := link.LoadKeyring(filepath.Join(s.dir, flags.DefaultKeys), false)
	if err != nil {
		t.Fatal(err)
	}
	hasher, err := password.NewHasher(password.Cost{Memory: 64, Passes: 1, Threads: 1}, 64<<10)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Now().Add(time.Duration(s.later.Load())) }
	handler, err := page.New(page.Options{
		Claims: &claim.Service{
			Store: db, Keys: func() *link.Keyring { return ring }, Hasher: hasher, Now: now,
			NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, Audiences: []string{s.base},
			Fault: func(err error) { t.Error(err) },
		},
		BaseURLs: []string{s.base}, Log: func(page.Request) {}, Fault: func(err error) { t.Error(err) }, Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.answer(l, handler)
	return s
}

// choose fills in the form for a password, and sends it.
func choose(tab *pagetest.Tab, first, again string) {
	tab.Type("#password", first)
	tab.Type("#again", again)
	tab.Follow("button")
}

// says fails the test where the heading of a page is another one.
func says(t testing.TB, tab *pagetest.Tab, want string) {
	t.Helper()
	if got := tab.Text("main"); !strings.Contains(got, want) {
		t.Errorf("the page does not say %q:\n%s", want, got)
	}
}

// leaksNothing fails the test where the browser asked anybody else for
// something, or told anybody where it came from.
func (s *site) leaksNothing(tabs ...*pagetest.Tab) {
	s.t.Helper()
	for _, tab := range tabs {
		for _, address := range tab.Requests() {
			if !strings.HasPrefix(address, s.base+"/") {
				s.t.Errorf("the browser asked for %s", address)
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, from := range s.referers {
		s.t.Errorf("a request said where it came from: %s", from)
	}
	if s.asked < 3 { // page, style sheet, icon
		s.t.Errorf("only %d requests were seen", s.asked)
	}
}

// The program as it is: import, serve behind a proxy, claim; and the next
// import knows.
func TestBrowserClaimsByTheProgramItself(t *testing.T) {
	browser := pagetest.Start(t)
	front, back := listening(t), listening(t)
	s := imported(t, front, organization+questions)
	address := back.Addr().String()
	back.Close() // for the program to listen on
	serving := exec.Command(filepath.Join(s.dir, "bin", "muster"), "serve", "--base-url", s.base, "--listen", address,
		"--trusted-proxy", "127.0.0.1")
	serving.Dir = s.dir
	var told strings.Builder
	serving.Stderr = &told
	if err := serving.Start(); err != nil {
		t.Fatal(err)
	}
	s.answer(front, &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: address})
		r.SetXForwarded()
		r.Out.Host = r.In.Host
	}})
	for !answers(address) {
		time.Sleep(20 * time.Millisecond)
	}
	tab := browser.Open(t)
	tab.Go(s.links["ana@example.com"])
	says(t, tab, "Northwind Social")
	says(t, tab, "Step 1 of 2")
	tab.Follow("button")
	says(t, tab, "Something is not right yet. Please look at the 2 marked fields.")
	tab.Type("[name='answer.city']", "Berlin")
	tab.Press("\t\t \t\t") // past the size, agree, past the terms
	tab.PressOn("\r")
	says(t, tab, "Step 2 of 2")
	choose(tab, good, good)
	says(t, tab, "Welcome, Ana Lee")
	s.leaksNothing(tab)
	s.muster("import", "people.csv", "--yes", "--out", "next")
	report, err := os.ReadFile(filepath.Join(s.dir, "next", "report.csv"))
	if err != nil || strings.Count(string(report), "Registered already") != 1 {
		t.Errorf("the next report: %v\n%s", err, report)
	}
	if err := serving.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := serving.Wait(); err != nil || strings.Contains(told.String(), "mst1_") {
		t.Errorf("%v: %s", err, told.String())
	}
}

// answers reports whether somebody listens.
func answers(address string) bool {
	c, err := net.Dial("tcp", address)
	if err == nil {
		c.Close()
	}
	return err == nil
}

func TestBrowserOnEmbeddedDatabase(t *testing.T) {
	browser := pagetest.Start(t)
	s := inside(t)
	for _, visitor := range []struct {
		name  string
		comes func(*testing.T, *pagetest.Browser, *site)
	}{
		{"a wrong password costs nothing", mistype},
		{"the second of two tabs is told", comeSecond},
		{"a scanner that follows everything uses nothing up", scanned},
		{"all of it works without JavaScript, by keyboard alone", useKeysAlone},
		{"a link that expired is renewed by mail alone", comeLate},
		{"a link that was forwarded is dead once another was issued", comeWithTheFormer},
		{"who was blocked is told", comeBlocked},
	} {
		t.Run(visitor.name, func(t *testing.T) { visitor.comes(t, browser, s) })
	}
}

// focused is what describes the field that has the focus: a browser moves it there
// after the page is read, so it is waited for.
func focused(tab *pagetest.Tab) (described string) {
	for range 50 {
		if described = pagetest.Eval[string](tab, "document.activeElement.getAttribute('aria-describedby') || ''"); described != "" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return described
}

func mistype(t *testing.T, browser *pagetest.Browser, s *site) {
	tab := browser.Open(t)
	tab.Go(s.links["ana@example.com"])
	for _, wrong := range []struct{ first, again, want string }{
		{"tiny", "tiny", "shorter than 15 characters"},
		{good, good + "!", "not the same"},
		{"passwordpassword", "passwordpassword", "Many people use these words"},
		{"ana lee ana lee example", "ana lee ana lee example", "made of your name"},
	} {
		choose(tab, wrong.first, wrong.again)
		says(t, tab, wrong.want)
		if !strings.HasPrefix(tab.Title(), "Error: ") {
			t.Errorf("the title is %q", tab.Title())
		}
		if described := focused(tab); !strings.Contains(described, "-fault") {
			t.Errorf("the focus is on what %q describes", described)
		}
		if kept := pagetest.Eval[string](tab, "document.querySelector('#password').value"); kept != "" {
			t.Errorf("%q is kept", kept)
		}
	}
	choose(tab, good, good)
	says(t, tab, "Welcome, Ana Lee")
	s.leaksNothing(tab)
}

func comeSecond(t *testing.T, browser *pagetest.Browser, s *site) {
	first, second := browser.Open(t), browser.Open(t)
	first.Go(s.links["ben@example.com"])
	second.Go(s.links["ben@example.com"])
	choose(first, good, good)
	says(t, first, "Welcome, Ben Ott")
	choose(second, "eight calm otters", "eight calm otters")
	says(t, second, "This link has been used")
}

func scanned(t *testing.T, browser *pagetest.Browser, s *site) {
	tab := browser.Open(t)
	scan(t, tab, s.links["cleo@example.com"])
	tab = browser.Open(t)
	tab.Go(s.links["cleo@example.com"])
	choose(tab, good, good)
	says(t, tab, "Welcome, Cleo Roy")
}

func useKeysAlone(t *testing.T, browser *pagetest.Browser, s *site) {
	tab := browser.Open(t)
	tab.NoScript()
	tab.Go(s.links["dana@example.com"])
	tab.Press("\t" + "tiny" + "\t" + "tiny")
	tab.PressOn("\r")
	says(t, tab, "shorter than 15 characters")
	tab.Press(good + "\t" + good) // the focus is where the fault was
	tab.PressOn("\r")
	says(t, tab, "Welcome, Dana Fox")
}

func comeLate(t *testing.T, browser *pagetest.Browser, s *site) {
	s.later.Store(int64(8 * 24 * time.Hour))
	defer s.later.Store(0)
	tab := browser.Open(t)
	tab.Go(s.links["flo@example.com"])
	says(t, tab, "This link has expired")
	tab.Follow("button")
	says(t, tab, "Please check your mail")
	tab.Go(s.links["flo@example.com"])
	says(t, tab, "There is a newer link")
	s.leaksNothing(tab)
}

func comeWithTheFormer(t *testing.T, browser *pagetest.Browser, s *site) {
	tab, waiting := browser.Open(t), browser.Open(t)
	waiting.Go(s.links["eli@example.com"])
	s.muster("links", "reissue", "eli@example.com", "--yes", "--out", "reissued")
	tab.Go(s.links["eli@example.com"])
	says(t, tab, "There is a newer link")
	choose(waiting, good, good)
	says(t, waiting, "There is a newer link")
}

func comeBlocked(t *testing.T, browser *pagetest.Browser, s *site) {
	s.write("blocked.csv", "name,email,status\nEli Moor,eli@example.com,blocked\n")
	s.muster("import", "blocked.csv", "--yes", "--out", "blocked")
	tab := browser.Open(t)
	tab.Go(s.links["eli@example.com"])
	says(t, tab, "Your access is suspended")
}

// scan does what a scanner of mails does: it opens the link, waits, follows
// each link of the page, and clicks each button with the fields as they are
// and with something in them.
func scan(t *testing.T, tab *pagetest.Tab, address string) {
	t.Helper()
	tab.Go(address)
	time.Sleep(time.Second)
	links := pagetest.Eval[[]string](tab, "[...document.links].map(l => l.href)")
	buttons := pagetest.Eval[int](tab, "document.querySelectorAll('button').length")
	if len(links) == 0 || buttons == 0 {
		t.Fatal("there is nothing to click")
	}
	for _, l := range links {
		tab.Go(l)
	}
	for _, filled := range []string{"", "test"} {
		tab.Go(address)
		pagetest.Eval[bool](tab, "document.querySelectorAll('[type=password]').forEach(i => i.value = '"+filled+"') || true")
		tab.Follow("button")
		says(t, tab, "Something is not right yet")
	}
}
