package store_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

const everywhere = "00000000-0000-0000-0000-000000000000"

func open(url string, create bool) (*store.Store, error) {
	return store.Open(context.Background(), store.Config{URL: url, Create: create})
}

func TestAbsentFileIsNotMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	if _, err := open(path, false); !errors.Is(err, provision.ErrNotFound) {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("the file was made")
	}
}

func TestFileIsTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder?with#odd %41 name")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t, filepath.Join(dir, "muster.db"))
	if err := s.SetSetting(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f.Name(), info.Mode(), err)
		}
	}
}

func TestFileOfSomethingElseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	text := strings.Repeat("name,email\n", 1000)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open(path, true); !errors.Is(err, provision.ErrSchema) {
		t.Fatal(err)
	}
	if now, _ := os.ReadFile(path); string(now) != text {
		t.Fatal("the file was changed")
	}
}

func TestReopenedDatabaseKeepsItsID(t *testing.T) {
	path := storetest.SQLite(t)
	first, err := storetest.Open(t, path).Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := storetest.Open(t, path).Database(t.Context()); err != nil || again != first {
		t.Fatal(again, err)
	}
}

func TestManyMakeOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	errs := make(chan error)
	for range 4 {
		go func() {
			s, err := open(path, true)
			if err == nil {
				_, err = s.Database(context.Background())
				s.Close()
			}
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestPostgresIsMigratedOnPurpose(t *testing.T) {
	url := storetest.EmptyPostgres(t)
	if _, err := open(url, true); !errors.Is(err, provision.ErrSchema) || !strings.Contains(err.Error(), "muster db migrate") {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Config{URL: url, AnySchema: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if st, err := s.Status(t.Context()); err != nil || len(st.Pending) == 0 || len(st.Applied) > 0 {
		t.Fatal(st, err)
	}
	errs := make(chan error)
	for range 3 {
		go func() { errs <- s.Migrate(context.Background()) }()
	}
	for range 3 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if st, err := s.Status(t.Context()); err != nil || len(st.Pending) > 0 || len(st.Applied) == 0 || st.Applied[0].AppliedAt.IsZero() {
		t.Fatal(st, err)
	}
	storetest.Open(t, url)
}

func TestNewerSchemaIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := raw(t, storetest.Open(t, url).Engine(), url)
		if _, err := db.Exec(`INSERT INTO schema_version (version, applied_at) VALUES (99, '2026-01-01T00:00:00Z')`); err != nil {
			t.Fatal(err)
		}
		if _, err := open(url, true); !errors.Is(err, provision.ErrSchema) || !errors.Is(err, provision.ErrNewer) || !strings.Contains(err.Error(), "newer") {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Config{URL: url, AnySchema: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.Migrate(t.Context()); !errors.Is(err, provision.ErrNewer) {
			t.Error("there is nothing to migrate:", err)
		}
	})
}

func TestErrorsHoldNoSecret(t *testing.T) {
	for _, url := range []string{
		"postgres://ann:s3cr/et@nowhere.invalid/db",
		"postgres://ann:s3cr%zzet@nowhere.invalid/db",
		"postgres://ann:s3cret@nowhere.invalid:99999/db",
		"postgres://ann:s3cret@nowhere.invalid/db?connect_timeout=1",
		"postgres://ann:s3cret@127.0.0.1:1/db?sslmode=disable",
		"postgres://ann:s3cret@127.0.0.1:1/db?sslmode=s3cret",
	} {
		_, err := open(url, false)
		if err == nil || strings.Contains(err.Error(), "s3c") {
			t.Errorf("%v", err)
		}
	}
	if _, err := open("postgres://ann@127.0.0.1:1/db?sslmode=disable", false); !errors.Is(err, provision.ErrAway) {
		t.Error(err)
	}
}

// world is a store with one organization and a raw connection beside it.
func world(t *testing.T, url string) (*store.Store, provision.Organization, func(string, ...any)) {
	s := storetest.Open(t, url)
	c, err := directory.SaveOrganization(t.Context(), s, provision.Organization{Slug: "o", Brands: []provision.Brand{{Slug: "b"}}}, provision.Author{At: time.Now()}, uuid.NewString)
	if err != nil {
		t.Fatal(err)
	}
	db := raw(t, s.Engine(), url)
	return s, c.Organization, func(text string, args ...any) {
		t.Helper()
		if _, err := db.Exec(text, args...); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLapsedLeaseIsTakenOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s, _, exec := world(t, url)
		ctx := t.Context()
		first, err := s.Acquire(ctx, provision.Lease{Name: "l", Run: uuid.NewString(), Holder: "first"})
		if err != nil {
			t.Fatal(err)
		}
		exec(`UPDATE lease SET expires_at = '2020-01-01T00:00:00.000Z'`)
		held, err := s.Leases(ctx)
		if err != nil || len(held) != 1 || !held[0].Lapsed {
			t.Fatal(held, err)
		}
		if err := s.Renew(ctx, first); err != nil { // nobody has taken it: it may go on
			t.Fatal(err)
		}
		exec(`UPDATE lease SET expires_at = '2020-01-01T00:00:00.000Z'`)
		second, err := s.Acquire(ctx, provision.Lease{Name: "l", Holder: "second"})
		if err != nil || second.Token != first.Token+1 || second.Lapsed || second.Run != "" {
			t.Fatal(second, err)
		}
		if err := s.InTx(ctx, func(tx provision.Tx) error { return tx.Fence(ctx, first) }); !errors.Is(err, provision.ErrFenced) {
			t.Fatal(err)
		}
	})
}

func TestMarksAndBlocksOfThePlatformHoldHere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s, o, exec := world(t, url)
		id := uuid.NewString()
		if _, err := directory.NewLoader([]provision.Organization{o}, provision.Author{At: time.Now()}, uuid.NewString).Load(t.Context(), s, []directory.Account{{ID: id, Organization: o.ID}}); err != nil {
			t.Fatal(err)
		}
		exec(`INSERT INTO blocks (account_id, organization_id, source, blocked_at) VALUES ($1, $2, '', '2026-01-01T00:00:00Z')`, id, everywhere)
		for mark, of := range map[string]string{"here": o.ID, "all": everywhere, "there": uuid.NewString()} {
			exec(`INSERT INTO suppressions (mark, organization_id, kid, created_at) VALUES ($1, $2, '', '2026-01-01T00:00:00Z')`, mark, of)
		}
		err := s.Snapshot(t.Context(), func(d provision.Directory) error {
			all, err := d.Accounts(t.Context(), o.ID, []string{id}, time.Now())
			if err != nil || len(all) != 1 || !all[0].Blocked || !all[0].Barred {
				t.Errorf("%+v %v", all, err)
			}
			met, err := d.Suppressed(t.Context(), o.ID, []string{"there", "here", "none", "all"})
			if err != nil || strings.Join(met, " ") != "here all" {
				t.Errorf("%v %v", met, err)
			}
			there, err := d.OnRecord(t.Context(), o.ID)
			if err != nil || !there.Erased {
				t.Errorf("%v %v", there, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestErrorsOfPostgresMean(t *testing.T) {
	for code, want := range map[string]error{
		"23505": provision.ErrMoved,  // a key that is taken
		"40P01": provision.ErrMoved,  // a deadlock
		"42701": provision.ErrMoved,  // a column that is there: somebody else migrates
		"55P03": provision.ErrMoved,  // a lock that is not given up
		"0A000": provision.ErrAway,   // BEGIN READ WRITE on a standby
		"25006": provision.ErrAway,   // a write on a server that only reads
		"53100": provision.ErrAway,   // a full disk
		"53300": provision.ErrAway,   // too many connections
		"57P01": provision.ErrAway,   // an administrator's command
		"28000": provision.ErrDenied, // a role that may not log in
		"28P01": provision.ErrDenied, // a wrong password
		"3D000": provision.ErrDenied, // a database that is not there
		"42501": provision.ErrDenied, // a grant that is missing
		"42P01": provision.ErrSchema, // a table that is not there
	} {
		if err := store.Meaning(code); !errors.Is(err, want) {
			t.Errorf("%s: %v, not %v", code, err, want)
		}
	}
	for _, code := range []string{"22P05", "23514", "54000"} { // what one row can bring
		err := store.Meaning(code)
		for _, other := range []error{provision.ErrMoved, provision.ErrAway, provision.ErrDenied, provision.ErrSchema} {
			if errors.Is(err, other) {
				t.Errorf("%s: %v", code, err)
			}
		}
	}
}

// TestLeaseIsRenewedBesideManyWorkers holds as many transactions as workers
// that wait for a lock would.
func TestLeaseIsRenewedBesideManyWorkers(t *testing.T) {
	s, _, _ := world(t, storetest.Postgres(t))
	lease, err := s.Acquire(t.Context(), provision.Lease{Name: "l", Holder: "h"})
	if err != nil {
		t.Fatal(err)
	}
	var beside func(workers int) error
	beside = func(workers int) error {
		if workers == 0 {
			return s.Renew(t.Context(), lease)
		}
		return s.InTx(t.Context(), func(tx provision.Tx) error {
			if err := tx.Fence(t.Context(), lease); err != nil {
				return err
			}
			return beside(workers - 1)
		})
	}
	if err := soon(t, func() error { return beside(16) }); err != nil {
		t.Fatal(err)
	}
}

// Rows whose names cannot be written there would fail, and the others go in.
func TestDatabaseOfAnotherEncodingIsRefused(t *testing.T) {
	address := storetest.EmptyPostgres(t)
	const name = "in_latin"
	if _, err := raw(t, "postgres", address).Exec(`CREATE DATABASE ` + name + ` TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	s, err := store.Open(t.Context(), store.Config{URL: u.String(), AnySchema: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var wrong *provision.ConfigError
	if err := s.Migrate(t.Context()); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "the database keeps text in LATIN1, in which many names cannot be written") ||
		!strings.Contains(wrong.Hint, "--encoding UTF8") {
		t.Error(err)
	}
}

func TestLostConnectionIsAway(t *testing.T) {
	s, _, exec := world(t, storetest.Postgres(t))
	k := identity.Key{Space: "email", Value: "x"}
	err := s.InTx(t.Context(), func(tx provision.Tx) error {
		exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'muster' AND datname = current_database() AND pid <> pg_backend_pid()`)
		_, err := tx.Resolve(t.Context(), []identity.Key{k}, nil)
		return err
	})
	if !errors.Is(err, provision.ErrAway) {
		t.Fatal(err)
	}
	if _, err := s.Organizations(t.Context()); err != nil { // a new connection
		t.Fatal(err)
	}
}

// TestPoolerRefusesStartupParameters stands where PgBouncer would.
func TestPoolerRefusesStartupParameters(t *testing.T) {
	direct := storetest.Postgres(t)
	u, err := url.Parse(direct)
	if err != nil {
		t.Fatal(err)
	}
	pooler := pooler(t, filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432"))
	s, o, _ := world(t, direct)
	if s.Local() != 1 {
		t.Fatal("settings are made twice")
	}
	s = storetest.Open(t, "postgres://postgres@"+pooler+u.Path+"?sslmode=disable")
	if s.Local() != 5 {
		t.Fatal("transactions have no settings of their own")
	}
	for range 5 {
		if _, err := directory.NewLoader([]provision.Organization{o}, provision.Author{At: time.Now()}, uuid.NewString).Load(t.Context(), s, []directory.Account{{ID: uuid.NewString(), Organization: o.ID}}); err != nil {
			t.Fatal(err)
		}
	}
}

// pooler passes connections on to a socket, but for those that bring a
// parameter it does not know.
func pooler(t *testing.T, socket string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go pool(c, socket)
		}
	}()
	return l.Addr().String()
}

func pool(c net.Conn, socket string) {
	defer c.Close()
	start := make([]byte, 4096)
	n, err := c.Read(start)
	if err != nil {
		return
	}
	if strings.Contains(string(start[:n]), "_timeout\x00") {
		const body = "SFATAL\x00VFATAL\x00C08P01\x00Munsupported startup parameter\x00\x00"
		c.Write(append([]byte{'E', 0, 0, 0, byte(len(body) + 4)}, body...))
		return
	}
	server, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer server.Close()
	server.Write(start[:n])
	go io.Copy(server, c)
	io.Copy(c, server)
}

// TestCancelledWaitEndsAtOnce lets a transaction wait for another's lock.
func TestCancelledWaitEndsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s, _, _ := world(t, url)
		id := uuid.NewString()
		batch := provision.Batch{By: provision.Author{At: time.Now()}, Keys: []provision.KeyRow{{Key: identity.Key{Space: "email", Value: "x"}, Account: id}}}
		err := s.InTx(t.Context(), func(tx provision.Tx) error {
			if err := tx.Apply(t.Context(), batch); err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			begun := time.Now()
			err := s.InTx(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, batch) })
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 5*time.Second {
				t.Errorf("%v after %s", err, time.Since(begun))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
