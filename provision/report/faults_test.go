package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/plan"
	"muster/provision/run"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// recordFiles are those that nothing may keep back.
var recordFiles = []string{LinksFile, RowsFile, SummaryFile}

// A fault breaks one file of a report at one of its steps.
type fault struct {
	file, step string // "line", "finish", "panic", "commit"
}

func (f fault) String() string { return f.file + " at " + f.step }

var errBroken = errors.New("broken for the test")

// faulty is a file that breaks.
type faulty struct {
	sink
	step string
}

func (f faulty) line(v *view) error {
	if f.step == "line" {
		return errBroken
	}
	return f.sink.line(v)
}

func (f faulty) finish(s provision.Summary) error {
	switch f.step {
	case "finish":
		return errBroken
	case "panic":
		panic(errBroken)
	}
	return f.sink.finish(s)
}

// options break the file of the fault.
func (f fault) options() Options {
	return Options{around: func(file string, s sink) sink {
		if file == f.file {
			return faulty{s, f.step}
		}
		return s
	}}
}

// faults are every way in which every file for people breaks.
func faults(files ...string) []fault {
	var all []fault
	for _, file := range files {
		for _, step := range []string{"line", "finish", "panic", "commit"} {
			all = append(all, fault{file, step})
		}
	}
	return all
}

// obstruct puts something into the way of a file's name.
func obstruct(t *testing.T, dir, name string) {
	t.Helper()
	if err := errors.Join(Prepare(dir), os.MkdirAll(filepath.Join(dir, name, "in the way"), 0o700)); err != nil {
		t.Fatal(err)
	}
}

// Whatever becomes of one file for people, the record is whole and the others
// are there; the summary says what is missing, and the next report has it.
func TestOneBrokenFileKeepsNothingElseBack(t *testing.T) {
	whole, _ := writeSample(t)
	for _, f := range faults(ReportFile, WebpageFile, WorkbookFile, RejectedFile+" and "+RejectedBook, LinksBook) {
		t.Run(f.String(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "run")
			broken := strings.Split(f.file, " and ")
			if f.step == "commit" {
				obstruct(t, dir, broken[0])
			}
			s, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), f.options())
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Undrawn) != 1 || s.Undrawn[0].File != f.file || s.Undrawn[0].Reason != reason.NotDrawn || s.Undrawn[0].Error == "" {
				t.Errorf("undrawn: %+v", s.Undrawn)
			}
			for _, name := range sampleFiles {
				if slices.Contains(broken, name) || name == SummaryFile || name == WorkbookFile || name == WebpageFile { // these say what is missing
					continue
				}
				want, _ := os.ReadFile(filepath.Join(whole, name))
				if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || filepath.Ext(name) != ".xlsx" && string(got) != string(want) {
					t.Errorf("%s is not what it is without the fault: %v", name, err)
				}
			}
			if got := readSummary(t, dir); !slices.Equal(got.Undrawn, s.Undrawn) || got.Rows != 15 {
				t.Errorf("summary.json: %+v", got)
			}
			if err := os.RemoveAll(filepath.Join(dir, broken[0])); err != nil {
				t.Fatal(err)
			}
			if s, err = Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{}); err != nil || len(s.Undrawn) > 0 {
				t.Errorf("afterwards: %+v, %v", s.Undrawn, err)
			}
			if got := names(t, dir); !slices.Equal(got, sampleFiles) {
				t.Errorf("afterwards there are %q", got)
			}
		})
	}
}

func readSummary(t *testing.T, dir string) (s provision.Summary) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, SummaryFile))
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The record has its names before anything is drawn, and its summary says what
// is still missing, should muster end then.
func TestRecordComesFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	seen := false
	watch := func(_ string, s sink) sink {
		if _, first := s.(*linksBook); !first {
			return s
		}
		return watched{s, func() {
			seen = true
			want := append([]string{marker}, recordFiles...)
			got := slices.DeleteFunc(names(t, dir), func(name string) bool { return strings.HasPrefix(name, tempPrefix) })
			if slices.Sort(want); !slices.Equal(got, want) {
				t.Errorf("when the drawing begins there are %q, want %q", got, want)
			}
			missing := readSummary(t, dir).Undrawn
			if len(missing) < 3 || missing[0].Error != errNotReached.Error() {
				t.Errorf("summary.json says %+v", missing)
			}
		}}
	}
	s, lines := sampleSummary(), sampleLines()
	if _, err := Write(t.Context(), dir, seq(lines), s, Options{around: watch}); err != nil || !seen {
		t.Errorf("%v, looked: %v", err, seen)
	}
}

// watched is a file that tells when its drawing begins.
type watched struct {
	sink
	tell func()
}

func (w watched) finish(s provision.Summary) error {
	w.tell()
	return w.sink.finish(s)
}

// Where the disk has no room for the record beside the other files, those go.
func TestRecordTakesTheRoomOfTheDrawings(t *testing.T) {
	whole, _ := writeSample(t)
	dir := filepath.Join(t.TempDir(), "run")
	reads := 0
	lines := func(yield func(provision.Line, error) bool) {
		reads++
		seq(sampleLines())(yield)
	}
	full := func(file string, s sink) sink {
		if file == RowsFile && reads == 0 {
			return failing{s, syscall.ENOSPC}
		}
		return s
	}
	s, err := Write(t.Context(), dir, lines, sampleSummary(), Options{around: full})
	if err != nil || reads != 2 {
		t.Fatalf("read %d times, %v", reads, err)
	}
	for _, name := range []string{RowsFile, LinksFile} {
		want, _ := os.ReadFile(filepath.Join(whole, name))
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.Undrawn) < 3 || !strings.Contains(s.Undrawn[0].Error, "no space left") {
		t.Errorf("undrawn: %+v", s.Undrawn)
	}
}

// failing is a file that cannot be ended.
type failing struct {
	sink
	err error
}

func (f failing) finish(provision.Summary) error { return f.err }

// A record that cannot be written fails the report, says so, and leaves an
// earlier report as it was.
func TestBrokenRecord(t *testing.T) {
	for _, f := range []fault{{RowsFile, "line"}, {RowsFile, "finish"}, {LinksFile, "line"}, {LinksFile, "finish"}} {
		t.Run(f.String(), func(t *testing.T) {
			dir, _ := writeSample(t)
			before, _ := os.ReadFile(filepath.Join(dir, SummaryFile))
			_, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), f.options())
			if !errors.Is(err, errBroken) {
				t.Fatalf("got %v", err)
			}
			if after, _ := os.ReadFile(filepath.Join(dir, SummaryFile)); string(after) != string(before) {
				t.Error("the earlier report was touched")
			}
			if got := names(t, dir); !slices.Equal(got, sampleFiles) {
				t.Errorf("left in the folder: %q", got)
			}
		})
	}
}

// An import whose files break one after the other, on both databases: accounts
// exist, the record is whole, and the same command hands out the same links.
func TestImportsWithBrokenFiles(t *testing.T) {
	for engine, open := range map[string]func(*testing.T) *store.Store{
		"sqlite":   func(t *testing.T) *store.Store { return storetest.Open(t, storetest.SQLite(t)) },
		"postgres": func(t *testing.T) *store.Store { return storetest.Open(t, storetest.Postgres(t)) },
	} {
		t.Run(engine, func(t *testing.T) { importBroken(t, open(t)) })
	}
}

const brokenList = `Name,Email,Instagram,Kind
Ann Example,ann@example.com,@ann.example,
Bob Example,bob@,@bob.example,
Cem One,cem@example.com,@cem.one,creator
Cem Two,cem@example.com,@cem.two,client
`

func importBroken(t *testing.T, db *store.Store) {
	e := engineOn(t, db)
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte(brokenList), 0o600); err != nil {
		t.Fatal(err)
	}
	var url string
	for i, f := range faults(ReportFile, WebpageFile, WorkbookFile, RejectedFile, ReviewFile, LinksBook) {
		if i%4 != i/4%4 { // each file one way; TestOneBrokenFileKeepsNothingElseBack has the others
			continue
		}
		dir := filepath.Join(t.TempDir(), "run")
		if f.step == "commit" {
			obstruct(t, dir, f.file)
		}
		e.Folders = faultyFolders{fault: f}
		s, err := run.Import(t.Context(), e, plan.Settings{Lists: []string{list}}, run.Ending{Out: dir})
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if s.ExitCode != provision.ExitPartial || len(s.Undrawn) != 1 || s.Undrawn[0].File != f.file {
			t.Errorf("%s: exit code %d, undrawn %+v", f, s.ExitCode, s.Undrawn)
		}
		run, err := db.Run(t.Context(), s.Run)
		if err != nil || run.FinishedAt.IsZero() {
			t.Errorf("%s: the run is not finished, %v", f, err)
		}
		text, _ := os.ReadFile(filepath.Join(dir, LinksFile))
		links := strings.Split(string(text), "\n")
		if len(links) != 3 || url != "" && !strings.Contains(links[1], url) {
			t.Errorf("%s: links.csv is %q, want the link %s", f, text, url)
			continue
		}
		url = strings.Split(links[1], `"`)[7]
		rows, _ := os.ReadFile(filepath.Join(dir, RowsFile))
		if n := strings.Count(string(rows), "\n"); n != 4 {
			t.Errorf("%s: rows.jsonl has %d rows", f, n)
		}
		if diff := cmp.Diff(s.Undrawn, readSummary(t, dir).Undrawn); diff != "" {
			t.Errorf("%s: summary.json: %s", f, diff)
		}
	}
	if !strings.HasPrefix(url, "https://claim.example.com/c/") {
		t.Errorf("the link is %q", url)
	}
}

// faultyFolders are folders whose reports have a fault.
type faultyFolders struct {
	Folders
	fault fault
}

func (f faultyFolders) Write(
	ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering,
) (provision.Summary, error) {
	o := f.fault.options()
	o.Rendering = r
	return Write(ctx, dir, lines, s, o)
}

// engineOn is an engine on a database of first use.
func engineOn(t *testing.T, db provision.Store) *provision.Engine {
	t.Helper()
	e := &provision.Engine{
		Store: db, Links: textLinks{}, Folders: Folders{}, Tell: func(provision.Event) {}, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Now: time.Now, Workers: 1, Program: "test", Host: "here", PID: 1, Gone: func(string, int) bool { return false },
	}
	if _, err := directory.FirstUse(t.Context(), e, "", "https://claim.example.com"); err != nil {
		t.Fatal(err)
	}
	return e
}

// textLinks makes links whose text says what they were made from.
type textLinks struct{ provision.LinkMaker }

func (textLinks) NewLink() (id, keyID string, err error) {
	return strings.ReplaceAll(uuid.NewString(), "-", ""), "00000001", nil
}
func (textLinks) URL(l provision.LinkRow) (string, error) {
	return fmt.Sprintf("%s/c/%s", l.Audience, l.ID), nil
}
func (textLinks) Seal(digest string) string       { return "sealed " + digest }
func (textLinks) Sealed(digest, seal string) bool { return seal == "sealed "+digest }
func (textLinks) Mark(k identity.Key, organization string) string {
	return "00000001-" + k.Space + organization
}
func (textLinks) Checks() map[string]string { return map[string]string{"00000001": "check"} }
