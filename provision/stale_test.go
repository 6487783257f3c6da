package provision_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/directory"
	"muster/provision/plan"
	"muster/provision/run"
)

const exportOfAna = `email,name,status,external_id,connected_profiles,declared_profiles,organization,brand,kind,role
ana@example.com,Ana Lima,registered,,,,other,,creator,member
`

// Somebody else made Ana's account between plan and apply.
func TestStalePeopleAreImportedOnANewPlan(t *testing.T) {
	b := newBench(t)
	export := b.file("directory.csv", exportOfAna)
	s := b.settings(b.file("list.csv", fourPeople))
	_, err := b.Import(t.Context(), s, func(provision.PlanSummary) (bool, error) {
		counts, err := directory.Load(t.Context(), b.Engine, export, provision.Terms{})
		if counts.Added != 1 {
			t.Errorf("loaded %+v", counts)
		}
		return true, err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2 claimed email_match link:needless", "3 created new_person link:issued", "4 merged same_person into 2", "5 rejected name_needed"}
	if diff := cmp.Diff(want, b.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestApplyReportsStalePeople(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "plan.jsonl")
	s := b.settings(b.file("list.csv", fourPeople))
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	if _, err := directory.Load(t.Context(), b.Engine, b.file("directory.csv", exportOfAna), provision.Terms{}); err != nil {
		t.Fatal(err)
	}
	summary, err := b.Apply(t.Context(), path, s)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2 stale account_changed", "3 created new_person link:issued", "4 stale account_changed", "5 rejected name_needed"}
	if diff := cmp.Diff(want, b.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if summary.ExitCode != provision.ExitPartial {
		t.Errorf("exit code %d", summary.ExitCode)
	}
	links := b.links()
	if _, err := b.Apply(t.Context(), path, s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.told()); diff != "" {
		t.Errorf("applied again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(links, b.links()); diff != "" {
		t.Errorf("links changed (-first +second):\n%s", diff)
	}
}

func TestAPlanOfWhichNothingHoldsIsStale(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "plan.jsonl")
	s := b.settings(b.file("list.csv", "Name,Email\nAna Lima,ana@example.com\n"))
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	if _, err := directory.Load(t.Context(), b.Engine, b.file("directory.csv", exportOfAna), provision.Terms{}); err != nil {
		t.Fatal(err)
	}
	summary, err := b.Apply(t.Context(), path, s)
	if err != nil || summary.ExitCode != provision.ExitStale {
		t.Errorf("summary %+v, error %v; want exit code 12", summary, err)
	}
}

func TestAPlanIsBoundToItsLists(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "plan.jsonl")
	s := b.settings(b.file("list.csv", fourPeople))
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	b.file("list.csv", fourPeople+"Cy Dane,cy@example.com,\n")
	_, err := b.Apply(t.Context(), path, s)
	var stale *provision.StalePlanError
	if !errors.As(err, &stale) {
		t.Errorf("error %v, want a stale plan", err)
	}
}

// A holder that was taken for dead cannot write, whatever it is about to write.
func TestALostLeaseKeepsEveryWriterOut(t *testing.T) {
	b := newBench(t)
	_, held, err := run.Keep(t.Context(), b.Engine, provision.Lease{Name: provision.LeaseName("default")})
	if err != nil {
		t.Fatal(err)
	}
	defer run.Release(t.Context(), b.Engine, held)
	nothing := func(provision.Tx) error { return nil }
	if err := held.Fencing(b.Store).InTx(t.Context(), nothing); err != nil {
		t.Fatalf("kept out while it is held: %v", err)
	}
	leases, err := b.Store.Leases(t.Context())
	if err != nil || len(leases) != 1 {
		t.Fatalf("%v, leases %+v", err, leases)
	}
	if _, err := b.Store.Seize(t.Context(), provision.Lease{Name: leases[0].Name, Host: "elsewhere"}, leases[0].Token); err != nil {
		t.Fatal(err)
	}
	if err := held.Fencing(b.Store).InTx(t.Context(), nothing); !errors.Is(err, provision.ErrFenced) {
		t.Errorf("error %v, want ErrFenced", err)
	}
}
