package provision_test

import (
	"errors"
	"path/filepath"
	"testing"

	"muster/provision"
)

// Nobody is kept waiting by a question that somebody has left open; and what was said
// yes to is not done where another run was at work meanwhile.
func TestAQuestionKeepsNobodyWaiting(t *testing.T) {
	b := newBench(t)
	ours, theirs := b.settings(b.file("ours.csv", "Name,Email\nAnn Lee,ann@example.com\n")), b.settings(b.file("theirs.csv", "Name,Email\nBob Ray,bob@example.com\n"))
	ours.Asks = true
	theirs.Out = filepath.Join(b.dir, "theirs")
	disturbed := func(provision.PlanSummary) (bool, error) {
		b.imports(theirs)
		return true, nil
	}
	if _, err := b.Import(t.Context(), ours, disturbed); !errors.Is(err, provision.ErrMeddled) {
		t.Fatalf("another run was at work meanwhile: %v", err)
	}
	summary, err := b.Import(t.Context(), ours, yes)
	if err != nil || summary.Outcomes[provision.Created] != 1 {
		t.Errorf("undisturbed: %v %v", summary.Outcomes, err)
	}
}
