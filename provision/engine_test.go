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
	"muster/provision/store"
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
}

func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Config{URL: filepath.Join(dir, "muster.db"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return benchOn(t, s, dir)
}

func benchOn(t *testing.T, s provision.Store, dir string) *bench {
	t.Helper()
	b := &bench{t: t, dir: dir}
	b.Engine = &provision.Engine{
		Store: s, Links: &fakeLinks{}, Tell: func(provision.Event) {}, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Now: time.Now, Workers: 1, Program: "test", User: "tester", Host: "here", PID: 1, Gone: func(string, int) bool { return false },
		Report: func(_ context.Context, _ string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering) (provision.Summary, error) {
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
		},
	}
	if _, err := b.FirstUse(t.Context(), "", ""); err != nil {
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

func (b *bench) settings(lists ...string) provision.Settings {
	return provision.Settings{Lists: lists, Out: filepath.Join(b.dir, "out")}
}

func yes(provision.PlanSummary) (bool, error) { return true, nil }

func (b *bench) imports(s provision.Settings) provision.Summary {
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
