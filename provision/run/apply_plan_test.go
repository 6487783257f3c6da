package run

import (
	"context"
	"path/filepath"
	"testing"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// The plan that is carried out is the one whose seal was looked at: another one may
// be put in its place between the two.
func TestAPlanIsCarriedOutThatWasLookedAt(t *testing.T) {
	path := filepath.Join(t.TempDir(), plan.File)
	saved := func(name string) *plan.Plan {
		t.Helper()
		w, err := plan.NewWriter(path, provision.PlanHeader{})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Discard()
		if err := w.Row(record.Record{Row: 1, Name: name}); err != nil {
			t.Fatal(err)
		}
		p, err := w.Close(nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { p.Close() })
		return p
	}
	looked := saved("Ana Lima")
	saved("Eve Example")
	applied, err := (&applying{planned: looked}).Plan(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := applied.Row(1); err != nil || r.Name != "Ana Lima" {
		t.Errorf("%q is carried out, %v", r.Name, err)
	}
}
