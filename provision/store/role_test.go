package store_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"muster/provision"
	"muster/provision/store/storetest"
)

// TestRoleOfTheDeploymentIsEnough runs everything a store promises as the role
// that the sample grants, which owns nothing.
func TestRoleOfTheDeploymentIsEnough(t *testing.T) {
	storetest.Run(t, func(t *testing.T) provision.Store {
		return storetest.Open(t, storetest.Granted(t, storetest.Postgres(t), "muster_run", granted(t, "role.sql")))
	})
}

// TestRoleOfPrivacyIsEnough erases people, and joins accounts, as the role that
// the samples grant.
func TestRoleOfPrivacyIsEnough(t *testing.T) {
	const toSignUp = "GRANT INSERT ON consents, sign_up_answers TO :role;" // what the people of the suite do before
	grants := granted(t, "role.sql") + granted(t, "role-privacy.sql") + toSignUp
	storetest.RunPrivacy(t, func(t *testing.T) provision.Store {
		return storetest.Open(t, storetest.Granted(t, storetest.Postgres(t), "muster_privacy", grants))
	})
}

// The role of runs erases nobody, and is told which grants that takes.
func TestRoleOfRunsErasesNobody(t *testing.T) {
	s := storetest.Open(t, storetest.Granted(t, storetest.Postgres(t), "muster_run", granted(t, "role.sql")))
	err := s.InTx(t.Context(), func(tx provision.Tx) error {
		return tx.Apply(t.Context(), provision.Batch{By: provision.Author{Organization: uuid.NewString()}, Erased: []provision.EraseRow{{Account: uuid.NewString()}}})
	})
	var denied *provision.DeniedError
	if !errors.As(err, &denied) || !strings.Contains(denied.Hint, "role-privacy.sql") {
		t.Fatalf("%v", err)
	}
}

func granted(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile("../../fixtures/deploy/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
