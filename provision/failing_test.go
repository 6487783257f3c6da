package provision_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/store/storetest"
)

// A database that fails at any one call, once or for good, leaves no orphan,
// no double and no row unreported: the same command afterwards ends as if
// nothing had happened.
func TestEveryCallMayFail(t *testing.T) {
	want := []string{"2 created new_person link:issued", "3 created new_person link:issued", "4 merged same_person into 2", "5 rejected name_needed"}
	for _, forever := range []bool{false, true} {
		for n := 1; ; n++ {
			b := newBench(t)
			s := b.settings(b.file("list.csv", fourPeople))
			b.Gone = func(string, int) bool { return true } // the broken process is gone
			healthy := b.Store
			failing := storetest.Failing(healthy, n)
			failing.Forever = forever
			b.Store = failing
			_, err := b.Import(t.Context(), s, yes)
			if failing.Failed() == "" {
				if n < 15 {
					t.Fatalf("an import makes only %d calls", n)
				}
				break
			}
			name := fmt.Sprintf("call %d (%s), forever %v", n, failing.Failed(), forever)
			told := b.told()
			b.Store = healthy
			if err != nil {
				b.imports(s)
				told = b.told()
			}
			if diff := cmp.Diff(want, told); diff != "" {
				t.Errorf("%s: -want +got:\n%s", name, diff)
			}
			links := b.links()
			b.imports(s)
			if diff := cmp.Diff(links, b.links()); diff != "" || len(links) != 2 {
				t.Errorf("%s: links changed (-before +after):\n%s", name, diff)
			}
			for _, l := range b.lines[:2] {
				if l.Outcome != provision.Unchanged {
					t.Errorf("%s: afterwards %v", name, b.told())
				}
			}
		}
	}
}

// A missing grant is no row's fault: the run stops, and goes on once it is there.
func TestMissingGrantFailsNoRow(t *testing.T) {
	for n := 1; n < 50; n++ {
		b := newBench(t)
		s := b.settings(b.file("list.csv", fourPeople))
		b.Gone = func(string, int) bool { return true }
		healthy := b.Store
		failing := storetest.Failing(healthy, n)
		failing.Err = provision.ErrDenied
		b.Store = failing
		_, err := b.Import(t.Context(), s, yes)
		if failing.Failed() != "Tx.Apply" {
			continue
		}
		if !errors.Is(err, provision.ErrDenied) {
			t.Error(err)
		}
		b.Store = healthy
		if sum := b.imports(s); sum.Outcomes[provision.Created] != 2 || sum.Outcomes[provision.Failed] != 0 {
			t.Errorf("%+v", sum.Outcomes)
		}
		return
	}
	t.Error("an import wrote nothing")
}
