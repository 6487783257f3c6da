package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

func TestWhyRowsWait(t *testing.T) {
	line := func(n int, o provision.Outcome, why reason.Code) provision.Line {
		return provision.Line{Record: record.Record{Row: n, Place: record.Place{File: "a.csv", Line: n + 1}}, Outcome: o, Reason: why}
	}
	tally := newTally()
	for n, l := range []provision.Line{
		line(1, provision.Rejected, reason.EmailMalformed),
		line(2, provision.Created, reason.NewPerson),
		line(3, provision.Review, reason.LooksLike),
		line(4, provision.Review, reason.Skipped),
		line(5, provision.Rejected, reason.NameNeeded),
		line(6, provision.Rejected, reason.NameNeeded),
		line(7, provision.Rejected, reason.NameNeeded),
		line(8, provision.Rejected, reason.NameNeeded),
		line(9, provision.Pending, ""),
	} {
		if err := tally.count(&l); err != nil {
			t.Fatal(n, err)
		}
	}
	said := func(lists ...provision.ListInfo) []string {
		var all []string
		for _, step := range Whys(provision.Summary{Waiting: tally.waiting(), Lists: lists}) {
			all = append(all, strings.Join(StepLines(step, 0), "\n"))
		}
		return all
	}
	meant := func(code reason.Code) string { return reason.Of(code).Meaning }
	want := []string{
		"- 1 held: " + meant(reason.LooksLike) + ". See line 4.",
		"- 4 rejected: " + meant(reason.NameNeeded) + ". See line 6, line 7, line 8 and 1 more.",
		"- 1 rejected: " + meant(reason.EmailMalformed) + ". See line 2.",
	}
	if diff := cmp.Diff(want, said(provision.ListInfo{File: "a.csv"})); diff != "" {
		t.Error(diff)
	}
	if got := said(provision.ListInfo{File: "a.csv"}, provision.ListInfo{File: "b.csv"}); !strings.HasSuffix(got[0], "See line 4 of a.csv.") {
		t.Error(got[0])
	}
}

// However much is wrong in however many ways, what is said fits a page.
func TestWhysAreFew(t *testing.T) {
	tally := newTally()
	for i, e := range reason.All()[:30] {
		l := provision.Line{Record: record.Record{Row: i + 1, Place: record.Place{File: "a.csv", Line: i + 2}},
			Outcome: provision.Rejected, Reason: e.Code}
		if err := tally.count(&l); err != nil {
			t.Fatal(err)
		}
	}
	whys := Whys(provision.Summary{Waiting: tally.waiting()})
	if last := whys[len(whys)-1].Text; len(whys) != whysShown+1 || last != fmt.Sprintf("%d for other reasons, which the report has.", 30-whysShown) {
		t.Errorf("%d, %s", len(whys), last)
	}
}
