// Package storetest tests stores. A way to open a store goes in; what comes
// out is the verdict that it keeps every promise of provision.Store. It also
// lends what such tests need: a throw-away PostgreSQL, fresh databases on
// either engine, and a store that fails on purpose.
//
// What never happens here: a test against a server that anybody else uses.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	_ "github.com/lib/pq" // the driver the databases are made with

	"muster/provision/store"
)

// ErrNoServer says that this machine has no PostgreSQL binaries.
var ErrNoServer = errors.New("no PostgreSQL server binaries in PATH, in /usr/lib/postgresql/*/bin, or where pg_config says")

// A Server is a throw-away PostgreSQL on a Unix socket in a private folder. It
// ends with the process that started it, however that ends.
type Server struct {
	dir   string
	admin *sql.DB
	leash []io.Closer // of every start
	again func() error
	made  atomic.Int64
}

const template = "muster_template"

// Settings of servers: one for tests, which may lose everything, and one that
// keeps what it committed, as in production, with room for measurements.
const (
	Hasty   = "fsync=off full_page_writes=off shared_buffers=256MB max_wal_size=4GB wal_level=minimal max_wal_senders=0 jit=off deadlock_timeout=200ms"
	Durable = "shared_buffers=2GB max_wal_size=16GB checkpoint_timeout=60min autovacuum=off jit=off"
)

// Start starts a server with settings, as an unprivileged user where this
// process is root.
func Start(ctx context.Context, settings string) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	sweep()
	dir, err := os.MkdirTemp("/tmp", "muster-pg-") // a socket path has to be short
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if err := s.start(ctx, bin, settings); err != nil {
		err = fmt.Errorf("starting PostgreSQL from %s: %w\n%s", bin, err, s.log())
		s.Stop()
		os.RemoveAll(dir)
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, bin, settings string) error {
	as, err := unprivileged(s.dir)
	if err != nil {
		return err
	}
	if err := s.initialize(ctx, bin, as); err != nil {
		return err
	}
	s.again = func() error { return s.run(bin, as, settings) }
	if err := s.again(); err != nil {
		return err
	}
	if s.admin, err = sql.Open("postgres", s.URL("postgres")); err != nil {
		return err
	}
	for {
		if err = s.admin.PingContext(ctx); err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(30 * time.Millisecond):
		}
	}
	return s.makeTemplate(ctx)
}

// initialize prefers a collation that sorts like people do, because a
// statement that forgot COLLATE "C" shows with no other.
func (s *Server) initialize(ctx context.Context, bin string, as *syscall.SysProcAttr) (err error) {
	for _, locale := range [][]string{
		{"--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"},
		{"--locale=C.UTF-8"},
		{"--locale=C"},
	} {
		data := filepath.Join(s.dir, "data")
		os.RemoveAll(data)
		c := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), append([]string{"-D", data, "-U", "postgres",
			"--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"}, locale...)...)
		c.Dir, c.SysProcAttr = s.dir, as
		var out []byte
		if out, err = c.CombinedOutput(); err == nil {
			return askPassword(data)
		}
		err = fmt.Errorf("initdb: %w: %s", err, out)
	}
	return err
}

// Locked is a role that the server lets in with its password alone; all others
// come in without. A test that needs it makes it.
const Locked = "muster_locked"

func askPassword(data string) error {
	path := filepath.Join(data, "pg_hba.conf")
	rules, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append([]byte("local all "+Locked+" scram-sha-256\n"), rules...), 0o600)
}

// run starts a shell that starts the server, waits for the end of its
// standard input, stops the server and takes the folder away. The other end
// of that pipe is ours alone: the system closes it when this process ends,
// even by SIGKILL.
func (s *Server) run(bin string, as *syscall.SysProcAttr, settings string) error {
	script := `trap '' INT TERM HUP
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= $(printf ' -c %s' $3) >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
cd /
rm -rf "$2"`
	c := exec.Command("/bin/sh", "-c", script, "muster-pg", bin, s.dir, settings)
	c.Dir, c.SysProcAttr = s.dir, apart(as)
	leash, err := c.StdinPipe()
	if err != nil {
		return err
	}
	s.leash = append(s.leash, leash)
	return c.Start()
}

func (s *Server) log() []byte {
	text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return text
}

// Stop stops the server and takes its folder away, in the background.
func (s *Server) Stop() {
	if s.admin != nil {
		s.admin.Close()
	}
	for _, l := range s.leash {
		l.Close()
	}
}

// URL names a database of the server.
func (s *Server) URL(database string) string {
	return "postgres://postgres@/" + database + "?sslmode=disable&host=" + url.QueryEscape(s.dir)
}

func (s *Server) makeTemplate(ctx context.Context) error {
	if _, err := s.admin.ExecContext(ctx, "CREATE DATABASE "+template); err != nil {
		return err
	}
	return migrate(ctx, s.URL(template))
}

func migrate(ctx context.Context, url string) error {
	st, err := store.Open(ctx, store.Config{URL: url, AnySchema: true})
	if err != nil {
		return err
	}
	defer st.Close()
	return st.Migrate(ctx)
}

// Empty makes a database without a schema.
func (s *Server) Empty(ctx context.Context) (url string, drop func(), err error) {
	return s.create(ctx, "template1")
}

// Database makes a migrated database, empty but for an id of its own.
func (s *Server) Database(ctx context.Context) (url string, drop func(), err error) {
	url, drop, err = s.create(ctx, template)
	if err != nil {
		return "", nil, err
	}
	if err := rename(ctx, "postgres", url); err != nil {
		drop()
		return "", nil, err
	}
	return url, drop, nil
}

func (s *Server) create(ctx context.Context, from string) (url string, drop func(), err error) {
	name := "test" + strconv.FormatInt(s.made.Add(1), 10)
	if _, err := s.admin.ExecContext(ctx, "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		return "", nil, err
	}
	return s.URL(name), func() { s.admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") }, nil
}

// binaries finds the folder with initdb and postgres.
func binaries() (string, error) {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(debian, func(x, y string) int { return release(y) - release(x) })
	dirs = append(dirs, debian...)
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, dir := range dirs {
		if runnable(filepath.Join(dir, "initdb")) && runnable(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", ErrNoServer
}

func release(dir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	return n
}

func runnable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// sweep takes away what a server left behind that was killed together with
// its shell: folders older than a day, without a process.
func sweep() {
	left, _ := filepath.Glob("/tmp/muster-pg-*")
	for _, dir := range left {
		info, err := os.Stat(dir)
		if err != nil || time.Since(info.ModTime()) < 24*time.Hour {
			continue
		}
		text, _ := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
		first, _, _ := strings.Cut(string(text), "\n")
		if pid, err := strconv.Atoi(first); err == nil && !ended(pid) {
			continue
		}
		os.RemoveAll(dir)
	}
}
