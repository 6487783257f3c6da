package store_test

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"muster/provision"
	"muster/provision/store/storetest"
)

// TestRoleOfTheDeploymentIsEnough runs everything a store promises as the role
// that the sample grants, which owns nothing.
func TestRoleOfTheDeploymentIsEnough(t *testing.T) {
	grants, err := os.ReadFile("../../fixtures/deploy/role.sql")
	if err != nil {
		t.Fatal(err)
	}
	storetest.Run(t, func(t *testing.T) provision.Store {
		return storetest.Open(t, granted(t, storetest.Postgres(t), strings.ReplaceAll(string(grants), ":role", "muster_run")))
	})
}

// granted is the address of a database for a role with these grants alone.
func granted(t *testing.T, address, grants string) string {
	t.Helper()
	const role = `DO $$ BEGIN CREATE ROLE muster_run LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$; `
	if _, err := raw(t, "postgres", address).Exec(role + grants); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User("muster_run")
	return u.String()
}

func TestMissingGrantIsToldAsOne(t *testing.T) {
	s := storetest.Open(t, granted(t, storetest.Postgres(t), `GRANT SELECT ON ALL TABLES IN SCHEMA public TO muster_run`))
	if err := s.SetSetting(t.Context(), "a", "b"); !errors.Is(err, provision.ErrDenied) {
		t.Fatal(err)
	}
	err := s.InTx(t.Context(), func(tx provision.Tx) error { return tx.Apply(t.Context(), many("a", 1)) })
	if !errors.Is(err, provision.ErrDenied) {
		t.Fatal(err)
	}
}
