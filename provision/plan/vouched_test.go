package plan

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"muster/importer/record"
	"muster/provision"
)

// here is a database with one organization, and runs of some fingerprints.
type here struct {
	provision.Store
	organization string
	runs         []string
}

func (here) Database(context.Context) (string, error) { return "here", nil }

func (h here) Organizations(context.Context) ([]provision.Organization, error) {
	return []provision.Organization{{ID: h.organization, Slug: "team"}}, nil
}

func (h here) Runs(context.Context, string, int) (runs []provision.Run, err error) {
	for _, fingerprint := range h.runs {
		runs = append(runs, provision.Run{Fingerprint: fingerprint})
	}
	return runs, nil
}

func (h here) RunsOf(_ context.Context, _, fingerprint string) (runs []provision.Run, err error) {
	for _, f := range h.runs {
		if f == fingerprint {
			runs = append(runs, provision.Run{Fingerprint: f})
		}
	}
	return runs, nil
}

// keysNamed are the keys of a database.
type keysNamed struct {
	provision.LinkMaker
	name string
}

func (k keysNamed) Seal(digest string) string       { return k.name + digest }
func (k keysNamed) Sealed(digest, seal string) bool { return seal == k.name+digest }

// Who may change a plan has not got the keys: nothing is applied of what they made of
// it, and nobody is asked to decide about it.
func TestNobodyVouchesForAPlanOfOthers(t *testing.T) {
	ours := keysNamed{name: "ours"}
	for name, test := range map[string]struct {
		database string
		by       provision.LinkMaker
		store    here
		applied  bool // the runs are those of the plan
		holds    bool
	}{
		"sealed here":                       {"here", ours, here{organization: "o"}, false, true},
		"sealed by others":                  {"here", keysNamed{name: "theirs"}, here{organization: "o"}, false, false},
		"without a seal":                    {"here", nil, here{organization: "o"}, false, false},
		"of another database":               {"there", ours, here{organization: "o"}, false, false},
		"of before the database":            {provision.NewDatabase, nil, here{organization: provision.FirstUseID}, false, true},
		"the first that was applied":        {provision.NewDatabase, nil, here{organization: provision.FirstUseID, runs: []string{"import"}}, true, true},
		"of before, and others have been":   {provision.NewDatabase, nil, here{organization: provision.FirstUseID, runs: []string{"import"}}, false, false},
		"of before, of an organization":     {provision.NewDatabase, nil, here{organization: "o"}, false, false},
		"of before, in another with a seal": {provision.NewDatabase, ours, here{organization: "o"}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), File)
			w, err := NewWriter(path, provision.PlanHeader{Binding: provision.Binding{Database: test.database, Organization: "team"}})
			if err != nil {
				t.Fatal(err)
			}
			defer w.Discard()
			if err := w.Row(record.Record{Row: 1}); err != nil {
				t.Fatal(err)
			}
			p, err := w.Close(test.by)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			if test.applied {
				test.store.runs = append(test.store.runs, p.ApplyFingerprint())
			}
			e := &provision.Engine{Store: test.store, Links: ours}
			var stale *provision.StalePlanError
			if err := p.Vouched(t.Context(), e); errors.As(err, &stale) == test.holds {
				t.Errorf("it holds is %v: %v", test.holds, err)
			}
			if _, err := Held(t.Context(), e, path, HeldSettings{}); errors.As(err, &stale) == test.holds {
				t.Errorf("it is shown is %v: %v", test.holds, err)
			}
		})
	}
}
