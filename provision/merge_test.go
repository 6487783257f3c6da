package provision_test

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
	"muster/provision/run"
)

// A run that joined two accounts and was killed before its report goes on when
// the same command comes again, though one of the two can no longer be named.
func TestAMergeThatWasInterruptedGoesOn(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", "Name,Email\nAnn Lee,ann@example.com\nAnn L,ann.lee@example.net\n"))
	b.imports(s)
	terms := provision.Terms{Invite: dedupe.InviteNone}
	sc, err := b.Engine.Oversight(t.Context(), terms)
	if err != nil {
		t.Fatal(err)
	}
	two := []pick.Target{target(t, "ann@example.com"), target(t, "ann.lee@example.net")}
	p, err := accounts.Find(t.Context(), b.Engine, sc, two[0], two[1])
	if err != nil {
		t.Fatal(err)
	}
	ending := run.Ending{Out: filepath.Join(b.dir, "merged")}
	source := pick.Pair{Typed: "accounts merge TARGET…", Asks: two, People: []pick.Person{p.Stays.Person, p.Goes.Person}}
	reports := b.Report
	b.Report = func(context.Context, string, iter.Seq2[provision.Line, error], provision.Summary, provision.Rendering) (provision.Summary, error) {
		return provision.Summary{}, errors.New("the disk is full")
	}
	if _, err := pick.RunFrom(t.Context(), b.Engine, sc, accounts.Merge{Gone: p.Goes.Person}, source, ending); err == nil {
		t.Fatal("a run without a report has ended")
	}
	b.Report = reports
	if _, err := accounts.Find(t.Context(), b.Engine, sc, two[0], two[1]); err == nil {
		t.Fatal("both are there after they were joined")
	}
	again := pick.Pair{Typed: source.Typed, Asks: two}
	if goesOn, err := pick.Resumes(t.Context(), b.Engine, sc, accounts.Merge{}, again); err != nil || !goesOn {
		t.Fatalf("it does not go on: %v", err)
	}
	summary, err := pick.RunFrom(t.Context(), b.Engine, sc, accounts.Merge{}, again, ending)
	if err != nil || summary.Outcomes[provision.Updated] != 1 || summary.Outcomes[provision.Merged] != 1 {
		t.Fatalf("%+v %v", summary.Outcomes, err)
	}
	if goesOn, err := pick.Resumes(t.Context(), b.Engine, sc, accounts.Merge{}, again); err != nil || goesOn {
		t.Errorf("it goes on for ever: %v", err)
	}
}

func target(t *testing.T, address string) pick.Target {
	t.Helper()
	email, _, err := identity.ParseEmail(address)
	if err != nil {
		t.Fatal(err)
	}
	return pick.Target{Email: email}
}
