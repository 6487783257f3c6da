//go:build unix

package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/conc"

	"muster/provision/store/storetest"
)

// PostgreSQL is stopped hard in the middle of imports, and started again.
func TestChaosServer(t *testing.T) {
	server, err := storetest.Start(t.Context(), storetest.Hasty)
	if err != nil {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
	}
	defer server.Stop()
	database := func() string {
		url, _, err := server.Database(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return url
	}
	left := newChaos(t, database())
	begun := time.Now()
	left.runs(3, theImport...)
	took := time.Since(begun)
	times := max(1, disturbances()/15)
	crashes, survived := 0, 0
	for range times {
		p := newChaos(t, database())
		c := p.command(theImport...)
		var said bytes.Buffer
		c.Stdout, c.Stderr = &said, &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(took))
		restart, err := server.Crash(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		crashes++
		time.Sleep(rand.N(500 * time.Millisecond))
		if err := restart(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait()
		switch code := c.ProcessState.ExitCode(); code {
		case 3:
			survived++
		case 75:
			p.runs(3, theImport...)
		default:
			t.Errorf("it ended with %d:\n%s", code, &said)
		}
		if p.again("report") {
			p.same("the databases", left.likeness(), p.likeness())
		} else {
			left.like(p)
		}
	}
	chaos.add("%-40s %5d hard stops of the server; %d imports went on by themselves", t.Name(), crashes, survived)
}

// The connection to PostgreSQL breaks: within the rows that are copied, before
// the server has got a COMMIT, and before its answer has come back.
func TestChaosConnection(t *testing.T) {
	left := newChaos(t, storetest.Postgres(t))
	left.runs(3, theImport...)
	for _, where := range []string{"in a COPY", "before a COMMIT", "after a COMMIT"} {
		t.Run(where, func(t *testing.T) { chaosConnection(t, where, left) })
	}
}

func chaosConnection(t *testing.T, where string, left place) {
	left.t = t
	cuts, again, rounds := 0, 0, 0
	for range max(1, disturbances()/15) {
		rounds++
		p := newChaos(t, storetest.Postgres(t))
		proxy := startProxy(t, p.db.URL)
		direct := p.env
		p.env = append(p.env, "MUSTER_DB="+proxy.url)
		proxy.arm(where, 1+rand.IntN(3))
		c := p.command(theImport...)
		out, _ := c.CombinedOutput()
		switch code := c.ProcessState.ExitCode(); code {
		case 3:
		case 75:
			again++
		default:
			t.Errorf("it ended with %d:\n%s", code, out)
		}
		for tries := 0; c.ProcessState.ExitCode() == 75 && tries < 10; tries++ {
			c = p.command(theImport...)
			out, _ = c.CombinedOutput()
		}
		if code := c.ProcessState.ExitCode(); code != 3 {
			t.Errorf("started again, it ended with %d:\n%s", code, out)
		}
		cuts += proxy.stop()
		p.env = direct
		if p.again("report") {
			p.same("the databases", left.likeness(), p.likeness())
		} else {
			left.like(p)
		}
	}
	if cuts == 0 {
		t.Error("no connection was cut")
	}
	chaos.add("%-40s %5d connections cut in %d imports; %d had to be started again", t.Name(), cuts, rounds, again)
}

// A proxy stands between muster and a server, and cuts connections.
type proxy struct {
	url    string
	server string // path of its socket
	listen net.Listener
	work   conc.WaitGroup

	mu    sync.Mutex
	where string
	skip  int // chances that are let go by before the next cut
	left  int // cuts
	cut   int
	open  map[net.Conn]bool
}

func startProxy(t *testing.T, database string) *proxy {
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	const socket = ".s.PGSQL.5432"
	q := u.Query()
	dir, err := os.MkdirTemp("/tmp", "muster-cut-") // a socket path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &proxy{server: filepath.Join(q.Get("host"), socket), open: map[net.Conn]bool{}}
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	p.url = u.String()
	if p.listen, err = net.Listen("unix", filepath.Join(dir, socket)); err != nil {
		t.Fatal(err)
	}
	p.work.Go(func() {
		for {
			client, err := p.listen.Accept()
			if err != nil {
				return
			}
			p.work.Go(func() { p.serve(client) })
		}
	})
	return p
}

// arm lets it cut so many connections.
func (p *proxy) arm(where string, cuts int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.where, p.left, p.skip = where, cuts, rand.IntN(3)
}

// stop ends it, and returns how many connections it cut.
func (p *proxy) stop() int {
	p.listen.Close()
	p.mu.Lock()
	for c := range p.open {
		c.Close()
	}
	p.mu.Unlock()
	p.work.Wait()
	return p.cut
}

// serve passes what a client says on until the connection is cut.
func (p *proxy) serve(client net.Conn) {
	server, err := net.Dial("unix", p.server)
	if err != nil {
		client.Close()
		return
	}
	p.mu.Lock()
	p.open[client], p.open[server] = true, true
	p.mu.Unlock()
	silent := make(chan struct{}) // once closed, no answer is passed on
	p.work.Go(func() {
		answers := make([]byte, 1<<16)
		for {
			n, err := server.Read(answers)
			select {
			case <-silent:
				client.Close()
				server.Close()
				return
			default:
			}
			if err != nil {
				client.Close()
				return
			}
			if _, err := client.Write(answers[:n]); err != nil {
				server.Close()
				return
			}
		}
	})
	defer server.Close()
	said := make([]byte, 1<<16)
	for {
		n, err := client.Read(said)
		if err != nil {
			return
		}
		if p.cuts(said[:n]) {
			if p.where != "after a COMMIT" {
				client.Close()
				return
			}
			close(silent)
			_, _ = server.Write(said[:n])
			_, _ = io.Copy(io.Discard, client) // ends when the answer has come and gone
			return
		}
		if _, err := server.Write(said[:n]); err != nil {
			return
		}
	}
}

// cuts reports whether the connection is to be cut where this is said.
func (p *proxy) cuts(said []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	here := bytes.Contains(said, []byte("COMMIT\x00"))
	if p.where == "in a COPY" {
		here = said[0] == 'd' // rows of a COPY
	}
	if !here || p.left == 0 {
		return false
	}
	if p.skip--; p.skip >= 0 {
		return false
	}
	p.left--
	p.cut++
	p.skip = rand.IntN(3)
	return true
}
