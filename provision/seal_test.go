package provision_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"muster/provision"
	"muster/provision/plan"
)

// Whoever edits a plan and computes its digest anew still cannot have it
// applied: only the keys can vouch for it.
func TestAnAlteredPlanIsRefused(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(b.dir, "plan.jsonl")
	s := b.settings(b.file("list.csv", fourPeople))
	b.imports(b.settings(b.file("other.csv", "Name,Email\nCy Dane,cy@example.com\n"))) // the database is not new any more
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	b.alters(path, `"role":"member"`, `"role":"administrator"`)
	plan, err := plan.Open(path)
	if err != nil {
		t.Fatalf("the digest was to be right: %v", err)
	}
	plan.Close()
	var stale *provision.StalePlanError
	if _, err := b.Apply(t.Context(), path, s); !errors.As(err, &stale) {
		t.Errorf("error %v, want the plan refused", err)
	}
}

// A link planted where the plan goes is not followed.
func TestAPlanDoesNotFollowLinks(t *testing.T) {
	b := newBench(t)
	victim := b.file("victim", "precious")
	path := filepath.Join(b.dir, "plan.jsonl")
	for _, name := range []string{path + ".part", path + ".part.decisions"} {
		if err := os.Symlink(victim, name); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := plan.Make(t.Context(), b.Engine, b.settings(b.file("list.csv", fourPeople)).Settings, path); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "precious" {
		t.Errorf("the victim holds %q, %v", text, err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the plan has mode %v, %v", info.Mode(), err)
	}
}
