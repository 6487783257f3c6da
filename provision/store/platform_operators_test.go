package store_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/store/storetest"
)

// TestTheRoleOfRunsMakesNoOperatorOfThePlatform tries what would give an
// organization power over the platform.
func TestTheRoleOfRunsMakesNoOperatorOfThePlatform(t *testing.T) {
	grants, err := os.ReadFile("../../fixtures/deploy/role.sql")
	if err != nil {
		t.Fatal(err)
	}
	url := storetest.Postgres(t)
	w := storetest.NewTown(t, url, provision.Organization{})
	w.Create("ann@example.com", "Ana Kim")
	email, _, err := identity.ParseEmail("ann@example.com")
	if err != nil {
		t.Fatal(err)
	}
	by := provision.Author{Source: "test", At: time.Now()}
	run := storetest.Open(t, storetest.Granted(t, url, "muster_run", string(grants)))
	if _, err := run.AddPlatformOperator(t.Context(), email, "me", by, uuid.NewString()); !errors.Is(err, provision.ErrDenied) {
		t.Fatalf("the role of runs: %v", err)
	}
	owner := storetest.Open(t, url)
	if added, err := owner.AddPlatformOperator(t.Context(), email, "me", by, uuid.NewString()); err != nil || !added {
		t.Fatalf("the owner: %v %v", added, err)
	}
	if added, err := owner.AddPlatformOperator(t.Context(), email, "me", by, uuid.NewString()); err != nil || added {
		t.Fatalf("again: %v %v", added, err)
	}
	all, err := run.PlatformOperators(t.Context())
	if err != nil || len(all) != 1 || all[0].Address != "ann@example.com" {
		t.Fatalf("%v %v", all, err)
	}
	o, err := run.Operator(t.Context(), w.Organization.ID, email)
	if err != nil || !o.Platform || !o.May(provision.MayBlockEverywhere) {
		t.Fatalf("%+v %v", o, err)
	}
	if _, err := run.RemovePlatformOperator(t.Context(), email, by, uuid.NewString()); !errors.Is(err, provision.ErrDenied) {
		t.Fatalf("the role of runs: %v", err)
	}
	if removed, err := owner.RemovePlatformOperator(t.Context(), email, by, uuid.NewString()); err != nil || !removed {
		t.Fatalf("the owner: %v %v", removed, err)
	}
}
