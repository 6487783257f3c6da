package store_test

import (
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"

	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// as is a database address for another role.
func as(t *testing.T, address string, who *url.Userinfo) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = who
	return u.String()
}

// deaf is the address of a server that answers the wish for TLS with no.
func deaf(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if _, err := io.ReadFull(c, make([]byte, 8)); err == nil {
				c.Write([]byte("N"))
			}
			c.Close()
		}
	}()
	return "postgres://ann@" + l.Addr().String() + "/muster"
}

func TestADoorThatStaysShutIsTold(t *testing.T) {
	address := storetest.Postgres(t)
	admin := raw(t, "postgres", address)
	exec := func(text string) {
		t.Helper()
		if _, err := admin.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range []string{storetest.Locked, "muster_bare", "muster_sees_nothing"} {
		exec(`DO $$ BEGIN CREATE ROLE ` + role + ` LOGIN PASSWORD 'right'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
	}
	exec(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO muster_sees_nothing; ALTER TABLE organizations ENABLE ROW LEVEL SECURITY`)
	runs := func(s *store.Store) error {
		_, err := s.Organizations(t.Context())
		return err
	}
	noWrite := func(s *store.Store) error { return s.SetSetting(t.Context(), "a", "b") }
	nothing := func(*store.Store) error { return nil }

	for _, tt := range []struct {
		name, url string
		first     string // done by the administrator
		then      func(*store.Store) error
		msg, hint string
	}{
		{name: "a wrong password", url: as(t, address, url.UserPassword(storetest.Locked, "wrong")),
			msg: `the server does not accept the password of the role "muster_locked"`, hint: "correct the password in the file that --db-file"},
		{name: "a role that is not there", url: as(t, address, url.User("muster_nobody")),
			msg: `the server does not let the role "muster_nobody" in`, hint: "CREATE ROLE … LOGIN"},
		{name: "a database that is not there", url: strings.Replace(address, "/test", "/nosuch", 1),
			msg: "the server has no such database", hint: "correct the name at the end of the database URL"},
		{name: "a server without TLS", url: deaf(t),
			msg: "the database URL asks for TLS, which the server does not speak", hint: "put ?sslmode=disable at the end of the database URL"},
		{name: "grants that were forgotten", url: as(t, address, url.User("muster_bare")), then: nothing,
			msg: `the role "muster_bare" lacks a grant (SELECT): pq: permission denied for table schema_version`, hint: "psql -v role=muster_bare -f fixtures/deploy/role.sql"},
		{name: "a grant to write that is missing", url: as(t, address, url.User("muster_sees_nothing")), then: noWrite,
			msg: `the role "muster_sees_nothing" lacks a grant (INSERT): pq: permission denied for table settings`, hint: "role.sql"},
		{name: "row-level security", url: as(t, address, url.User("muster_sees_nothing")), then: runs,
			msg: `row-level security keeps rows from the role "muster_sees_nothing"`, hint: `ALTER ROLE "muster_sees_nothing" BYPASSRLS`},
		{name: "a schema that is closed", url: as(t, address, url.User("muster_bare")), first: `REVOKE USAGE ON SCHEMA public FROM PUBLIC`,
			msg: `the role "muster_bare" may use no schema of the database: none of its search_path ("$user", public) is there and granted`, hint: "role.sql"},
		{name: "a search path that leads nowhere", url: as(t, address, url.User("muster_bare")) + "&search_path=crm",
			msg:  `the role "muster_bare" may use no schema of the database: none of its search_path (crm) is there and granted`,
			hint: "set search_path, for the role, the database or in its URL, to a schema that is there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.first != "" {
				exec(tt.first)
			}
			s, err := store.Open(t.Context(), store.Config{URL: tt.url})
			if err == nil {
				defer s.Close()
				err = tt.then(s)
			}
			var denied *provision.DeniedError
			if !errors.As(err, &denied) || !errors.Is(err, provision.ErrDenied) {
				t.Fatalf("%v", err)
			}
			if !strings.Contains(err.Error(), tt.msg) || !strings.Contains(denied.Hint, tt.hint) {
				t.Errorf("%v\nhint: %s", err, denied.Hint)
			}
			if strings.Contains(err.Error()+denied.Hint, "migrate") && tt.name != "a database that is not there" {
				t.Errorf("nothing is to be migrated: %v\nhint: %s", err, denied.Hint)
			}
		})
	}
}

func TestOnlyTheOwnerMigrates(t *testing.T) {
	for _, tt := range []struct {
		name, address string
		want          bool
	}{
		{"there is nothing to do", storetest.Postgres(t), true},
		{"the tables are still to be made", storetest.EmptyPostgres(t), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			grants := `GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO muster_run; GRANT USAGE ON SCHEMA public TO muster_run`
			s, err := store.Open(t.Context(), store.Config{URL: storetest.Granted(t, tt.address, "muster_run", grants), AnySchema: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			err = s.Migrate(t.Context())
			var denied *provision.DeniedError
			switch {
			case tt.want && err != nil:
				t.Error(err)
			case !tt.want && (!errors.As(err, &denied) || !strings.Contains(err.Error(), `the role "muster_run" may not change the schema`) ||
				!strings.Contains(denied.Hint, "the role that owns the tables")):
				t.Error(err, denied)
			}
		})
	}
}
