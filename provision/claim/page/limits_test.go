package page

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
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
	for i := range attemptsAtOnce {
		if got := try(fmt.Sprintf("/c/guess%d", i), "192.0.2.1:1000"); got != http.StatusNotFound {
			t.Fatalf("guess %d: %d", i, got)
		}
	}
	before := len(s.fake.asked())
	if got := try("/c/password", "192.0.2.1:1000"); got != http.StatusTooManyRequests || len(s.fake.asked()) != before {
		t.Errorf("one more: %d, asked %d times", got, len(s.fake.asked())-before)
	}
	if got := try("/c/password", "192.0.2.2:1000"); got != http.StatusOK {
		t.Errorf("somebody else: %d", got)
	}
	if got := try("/assets/style.css", "192.0.2.1:1000"); got != http.StatusOK {
		t.Errorf("the style sheet of the page that says so: %d", got)
	}
	s.now = s.now.Add(time.Minute)
	if got := try("/c/password", "192.0.2.1:1000"); got != http.StatusOK {
		t.Errorf("a minute later: %d", got)
	}
}

func TestGenuineLinksNeverMakeAnybodyWait(t *testing.T) {
	s := newStand(t)
	for range 5 * attemptsAtOnce {
		for _, path := range []string{"/c/password", "/c/expired", "/nothing"} {
			if got := s.send(get(path)).Code; got == http.StatusTooManyRequests {
				t.Fatalf("%s: %d", path, got)
			}
		}
	}
}

func TestWhoAsksForTooManyMailsWaits(t *testing.T) {
	s := newStand(t)
	ask := func(i int) int {
		fields := url.Values{"organization": {"northwind"}, "address": {fmt.Sprintf("a%d@example.com", i)}}
		return s.send(post("/forgot", fields)).Code
	}
	for i := range attemptsAtOnce {
		if got := ask(i); got != http.StatusOK {
			t.Fatalf("mail %d: %d", i, got)
		}
	}
	before := len(s.fake.asked())
	if got := ask(attemptsAtOnce); got != http.StatusTooManyRequests || len(s.fake.asked()) != before {
		t.Errorf("one more: %d", got)
	}
}

func TestAHouseholdCountsAsOne(t *testing.T) {
	f := newAttempts()
	at := time.Now()
	for i := range attemptsAtOnce {
		f.count(netip.MustParseAddr(fmt.Sprintf("2001:db8:1:2::%x", i)), at)
	}
	if !f.tooMany(netip.MustParseAddr("2001:db8:1:2:ffff::1"), at) {
		t.Error("another address of the same network counts anew")
	}
	if f.tooMany(netip.MustParseAddr("2001:db8:1:3::1"), at) {
		t.Error("the network beside it waits, too")
	}
}

func TestTheMemoryForAttemptsIsBounded(t *testing.T) {
	f := newAttempts()
	at := time.Now()
	address := netip.MustParseAddr("10.0.0.0")
	for range 3 * attemptsWatched {
		address = address.Next()
		f.count(address, at)
	}
	if len(f.of) > attemptsWatched {
		t.Errorf("%d addresses", len(f.of))
	}
	if _, last := f.of[network(address)]; !last {
		t.Error("the last one was not counted")
	}
	f.count(address.Next(), at.Add(time.Hour))
	if len(f.of) != 1 {
		t.Errorf("%d addresses an hour later", len(f.of))
	}
}

func TestTheClientIsWhoeverAskedTheProxy(t *testing.T) {
	s := &site{Options: Options{Proxies: []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"),
	}}}
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
