//go:build browser

package page

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/provision/claim/page/pagetest"
	"muster/provision/locale"
)

// open serves the fake, at an address that a browser can reach.
func open(t *testing.T) (base string, f *fake) {
	t.Helper()
	f = &fake{}
	server := httptest.NewUnstartedServer(nil)
	base = "http://" + server.Listener.Addr().String()
	site, err := New(Options{Claims: f, BaseURLs: []string{base}, Log: func(Request) {}, Now: time.Now,
		Fault: func(err error) { t.Log(err) }})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = site
	server.Start()
	t.Cleanup(server.Close)
	return base, f
}

// scene is a page in some state, and how to get there.
type scene struct {
	name, path string
	then       func(*pagetest.Tab)
}

func typed(first, again string) func(*pagetest.Tab) {
	return func(tab *pagetest.Tab) {
		tab.Type("#password", first)
		tab.Type("#again", again)
		tab.Follow("button")
	}
}

func press(tab *pagetest.Tab) { tab.Follow("button") }

func scenes() []scene {
	all := []scene{
		{"profile", "/c/profile", nil},
		{"profile-faults", "/c/profile", press},
		{"password", "/c/password", nil},
		{"password-short", "/c/password", typed("too_short", "too_short")},
		{"password-common", "/c/password", typed("common", "common")},
		{"password-differs", "/c/password", typed("one", "other")},
		{"reset", "/c/reset", nil},
		{"consent", "/c/consent", nil},
		{"consent-accepted", "/c/consent", press},
		{"consent-declined", "/c/consent", func(tab *pagetest.Tab) { tab.Follow("button.quiet") }},
		{"consent-answered", "/c/answered", nil},
		{"consent-unanswered", "/c/unanswered", nil},
		{"done", "/c/password", typed("a good one", "a good one")},
		{"done-staff", "/c/password", typed("staff", "staff")},
		{"done-client", "/c/password", typed("client", "client")},
		{"hostile", "/c/hostile", nil},
		{"long", "/c/long", nil},
		{"unknown", "/c/whatever", nil},
		{"nothing", "/", nil},
		{"busy", "/c/busy", nil},
		{"away", "/c/broken", nil},
		{"renewable", "/c/renewable", nil},
		{"sent", "/c/renewable", press},
		{"forgot", "/forgot/northwind", nil},
	}
	for standing := range standings {
		all = append(all, scene{string(standing), "/c/" + string(standing), nil})
	}
	slices.SortStableFunc(all[24:], func(a, b scene) int { return strings.Compare(a.name, b.name) })
	return all
}

// wordy are the scenes in which most is said. They are seen in all languages,
// the others in the one with the longest words.
var wordy = map[string]bool{"profile-faults": true, "password-short": true, "done-staff": true, "renewable": true,
	"consent": true}

// Every page, on the narrowest of screens: nothing sticks out to the side,
// nothing comes from elsewhere, and nothing is forbidden to it. Where
// MUSTER_SHOTS names a folder, pictures of all are left there, in all languages.
func TestBrowserEveryPageFits(t *testing.T) {
	browser := pagetest.Start(t)
	base, _ := open(t)
	shots := os.Getenv("MUSTER_SHOTS")
	tab := browser.Open(t)
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			languages := []locale.Language{locale.German}
			if wordy[s.name] || shots != "" {
				languages = locale.Languages()
			}
			for _, l := range languages {
				tab.Size(320, 640)
				tab.Go(base + s.path + "?lang=" + string(l))
				if s.then != nil {
					s.then(tab)
				}
				if lang := pagetest.Eval[string](tab, "document.documentElement.lang"); s.name != "sent" && lang != string(l) {
					t.Errorf("in %q, not in %q", lang, l)
				}
				if wide := pagetest.Eval[int](tab, "document.documentElement.scrollWidth"); wide > 320 {
					t.Errorf("%s: %d pixels wide, on a screen of 320", l, wide)
				}
				if shots == "" {
					continue
				}
				picture := func(name string) { tab.Picture(filepath.Join(shots, s.name+"-"+string(l)+"-"+name+".png")) }
				picture("narrow")
				tab.Size(1100, 700)
				picture("wide")
				tab.Prefers("prefers-color-scheme", "dark")
				picture("dark")
				tab.Prefers("prefers-color-scheme", "light")
			}
		})
	}
	for _, url := range tab.Requests() {
		if !strings.HasPrefix(url, base) && !strings.HasPrefix(url, "data:") { // the browser draws some signs itself
			t.Errorf("asked for %s", url)
		}
	}
	for _, said := range tab.Refused() {
		t.Errorf("the browser refuses: %s", said)
	}
}
