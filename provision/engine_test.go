package provision_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/plan"
	"muster/provision/report"
	"muster/provision/review"
	"muster/provision/run"
	"muster/provision/store/storetest"
)

// fakeLinks makes links whose text says what they were made from.
type fakeLinks struct{}

func (f *fakeLinks) NewLink() (id, keyID string, err error) {
	id = uuid.New().String()
	return strings.ReplaceAll(id, "-", ""), "00000001", nil
}

func (f *fakeLinks) URL(l provision.LinkRow) (string, error) {
	return fmt.Sprintf("%s/c/%s-%d-%d-%s", l.Audience, l.ID, l.Epoch, l.ExpiresAt.Unix(), l.Email), nil
}

func (f *fakeLinks) Mark(k identity.Key, organization string) string {
	return hex.EncodeToString([]byte(organization + k.Space + k.Value))
}

func (f *fakeLinks) Marks(k identity.Key, organization string) []string {
	return []string{f.Mark(k, organization), "retired " + f.Mark(k, organization)}
}

func (f *fakeLinks) Seal(digest string) string       { return "sealed " + digest }
func (f *fakeLinks) Sealed(digest, seal string) bool { return seal == f.Seal(digest) }

func (f *fakeLinks) Checks() map[string]string { return map[string]string{"00000001": "check"} }

// bench is a database, an engine on it, and what its last report said.
type bench struct {
	*provision.Engine
	t     *testing.T
	dir   string
	lines []provision.Line

	Report reportFunc // writes the reports of the bench
}

type reportFunc func(context.Context, string, iter.Seq2[provision.Line, error], provision.Summary, provision.Rendering) (provision.Summary, error)

// folders are those of reports, but for what is written there.
type folders struct {
	report.Folders
	b *bench
}

func (f folders) Prepare(dir string) error { return os.MkdirAll(dir, 0o700) }

func (f folders) Write(
	ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering,
) (provision.Summary, error) {
	return f.b.Report(ctx, dir, lines, s, r)
}

func newBench(t *testing.T) *bench {
	t.Helper()
	path := storetest.SQLite(t)
	return benchOn(t, storetest.Open(t, path), filepath.Dir(path))
}

func benchOn(t *testing.T, s provision.Store, dir string) *bench {
	t.Helper()
	b := &bench{t: t, dir: dir}
	b.Engine = &provision.Engine{
		Store: s, Links: &fakeLinks{}, Tell: func(provision.Event) {}, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Now: time.Now, Workers: 1, Program: "test", User: "tester", Host: "here", PID: 1, Gone: func(string, int) bool { return false }, Folders: folders{b: b},
	}
	b.Report = func(_ context.Context, _ string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering) (provision.Summary, error) {
		b.lines, s.Outcomes, s.Reasons = nil, map[provision.Outcome]int{}, map[reason.Code]int{}
		for l, err := range lines {
			if err != nil {
				return s, err
			}
			b.lines = append(b.lines, l)
			s.Outcomes[l.Outcome]++
			s.Reasons[l.Reason]++
		}
		return r.Finish(s)
	}
	if _, err := directory.FirstUse(t.Context(), b.Engine, "", ""); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) file(name, text string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// asked is what a test asks of a run.
type asked struct {
	plan.Settings
	run.Ending
}

func (b *bench) settings(lists ...string) asked {
	return asked{plan.Settings{Lists: lists}, run.Ending{Out: filepath.Join(b.dir, "out")}}
}

type confirm = func(provision.PlanSummary) (bool, error)

// Import imports what is asked for, if confirm agrees.
func (b *bench) Import(ctx context.Context, s asked, agrees confirm) (provision.Summary, error) {
	s.Confirm = agrees
	return run.Import(ctx, b.Engine, s.Settings, s.Ending)
}

// Apply applies a saved plan.
func (b *bench) Apply(ctx context.Context, path string, s asked) (provision.Summary, error) {
	return run.Apply(ctx, b.Engine, path, s.Ending)
}

// reviewed is what a test asks of a review.
type reviewed struct{ Operator, Out string }

// ApplyReview applies a review, if confirm agrees.
func (b *bench) ApplyReview(ctx context.Context, a review.Answers, s reviewed, agrees confirm) (provision.Summary, error) {
	return review.Apply(ctx, b.Engine, a, s.Operator, run.Ending{Out: s.Out, Confirm: agrees})
}

func yes(provision.PlanSummary) (bool, error) { return true, nil }

func (b *bench) imports(s asked) provision.Summary {
	b.t.Helper()
	summary, err := b.Import(b.t.Context(), s, yes)
	if err != nil {
		b.t.Fatal(err)
	}
	return summary
}

// told says what became of each row, in a line.
func (b *bench) told() []string {
	var all []string
	for _, l := range b.lines {
		text := fmt.Sprintf("%d %s %s", l.Line, l.Outcome, l.Reason)
		if l.MergedInto != nil {
			text += fmt.Sprintf(" into %d", l.MergedInto.Line)
		}
		if l.Link != nil {
			text += " link:" + string(l.Link.State)
		}
		all = append(all, text)
	}
	return all
}

func (b *bench) links() map[int]string {
	all := map[int]string{}
	for _, l := range b.lines {
		if l.Link != nil && l.Link.URL != "" {
			all[l.Line] = l.Link.URL
		}
	}
	return all
}
