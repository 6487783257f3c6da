package provision_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/directory"
)

const fourPeople = `Name,Email,Instagram
Ana Lima,ana@example.com,ana.sample
Ben Okafor,ben@example.com,
Ana Lima,ana@example.com,ana.sample
,nameless@example.com,
`

func TestImportTwiceKeepsAccountsAndLinks(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", fourPeople))
	first := b.imports(s)
	want := []string{"2 created new_person link:issued", "3 created new_person link:issued", "4 merged same_person into 2", "5 rejected name_needed"}
	if diff := cmp.Diff(want, b.told()); diff != "" {
		t.Fatalf("first import (-want +got):\n%s", diff)
	}
	if first.ExitCode != provision.ExitPartial || first.Rows != 4 {
		t.Errorf("summary: %+v", first)
	}
	links := b.links()

	b.imports(s)
	want = []string{"2 unchanged nothing_new link:kept", "3 unchanged nothing_new link:kept", "4 merged same_person into 2", "5 rejected name_needed"}
	if diff := cmp.Diff(want, b.told()); diff != "" {
		t.Errorf("second import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(links, b.links()); diff != "" {
		t.Errorf("links changed (-first +second):\n%s", diff)
	}
}

func TestDecliningWritesNothing(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", fourPeople))
	_, err := b.Import(t.Context(), s, func(provision.PlanSummary) (bool, error) { return false, nil })
	if !errors.Is(err, provision.ErrDeclined) {
		t.Fatalf("error %v, want ErrDeclined", err)
	}
	b.imports(s)
	if b.lines[0].Outcome != provision.Created {
		t.Errorf("after declining: %v", b.told())
	}
}

func failingReport(err error) reportFunc {
	return func(context.Context, string, iter.Seq2[provision.Line, error], provision.Summary, provision.Rendering) (provision.Summary, error) {
		return provision.Summary{}, err
	}
}

// A run that was interrupted half-way is not closed by a no.
func TestDecliningToGoOnLeavesTheRunOpen(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", fourPeople))
	var runs []provision.RunStarted
	b.Tell = func(e provision.Event) {
		if started, ok := e.(provision.RunStarted); ok {
			runs = append(runs, started)
		}
	}
	render, full := b.Report, errors.New("the disk is full")
	b.Report = failingReport(full)
	if _, err := b.Import(t.Context(), s, yes); !errors.Is(err, full) {
		t.Fatalf("error %v, want that of the report", err)
	}
	b.Report = render
	_, err := b.Import(t.Context(), s, func(p provision.PlanSummary) (bool, error) {
		if p.Done != 4 {
			t.Errorf("%d rows are done, want 4", p.Done)
		}
		return false, nil
	})
	if !errors.Is(err, provision.ErrLeftOpen) || !errors.Is(err, provision.ErrDeclined) {
		t.Fatalf("error %v, want ErrLeftOpen", err)
	}
	b.imports(s)
	want := []provision.RunStarted{{Run: runs[0].Run, Out: runs[0].Out}, {Run: runs[0].Run, Out: runs[0].Out, Resumed: true}, {Run: runs[0].Run, Out: runs[0].Out, Resumed: true}}
	if diff := cmp.Diff(want, runs); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	if b.lines[0].Outcome != provision.Created {
		t.Errorf("in the end: %v", b.told())
	}
}

// A plan counts rows, like the report of its run, and for the same reasons.
func TestPlanCountsLikeItsReport(t *testing.T) {
	b := newBench(t)
	if _, err := directory.Load(t.Context(), b.Engine, "../fixtures/directory.csv", provision.Terms{}); err != nil {
		t.Fatal(err)
	}
	var planned provision.PlanSummary
	summary, err := b.Import(t.Context(), b.settings("../fixtures/creators.csv"), func(s provision.PlanSummary) (bool, error) { planned = s; return true, nil })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(planned.Reasons, summary.Reasons); diff != "" {
		t.Errorf("reasons (-plan +report):\n%s", diff)
	}
	if planned.People >= planned.Rows || planned.Reasons[reason.SharedAddress] != 2 {
		t.Errorf("the plan: %+v", planned)
	}
}
