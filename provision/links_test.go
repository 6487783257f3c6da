package provision_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/run"
)

const onePerson = "name,email\nAnn Example,ann@example.com\n"

// clock lets the time of an engine be set.
func (b *bench) clock(at time.Time) { b.Now = func() time.Time { return at } }

// expiry says when the one link of the last report ends.
func (b *bench) expiry() time.Time {
	b.t.Helper()
	if len(b.lines) != 1 || b.lines[0].Link == nil {
		b.t.Fatalf("no link: %v", b.told())
	}
	return b.lines[0].Link.ExpiresAt.UTC()
}

// stopsBeforeReport makes the next import end after its last transaction and
// before its report, as a crash would.
func (b *bench) stopsBeforeReport(s asked) {
	b.t.Helper()
	whole := b.Report
	b.Report = func(context.Context, string, iter.Seq2[provision.Line, error], provision.Summary, provision.Rendering) (provision.Summary, error) {
		return provision.Summary{}, errors.New("the power is gone")
	}
	if _, err := b.Import(b.t.Context(), s, yes); err == nil {
		b.t.Fatal("it did not stop")
	}
	b.Report = whole
}

func TestALinkLivesFromWhenItIsFirstShown(t *testing.T) {
	issued := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name  string
		crash bool
		ttl   time.Duration
		shown time.Time // by the same command, later
		want  time.Time
	}{
		{name: "the report of the import itself", shown: issued.Add(time.Hour), want: issued.Add(provision.ReportedLife)},
		{name: "a life that was asked for", ttl: time.Hour, shown: issued.Add(time.Minute), want: issued.Add(time.Hour)},
		{name: "a report that only came after a crash", crash: true, shown: issued.Add(48 * time.Hour),
			want: issued.Add(48*time.Hour + provision.ReportedLife)},
		{name: "a report so late that the link would have been over", crash: true, shown: issued.Add(30 * 24 * time.Hour),
			want: issued.Add(30*24*time.Hour + provision.ReportedLife)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			s := b.settings(b.file("list.csv", onePerson))
			s.LinkTTL = tt.ttl
			b.clock(issued)
			if tt.crash {
				b.stopsBeforeReport(s)
			} else {
				b.imports(s)
			}
			b.clock(tt.shown)
			b.imports(s)
			if got := b.expiry(); !got.Equal(tt.want) {
				t.Errorf("it ends %s, want %s", got, tt.want)
			}
			links := b.links()
			b.clock(tt.shown.Add(time.Minute))
			b.imports(s)
			if diff := cmp.Diff(links, b.links()); diff != "" || len(links) != 1 {
				t.Errorf("shown again it is another link (-before +after):\n%s", diff)
			}
		})
	}
}

// A run that is never resumed leaves links that nobody has seen. Whoever shows
// them first, as another list names the same people, starts their life.
func TestALinkThatNobodySawIsNotOver(t *testing.T) {
	issued := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	b := newBench(t)
	b.clock(issued)
	b.stopsBeforeReport(b.settings(b.file("list.csv", onePerson)))
	late := issued.Add(60 * 24 * time.Hour)
	b.clock(late)
	s := b.settings(b.file("another.csv", onePerson+"\n"))
	s.Out += "-2"
	b.imports(s)
	if diff := cmp.Diff([]string{"2 unchanged nothing_new link:kept"}, b.told()); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
	if got := b.expiry(); !got.Equal(late.Add(provision.ReportedLife)) {
		t.Errorf("it ends %s", got)
	}
	b.clock(late.Add(provision.ReportedLife))
	b.imports(s)
	if diff := cmp.Diff([]string{"2 unchanged nothing_new link:expired"}, b.told()); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
}

// A report that shows no links lets none begin to live.
func TestAReportWithoutLinksStartsNone(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", onePerson))
	b.stopsBeforeReport(s)
	last, err := b.Store.Run(t.Context(), provision.LastRun)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Rerender(t.Context(), b.Engine, run.RerenderSettings{Run: last.ID, Out: s.Out + "-2"}); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Store.Ledger(t.Context(), last.ID, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	links, err := b.Store.Links(t.Context(), []string{rows[0].Link})
	if err != nil || len(links) != 1 {
		t.Fatalf("%d links: %v", len(links), err)
	}
	if l := links[0]; !l.GeneratedAt.IsZero() || !l.RevealedAt.IsZero() {
		t.Errorf("it lives since %s, and was seen at %s", l.GeneratedAt, l.RevealedAt)
	}
}
