package provision_test

import (
	"errors"
	"testing"
	"time"

	"muster/provision"
	"muster/provision/run"
	"muster/provision/store/storetest"
)

// purges purges every run of a bench that finished up to now.
func (b *bench) purges() ([]run.Purged, error) {
	return run.Purge(b.t.Context(), b.Engine, run.PurgeSettings{Before: time.Now().Add(time.Second)}, func([]run.Purged) (bool, error) { return true, nil })
}

func TestAnUnfinishedRunIsNeverPurged(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", fourPeople))
	full := errors.New("the disk is full")
	render := b.Report
	b.Report = failingReport(full)
	if _, err := b.Import(t.Context(), s, yes); !errors.Is(err, full) {
		t.Fatal(err)
	}
	if done, err := b.purges(); err != nil || len(done) > 0 {
		t.Fatalf("purged %d runs: %v", len(done), err)
	}
	b.Report = render
	run := b.imports(s).Run
	done, err := b.purges()
	if err != nil || len(done) != 1 || done[0].Run.ID != run || done[0].Rows != 2 || done[0].Run.PurgedAt.IsZero() {
		t.Errorf("purged %d runs: %v", len(done), err)
	}
}

func TestDecliningPurgesNothing(t *testing.T) {
	b := newBench(t)
	done := b.imports(b.settings(b.file("list.csv", fourPeople))).Run
	_, err := run.Purge(t.Context(), b.Engine, run.PurgeSettings{Before: time.Now().Add(time.Second)}, func(all []run.Purged) (bool, error) {
		return false, nil
	})
	if !errors.Is(err, provision.ErrDeclined) {
		t.Errorf("error %v, want ErrDeclined", err)
	}
	if r, err := b.Store.Run(t.Context(), done); err != nil || !r.PurgedAt.IsZero() {
		t.Errorf("%+v, %v", r, err)
	}
}

// While a purge asks, the list of the night is imported, and somebody else purges.
func TestAPurgeThatAsksLocksNobodyOut(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", fourPeople))
	first := b.imports(s).Run
	done, err := run.Purge(t.Context(), b.Engine, run.PurgeSettings{Before: time.Now().Add(time.Hour)}, func(all []run.Purged) (bool, error) {
		if len(all) != 1 || all[0].Run.ID != first {
			t.Errorf("asks about %v", all)
		}
		if done, err := b.purges(); err != nil || len(done) != 1 {
			t.Errorf("purged %d runs: %v", len(done), err)
		}
		b.imports(s)
		return true, nil
	})
	if err != nil || len(done) != 0 { // what was not asked about stays
		t.Errorf("purged %v: %v", done, err)
	}
}

func TestNoPurgeBesideARun(t *testing.T) {
	b := newBench(t)
	b.imports(b.settings(b.file("before.csv", fourPeople)))
	_, err := b.Import(t.Context(), b.settings(b.file("list.csv", fourPeople)), func(provision.PlanSummary) (bool, error) {
		_, err := b.purges()
		var locked *provision.LockedError
		if !errors.As(err, &locked) {
			t.Errorf("error %v, want a *LockedError", err)
		}
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Files that cannot be removed and a database that fails leave the run to the
// next purge.
func TestAPurgeThatFailsIsMadeUpFor(t *testing.T) {
	for n := 1; ; n++ {
		b := newBench(t)
		b.imports(b.settings(b.file("list.csv", fourPeople)))
		b.Gone = func(string, int) bool { return true } // the broken process is gone
		healthy := b.Store
		failing := storetest.Failing(healthy, n)
		b.Store = failing
		_, err := b.purges()
		if failing.Failed() == "" {
			if n < 8 {
				t.Fatalf("a purge makes only %d calls", n)
			}
			break
		}
		b.Store = healthy
		done, again := b.purges()
		if again != nil || err != nil && len(done) != 1 && failing.Failed() != "committed" {
			t.Errorf("call %d (%s): %v; then %d runs, %v", n, failing.Failed(), err, len(done), again)
		}
		if done, err := b.purges(); err != nil || len(done) > 0 {
			t.Errorf("call %d (%s): a third time %d runs, %v", n, failing.Failed(), len(done), err)
		}
	}
}
