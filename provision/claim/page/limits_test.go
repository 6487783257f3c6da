package page

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestWhoTriesTooManyLinksWaits(t *testing.T) {
	s := newStand(t)
	try := func(path, from string) int {
		r := get(path)
		r.RemoteAddr = from
		return s.send(r).Code
	}
	for i := range failuresAtOnce {
		if got := try(fmt.Sprintf("/c/guess%d", i), "192.0.2.1:1000"); got != http.StatusNotFound {
			t.Fatalf("guess %d: %d", i, got)
		}
	}
	for _, c := range []struct {
		name, path, from string
		status           int
	}{
		{"one more guess", "/c/guess", "192.0.2.1:1000", http.StatusTooManyRequests},
		{"a genuine link", "/c/password", "192.0.2.1:1000", http.StatusOK},
		{"a genuine link that does not open", "/c/expired", "192.0.2.1:1000", http.StatusGone},
		{"a guess of somebody else", "/c/guess", "192.0.2.2:1000", http.StatusNotFound},
	} {
		if got := try(c.path, c.from); got != c.status {
			t.Errorf("%s: %d, want %d", c.name, got, c.status)
		}
	}
	s.now = s.now.Add(time.Minute)
	if got := try("/c/guess", "192.0.2.1:1000"); got != http.StatusNotFound {
		t.Errorf("a minute later: %d", got)
	}
}

func TestWhoAsksForTooManyMailsIsToldTheSame(t *testing.T) {
	forgot := func() *http.Request {
		return post("/forgot", url.Values{"organization": {"northwind"}, "address": {"ana@example.com"}})
	}
	renew := func() *http.Request { return post("/renew", url.Values{"token": {"guess"}}) }
	s := newStand(t)
	asks := func(r *http.Request, from string) (page string, done bool) {
		r.RemoteAddr = from
		before := len(s.fake.asked())
		w := s.send(r)
		return fmt.Sprintf("%d %s", w.Code, w.Body), len(s.fake.asked()) > before
	}
	first, _ := asks(forgot(), "192.0.2.1:1000")
	for i := range mailsAtOnce + 5 {
		ask := []func() *http.Request{forgot, renew}[i%2]
		page, done := asks(ask(), "192.0.2.1:1000")
		if page != first {
			t.Errorf("%d: told something else:\n%s", i, page)
		}
		if want := i < mailsAtOnce-1; done != want {
			t.Errorf("%d: something is done: %v", i, done)
		}
	}
	if last := s.log[len(s.log)-1]; last.Said != "asks too often" {
		t.Errorf("the log says %q", last.Said)
	}
	if _, done := asks(renew(), "192.0.2.2:1000"); !done {
		t.Error("nothing is done for somebody else")
	}
	s.now = s.now.Add(time.Minute)
	for i, want := range []bool{true, true, false} {
		if _, done := asks(renew(), "192.0.2.1:1000"); done != want {
			t.Errorf("a minute later, %d: something is done: %v", i, done)
		}
	}
}

func TestGenuineLinksNeverMakeAnybodyWait(t *testing.T) {
	s := newStand(t)
	for range 5 * failuresAtOnce {
		for _, path := range []string{"/c/password", "/c/expired", "/nothing"} {
			if got := s.send(get(path)).Code; got == http.StatusTooManyRequests {
				t.Fatalf("%s: %d", path, got)
			}
		}
	}
}

func TestAHouseholdCountsAsOne(t *testing.T) {
	a := newAttempts(5, 1)
	at := time.Now()
	for i := range 5 {
		a.allow(netip.MustParseAddr(fmt.Sprintf("2001:db8:1:2::%x", i)), at)
	}
	if a.allow(netip.MustParseAddr("2001:db8:1:2:ffff::1"), at) {
		t.Error("another address of the same network counts anew")
	}
	if !a.allow(netip.MustParseAddr("2001:db8:1:3::1"), at) {
		t.Error("the network beside it waits, too")
	}
}

func TestTheMemoryForNetworksIsBounded(t *testing.T) {
	a := newAttempts(5, 1)
	at := time.Now()
	address := netip.MustParseAddr("10.0.0.0")
	for range 3 * attemptsWatched {
		address = address.Next()
		a.allow(address, at)
	}
	if len(a.of) > attemptsWatched {
		t.Errorf("%d networks", len(a.of))
	}
	if _, last := a.of[network(address)]; !last {
		t.Error("the last one was not counted")
	}
	a.allow(address.Next(), at.Add(time.Hour))
	if len(a.of) != 1 {
		t.Errorf("%d networks an hour later", len(a.of))
	}
}

func TestWhoForwardsUndeclaredIsToldOnce(t *testing.T) {
	s := newStand(t)
	visit := func(peer, behind string) {
		r := get("/c/password")
		r.RemoteAddr = peer
		if behind != "" {
			r.Header.Set("X-Forwarded-For", behind)
		}
		s.send(r)
	}
	visit("192.0.2.1:5", "")
	visit("10.1.1.1:5", "198.51.100.7")
	if len(s.faults) != 0 {
		t.Errorf("all is well, and it says %v", s.faults)
	}
	visit("192.0.2.8:5", "198.51.100.7")
	visit("192.0.2.9:5", "198.51.100.7")
	if len(s.faults) != 1 || !strings.Contains(s.faults[0].Error(), "192.0.2.8") {
		t.Errorf("it says %v", s.faults)
	}
}

func TestTheClientIsWhoeverAskedTheProxy(t *testing.T) {
	s := &site{Options: Options{Proxies: []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"),
	}, Fault: func(error) {}}}
	for name, c := range map[string]struct {
		peer  string
		said  []string
		asked string
	}{
		"nobody between":                {"192.0.2.1:5", nil, "192.0.2.1"},
		"a stranger says what it likes": {"192.0.2.1:5", []string{"198.51.100.7"}, "192.0.2.1"},
		"a proxy of ours is believed":   {"10.1.1.1:5", []string{"198.51.100.7"}, "198.51.100.7"},
		"a proxy that adds the port":    {"10.1.1.1:5", []string{"198.51.100.7:4711"}, "198.51.100.7"},
		"a client writes its own":       {"10.1.1.1:5", []string{"203.0.113.9, 198.51.100.7"}, "198.51.100.7"},
		"our proxies in a row":          {"10.1.1.1:5", []string{"203.0.113.9, 198.51.100.7, 10.2.2.2"}, "198.51.100.7"},
		"several headers are one list":  {"10.1.1.1:5", []string{"203.0.113.9", "198.51.100.7"}, "198.51.100.7"},
		"a proxy that says nothing":     {"10.1.1.1:5", nil, "10.1.1.1"},
		"a proxy that says nonsense":    {"10.1.1.1:5", []string{"unknown"}, "10.1.1.1"},
		"IPv4 inside IPv6":              {"[::ffff:10.1.1.1]:5", []string{"::ffff:198.51.100.7"}, "198.51.100.7"},
		"IPv6":                          {"[fd00::1]:5", []string{"2001:db8::7"}, "2001:db8::7"},
		"IPv6 with a port":              {"[fd00::1]:5", []string{"[2001:db8::7]:4711"}, "2001:db8::7"},
	} {
		t.Run(name, func(t *testing.T) {
			r := get("/")
			r.RemoteAddr = c.peer
			for _, value := range c.said {
				r.Header.Add("X-Forwarded-For", value)
			}
			if got := s.client(r).String(); got != c.asked {
				t.Errorf("got %s, want %s", got, c.asked)
			}
		})
	}
}
