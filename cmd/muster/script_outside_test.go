package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// receivers are who is told things from outside, by script.
type receivers struct {
	t  *testing.T
	mu sync.Mutex
	by map[string]*watcher // address
}

// watcher keeps what it is told. Below /broken it answers 500, below /slow
// not at all.
type watcher struct {
	mu   sync.Mutex
	told strings.Builder
}

// start — receiver NAME — starts one, and sets a variable to its address.
func (r *receivers) start(ts *testscript.TestScript, _ bool, args []string) {
	one, done := &watcher{}, make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, asked *http.Request) {
		body, _ := io.ReadAll(asked.Body)
		one.mu.Lock()
		fmt.Fprintf(&one.told, "%s %s\n%s\n", asked.Method, asked.URL.Path, body)
		one.mu.Unlock()
		switch {
		case strings.HasPrefix(asked.URL.Path, "/broken"):
			w.WriteHeader(http.StatusInternalServerError)
		case strings.HasPrefix(asked.URL.Path, "/slow"):
			<-done
		}
	}))
	r.t.Cleanup(func() { close(done); server.Close() })
	ts.Setenv(args[0], server.URL)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.by[server.URL] = one
}

// heard — told NAME FILE — writes what a receiver was told since it was asked
// last.
func (r *receivers) heard(ts *testscript.TestScript, _ bool, args []string) {
	r.mu.Lock()
	one := r.by[ts.Getenv(args[0])]
	r.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(one.told.String()), 0o600))
	one.told.Reset()
}
