package plan

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"muster/importer/failure"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// largePlan is a plan of so many rows and steps, without a seal.
func largePlan(t *testing.T, rows int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), File)
	w, err := NewWriter(path, provision.PlanHeader{Program: "muster"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for row := 1; row <= rows; row++ {
		if err := w.Row(record.Record{Row: row, Name: "Ann Example " + strconv.Itoa(row)}); err != nil {
			t.Fatal(err)
		}
	}
	for row := 1; row <= rows; row++ {
		verdict := change.Verdict{Outcome: provision.Created, Reason: "new_person"}
		if err := w.Step(change.Step{Rows: []int{row}, First: verdict, Changes: change.Changes{change.Create{}}}); err != nil {
			t.Fatal(err)
		}
	}
	made, err := w.Close(nil)
	if err != nil {
		t.Fatal(err)
	}
	made.Close()
	return path
}

// Whatever the summary says is part of what is sealed: some of it is believed by
// whoever applies the plan.
func TestASummaryThatWasChangedIsFoundOut(t *testing.T) {
	text, err := os.ReadFile(largePlan(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"what it does is counted otherwise":   {`"created":3`, `"created":2`},
		"it is of a command that has no rows": {`"people":3`, `"people":3,"command":"links issue"`},
		"its lists are complete":              {`"lists":null`, `"lists":null,"source":{"name":"hr","complete":true}`},
		"a guard trips":                       {`"lists":null`, `"guards":[{"guard":"creations","count":3,"of":3}],"lists":null`},
	} {
		edited := filepath.Join(t.TempDir(), File)
		changed := bytes.Replace(text, []byte(edit[0]), []byte(edit[1]), 1)
		if bytes.Equal(changed, text) {
			t.Fatalf("%s: %s is not in the plan", name, edit[0])
		}
		if err := os.WriteFile(edited, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if p, err := Open(edited); err == nil {
			t.Errorf("%s: nobody notices", name)
			p.Close()
		} else if !strings.Contains(err.Error(), "was changed after it was made") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A plan is looked at once, and carried out for as long as that takes: what somebody
// writes into its file meanwhile is not carried out.
func TestAPlanThatIsWrittenOverWhileItIsUsed(t *testing.T) {
	const rows = 2000
	path := largePlan(t, rows)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	count := func() (steps int, err error) {
		for _, err := range p.Steps() {
			if err != nil {
				return steps, err
			}
			steps++
		}
		return steps, nil
	}
	if steps, err := count(); steps != rows || err != nil {
		t.Fatalf("of %d steps %d are read: %v", rows, steps, err)
	}
	for row := 1; row <= rows; row += 333 {
		if r, err := p.Row(row); err != nil || r.Row != row {
			t.Errorf("row %d is read as %d, %v", row, r.Row, err)
		}
	}
	last := bytes.LastIndex(text, []byte(`"new_person"`))
	for name, changed := range map[string][]byte{
		"as long as before": append(bytes.Clone(text[:last]), bytes.Replace(text[last:], []byte("new"), []byte("old"), 1)...),
		"shorter":           text[:last],
	} {
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		steps, err := count()
		if told := failure.Find(err); told == nil || !strings.Contains(err.Error(), "somebody wrote into the plan") {
			t.Errorf("%s: after %d steps: %v", name, steps, err)
		}
		if r, err := p.Row(1); err != nil || r.Row != 1 {
			t.Errorf("%s: what nobody touched is not read: %v", name, err)
		}
	}
}

// Nobody knows who wrote a file that is called a plan: a line of it takes no memory
// before that is known.
func TestALineWithoutEnd(t *testing.T) {
	header, _, _ := strings.Cut(string(samplePlan(t)), "\n")
	const kept = 6 * longestKept >> 20 // a slice that grows takes as much on its way
	for name, line := range map[string]struct {
		begins string
		most   uint64 // MB
	}{
		"is no header":  {"{", 1},
		"is a header":   {planLine, kept},
		"is a row":      {header + "\n" + rowLine, 4},
		"is a summary":  {header + "\n" + summaryLine, kept},
		"means nothing": {header + "\n", 1},
	} {
		path := filepath.Join(t.TempDir(), File)
		if err := os.WriteFile(path, []byte(line.begins), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, 3*longestKept); err != nil { // a hole, which takes no place
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := Open(path)
		runtime.ReadMemStats(&after)
		if err == nil {
			p.Close()
			t.Errorf("a line that %s: no error", name)
		}
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > line.most {
			t.Errorf("a line that %s took %d MB", name, took)
		}
	}
}

// Nobody is kept waiting by what is no file.
func TestWhatIsNoFileIsNoPlan(t *testing.T) {
	for _, path := range []string{t.TempDir(), os.DevNull} {
		var none *provision.PlanFileError
		if _, err := Open(path); !errors.As(err, &none) || !strings.Contains(none.Msg, "no file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
