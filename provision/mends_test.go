package provision_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/importer/file"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/plan"
)

const blockedExport = `email,name,status,external_id,connected_profiles,declared_profiles,organization,brand,kind,role
rick@example.com,Rick Specimen,blocked,,,,default,default,creator,member
`

// The same export every night does not undo what was decided here since.
func TestALiftedBlockStaysLifted(t *testing.T) {
	b := newBench(t)
	export := b.file("directory.csv", blockedExport)
	s := b.settings(b.file("list.csv", "Name,Email,Status\nRick Specimen,rick@example.com,activate\n"))
	var links []map[int]string
	for night, want := range []string{"2 updated activated link:issued", "2 unchanged not_blocked link:kept", "2 unchanged not_blocked link:kept"} {
		if _, err := directory.Load(t.Context(), b.Engine, export, provision.Terms{}); err != nil {
			t.Fatal(err)
		}
		b.imports(s)
		if diff := cmp.Diff([]string{want}, b.told()); diff != "" {
			t.Errorf("night %d (-want +got):\n%s", night+1, diff)
		}
		links = append(links, b.links())
	}
	if diff := cmp.Diff(links[0], links[2]); diff != "" || len(links[0]) != 1 {
		t.Errorf("the link changed (-first +third night):\n%s", diff)
	}
}

// A selection without rows is an error before anything is done, and leaves no
// run behind that waits to be gone on with.
func TestNoRowsAtAll(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", fourPeople))
	s.Reading.First, s.Reading.Last = 40, 90
	for range 2 {
		_, err := b.Import(t.Context(), s, yes)
		var unread *file.Error
		if !errors.As(err, &unread) || unread.Class != file.Empty {
			t.Fatalf("error %v", err)
		}
	}
	runs, err := b.Store.Runs(t.Context(), "", 10)
	if err != nil || len(runs) != 2 || runs[0].ExitCode != provision.ExitInput || runs[1].FinishedAt.IsZero() {
		t.Errorf("runs %+v, %v", runs, err)
	}
}

// A plan of which every write went stale ends with 12, whatever else was in it.
func TestEveryWriteStale(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "plan.jsonl")
	b.imports(b.settings(b.file("first.csv", "Name,Email\nBen Okafor,ben@example.com\n")))
	s := b.settings(b.file("list.csv", "Name,Email\nAna Lima,ana@example.com\nBen Okafor,ben@example.com\n"))
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	if _, err := directory.Load(t.Context(), b.Engine, b.file("directory.csv", exportOfAna), provision.Terms{}); err != nil {
		t.Fatal(err)
	}
	summary, err := b.Apply(t.Context(), path, s)
	if err != nil || summary.ExitCode != provision.ExitStale {
		t.Errorf("exit code %d, %v; rows %v", summary.ExitCode, err, b.told())
	}
}

// A plan that was kept out by another run was not applied: the next time it is.
func TestAPlanThatWasLockedOutIsApplied(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "plan.jsonl")
	s := b.settings(b.file("list.csv", "Name,Email\nAna Lima,ana@example.com\n"))
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	other, err := b.Store.Acquire(t.Context(), provision.Lease{Name: provision.LeaseName("default"), Host: "elsewhere", PID: 7})
	if err != nil {
		t.Fatal(err)
	}
	var locked *provision.LockedError
	if _, err := b.Apply(t.Context(), path, s); !errors.As(err, &locked) {
		t.Fatalf("applied beside another run: %v", err)
	}
	if err := b.Store.Release(t.Context(), other.Name, other.Token); err != nil {
		t.Fatal(err)
	}
	if summary, err := b.Apply(t.Context(), path, s); err != nil || summary.Outcomes[provision.Created] != 1 {
		t.Errorf("%v, outcomes %v", err, summary.Outcomes)
	}
}

// A plan that was saved into the folder of its own report stays there, and is
// known again.
func TestASavedPlanStaysInTheFolderOfItsReport(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", "Name,Email\nAna Lima,ana@example.com\n"))
	if err := os.MkdirAll(s.Out, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(s.Out, plan.File)
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	first, err := b.Apply(t.Context(), path, s)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.Apply(t.Context(), path, s); err != nil || again.Run != first.Run {
		t.Errorf("applied again: run %s, then %s, %v", first.Run, again.Run, err)
	}
}

// A plan that knew an export holds on another database once that export is
// loaded there.
func TestAPlanHoldsOnceItsDirectoryIsLoaded(t *testing.T) {
	b, other := newBench(t), newBench(t)
	export := b.file("directory.csv", exportOfAna)
	for _, on := range []*bench{b, other} {
		if _, err := directory.Load(t.Context(), on.Engine, export, provision.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	var seen [2]string
	for i, on := range []*bench{b, other} {
		on.imports(on.settings(on.file("list.csv", "Name,Email\nAna Lima,ana@example.com\n")))
		seen[i] = on.lines[0].Account
	}
	if seen[0] == "" || seen[0] != seen[1] {
		t.Errorf("the account has the ids %q", seen)
	}
}
