package store_test

import (
	"errors"
	"os"
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
		return storetest.Open(t, storetest.Granted(t, storetest.Postgres(t), "muster_run", string(grants)))
	})
}

func TestMissingGrantIsToldAsOne(t *testing.T) {
	s := storetest.Open(t, storetest.Granted(t, storetest.Postgres(t), "muster_run", `GRANT SELECT ON ALL TABLES IN SCHEMA public TO :role`))
	if err := s.SetSetting(t.Context(), "a", "b"); !errors.Is(err, provision.ErrDenied) {
		t.Fatal(err)
	}
	err := s.InTx(t.Context(), func(tx provision.Tx) error { return tx.Apply(t.Context(), many("a", 1)) })
	if !errors.Is(err, provision.ErrDenied) {
		t.Fatal(err)
	}
}
