package report

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// writeSample writes the sample into a folder that is not there yet.
func writeSample(t *testing.T) (dir string, s provision.Summary) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "runs", "sample")
	s, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return dir, s
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

var sampleFiles = []string{marker, LinksFile, LinksBook, RejectedFile, RejectedBook, ReportFile, WebpageFile, WorkbookFile, RowsFile, SummaryFile}

// nextLines is what is to be done next, a step a line.
func nextLines(s provision.Summary) string {
	var lines []string
	for _, step := range Next(s) {
		lines = append(lines, StepLines(step, 0)...)
	}
	return strings.Join(lines, "\n")
}

func TestFilesOfTheSample(t *testing.T) {
	dir, s := writeSample(t)
	if got := names(t, dir); !slices.Equal(got, sampleFiles) {
		t.Errorf("files %q", got)
	}
	for _, name := range []string{RowsFile, SummaryFile, ReportFile, LinksFile, RejectedFile} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, string(text))
	}
	golden(t, "table.txt", Table(s, 0)+"\n\n"+nextLines(s)+"\n")
	for _, name := range append(sampleFiles, ".") {
		want := os.FileMode(0o600)
		if name == "." {
			want = 0o700
		}
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
	}
}

func TestNextTellsHeldRowsFromThoseLeftOut(t *testing.T) {
	s := provision.Summary{Run: "r", Outcomes: map[provision.Outcome]int{provision.Review: 3}, Reasons: map[reason.Code]int{reason.Skipped: 2}}
	got := nextLines(s)
	if !strings.HasPrefix(got, "- 1 row is held, ") || !strings.Contains(got, "\n- 2 rows are left out, as somebody decided: there is nothing to do about them. To decide anew, have them shown once more.\n      muster review export r --all -o review.xlsx") {
		t.Errorf("got\n%s", got)
	}
}

func TestStepsForATerminal(t *testing.T) {
	for _, c := range []struct {
		name  string
		step  Step
		width int
		want  string
	}{
		{"a command stands on a line of its own, and is not folded", Step{Text: "Have it done again soon.", Command: "muster import a-list-of-people.csv --yes"}, 22,
			"- Have it done again\n  soon.\n      muster import a-list-of-people.csv --yes"},
		{"the first rows are named, with the file where it changes", Step{Text: "Look.", Places: []record.Place{{File: "a.csv", Line: 4}, {File: "b.xlsx", Sheet: "Two", Line: 1234}}}, 0,
			"- Look. See line 4, line 1234 of the sheet Two of b.xlsx."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(StepLines(c.step, c.width), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestTheCommandThatImportsAgainTakesEveryFileOnce(t *testing.T) {
	s := provision.Summary{Lists: []provision.ListInfo{{File: "it's new.xlsx", Sheet: "A"}, {File: "it's new.xlsx", Sheet: "B"}, {File: "b.csv"}},
		Asked: []string{"--kind client", "--sheet '*'"}, Links: map[provision.LinkWord]int{provision.LinkExpired: 2}}
	if got, want := Next(s)[0].Command, `muster import 'it'\''s new.xlsx' b.csv --reissue-expired --kind client --sheet '*'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s = provision.Summary{Lists: []provision.ListInfo{{File: "b.xlsx", Sheet: "A", Unread: []record.UnreadSheet{{Name: "B", Rows: 2}}}},
		Asked: []string{"--sheet A", "--source crm"}}
	if got, want := Next(s)[0].Command, `muster sync b.xlsx --sheet '*' --source crm`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTableFitsANarrowTerminal(t *testing.T) {
	_, s := writeSample(t)
	for _, width := range []int{80, 40} {
		for _, line := range strings.Split(Table(s, width), "\n") {
			if n := utf8.RuneCountInString(line); n > width {
				t.Errorf("%d characters of %d: %s", n, width, line)
			}
		}
	}
	got := Table(s, 80)
	if !strings.Contains(got, "held until somebody decides, nothing") || !strings.Contains(got, "was written") {
		t.Errorf("words are missing, or broken:\n%s", got)
	}
}

func TestLinksStandInOneFileOnlyAndMaskedAccountsNowhere(t *testing.T) {
	dir, s := writeSample(t)
	whole := Table(s, 0) + nextLines(s) + workbookText(t, filepath.Join(dir, WorkbookFile))
	for _, name := range sampleFiles {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		whole += string(text)
		if has := strings.Contains(string(text), "mst1_AQ") || strings.Contains(string(text), "/c/"); has != (name == LinksFile) {
			t.Errorf("%s: holds a link: %v", name, has)
		}
	}
	book := workbookText(t, filepath.Join(dir, LinksBook))
	if whole += book; !strings.Contains(book, "/c/mst1_AQ") {
		t.Errorf("%s holds no link:\n%s", LinksBook, book)
	}
	for _, secret := range []string{"must never be seen", "hidden@example.org", "What X stored", "stored-by-x@example.org"} {
		if strings.Contains(whole, secret) {
			t.Errorf("%q of another organization's account is shown", secret)
		}
	}
}

func TestSameLinesGiveTheSameFiles(t *testing.T) {
	one, _ := writeSample(t)
	two, _ := writeSample(t)
	for _, name := range sampleFiles {
		if name == WorkbookFile {
			continue // a zip file; what is in it is compared below
		}
		a, _ := os.ReadFile(filepath.Join(one, name))
		b, _ := os.ReadFile(filepath.Join(two, name))
		if string(a) != string(b) {
			t.Errorf("%s differs", name)
		}
	}
	if a, b := workbookText(t, filepath.Join(one, WorkbookFile)), workbookText(t, filepath.Join(two, WorkbookFile)); a != b {
		t.Errorf("the workbook differs: %s", cmp.Diff(a, b))
	}
}

func TestReportThatDoesNotBalance(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*provision.Summary, *[]provision.Line)
		want   string
	}{
		"a row is missing":             {func(_ *provision.Summary, l *[]provision.Line) { *l = (*l)[:14] }, "rows: the run has 15, the report 14"},
		"a row too many was read":      {func(s *provision.Summary, _ *[]provision.Line) { s.Rows = 16 }, "rows: the run has 16, the report 15"},
		"the ledger counted otherwise": {func(s *provision.Summary, _ *[]provision.Line) { s.Outcomes[provision.Claimed] = 2 }, "outcome claimed: the run has 2, the report 1"},
		"a line comes twice":           {func(_ *provision.Summary, l *[]provision.Line) { (*l)[3] = (*l)[2] }, "every row is reported once"},
		"a line without an outcome":    {func(_ *provision.Summary, l *[]provision.Line) { (*l)[3].Outcome = "" }, `has "" for an outcome`},
		"a removed person among rows":  {func(_ *provision.Summary, l *[]provision.Line) { (*l)[3].Outcome = provision.Removed }, `has "removed" for an outcome`},
		"a rejected row of no list":    {func(_ *provision.Summary, l *[]provision.Line) { (*l)[10].File = "other.csv" }, "names no such list"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := writeSample(t)
			before, _ := os.ReadFile(filepath.Join(dir, SummaryFile))
			s, lines := sampleSummary(), sampleLines()
			c.change(&s, &lines)
			_, err := Write(t.Context(), dir, seq(lines), s, Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
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

func TestNothingHasItsNameBeforeTheEnd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	lines := func(yield func(provision.Line, error) bool) {
		for _, l := range sampleLines() {
			for _, name := range names(t, dir) {
				if name != marker && !strings.HasPrefix(name, tempPrefix) {
					t.Errorf("%s is there before the last line", name)
				}
			}
			if !yield(l, nil) {
				return
			}
		}
	}
	if _, err := Write(t.Context(), dir, lines, sampleSummary(), Options{}); err != nil {
		t.Fatal(err)
	}
}

func TestInterruptedWritersLeaveNothing(t *testing.T) {
	t.Run("the lines end in an error", func(t *testing.T) {
		dir, broken := filepath.Join(t.TempDir(), "run"), errors.New("the ledger cannot be read")
		lines := func(yield func(provision.Line, error) bool) {
			_ = yield(sampleLines()[0], nil) && yield(provision.Line{}, broken)
		}
		if _, err := Write(t.Context(), dir, lines, sampleSummary(), Options{}); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if got := names(t, dir); !slices.Equal(got, []string{marker}) {
			t.Errorf("left: %q", got)
		}
	})
	t.Run("the context ends", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "run")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Write(ctx, dir, seq(sampleLines()), sampleSummary(), Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what a killed one left is swept away", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "run")
		if err := Prepare(dir); err != nil {
			t.Fatal(err)
		}
		left := filepath.Join(dir, tempPrefix+"KILLED")
		if err := errors.Join(os.Mkdir(left, 0o700), os.WriteFile(filepath.Join(left, RowsFile), []byte("half"), 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{}); err != nil {
			t.Fatal(err)
		}
		if got := names(t, dir); !slices.Equal(got, sampleFiles) {
			t.Errorf("files %q", got)
		}
	})
}

func TestFolders(t *testing.T) {
	t.Run("one with other files is refused and left alone", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, WorkbookFile), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{})
		foreign, ok := errors.AsType[*ForeignFolderError](err)
		if !ok {
			t.Fatalf("got %v", err)
		}
		if _, hint := foreign.Failure(); hint == "" {
			t.Fatalf("got %v", err)
		}
		if got := names(t, dir); !slices.Equal(got, []string{WorkbookFile}) {
			t.Errorf("files %q", got)
		}
	})
	t.Run("an earlier report is replaced, and its further files go", func(t *testing.T) {
		dir, _ := writeSample(t)
		if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, marker)); err != nil { // a copy made without hidden files
			t.Fatal(err)
		}
		s, lines := sampleSummary(), sampleLines()[:6]
		s.Rows, s.Outcomes = 6, nil
		s, err := Write(t.Context(), dir, seq(lines), s, Options{Rendering: provision.Rendering{Finish: func(s provision.Summary) (provision.Summary, error) {
			s.ExitCode = s.Outcomes[provision.Created]
			return s, nil
		}}})
		if err != nil || s.ExitCode != 2 {
			t.Fatalf("exit code %d, %v", s.ExitCode, err)
		}
		want := []string{marker, LinksFile, LinksBook, "notes.txt", ReportFile, WebpageFile, WorkbookFile, RowsFile, SummaryFile}
		if got := names(t, dir); !slices.Equal(got, want) {
			t.Errorf("files %q", got)
		}
	})
	t.Run("a link in place of a file is replaced, not followed", func(t *testing.T) {
		dir, outside := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "outside")
		if err := errors.Join(Prepare(dir), os.WriteFile(outside, []byte("mine"), 0o600), os.Symlink(outside, filepath.Join(dir, RowsFile))); err != nil {
			t.Fatal(err)
		}
		if _, err := Write(t.Context(), dir, seq(sampleLines()), sampleSummary(), Options{}); err != nil {
			t.Fatal(err)
		}
		if text, _ := os.ReadFile(outside); string(text) != "mine" {
			t.Errorf("written through the link: %q", text)
		}
	})
}
