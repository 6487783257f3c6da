package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/importer/failure"
	"muster/importer/file"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/report"
	"muster/provision/review"
)

// start runs the program as if a person sat there and typed.
func start(t *testing.T, typed string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	a := newApp(strings.NewReader(typed), &out, &talk)
	a.asks = true
	code = a.run(t.Context(), args)
	return code, out.String(), talk.String()
}

func TestImportAsks(t *testing.T) {
	for _, test := range []struct {
		name, typed string
		code        int
		left        bool // a report, and everything else the import makes
	}{
		{"yes goes on", "yes\n", exit.OK, true},
		{"y goes on", "Y\n", exit.OK, true},
		{"no writes nothing", "no\n", exit.Interrupt, false},
		{"anything else is a no", "maybe\n", exit.Interrupt, false},
		{"the end of the input is a no", "", exit.Interrupt, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("people.csv", []byte(peopleList("person", 2)), 0o600); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := start(t, test.typed, "import", "people.csv")
			if code != test.code || !strings.Contains(stderr, "Do this? Type yes to go on: ") {
				t.Errorf("code %d, want %d\n%s", code, test.code, stderr)
			}
			if _, err := os.Stat("muster-runs"); (err == nil) != test.left {
				t.Errorf("folder of reports: %v", err)
			}
			if strings.Contains(stdout, "Created") != test.left {
				t.Errorf("standard output:\n%s", stdout)
			}
			if _, stdout, _ = start(t, "", "runs"); strings.Contains(stdout, "declined") == test.left || strings.Contains(stdout, "interrupted") {
				t.Errorf("the runs afterwards:\n%s", stdout)
			}
			_, stdout, _ = start(t, "", "plan", "people.csv")
			if want := regexp.MustCompile(`Created +│ +2`); want.MatchString(stdout) == test.left {
				t.Errorf("the plan afterwards:\n%s", stdout)
			}
		})
	}
}

func TestPurgeAsks(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("people.csv", []byte(peopleList("person", 2)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := start(t, "", "import", "people.csv", "--yes", "--out", "report"); code != exit.OK {
		t.Fatal(stderr)
	}
	links := filepath.Join("report", "links.csv")
	code, stdout, stderr := start(t, "no\n", "runs", "purge", "--older", "1ms")
	if code != exit.Interrupt || stdout != "" || !strings.Contains(stderr, "7 files in report") || !strings.Contains(stderr, "Remove this for good?") {
		t.Errorf("declined: code %d\n%s\n%s", code, stdout, stderr)
	}
	if _, err := os.Stat(links); err != nil {
		t.Errorf("declined: %v", err)
	}
	code, stdout, _ = start(t, "yes\n", "runs", "purge", "--older", "1ms")
	if code != exit.OK || !strings.Contains(stdout, "1 run was purged: 7 files removed") {
		t.Errorf("agreed: code %d\n%s", code, stdout)
	}
	if _, err := os.Stat(links); err == nil {
		t.Error("agreed: the links are still there")
	}
}

func TestExplain(t *testing.T) {
	stopped, cancel := context.WithCancelCause(context.Background())
	cancel(&interruption{15})
	for _, test := range []struct {
		err  error
		code int
	}{
		{flags.Usage("x", ""), exit.Usage},
		{&file.Error{Path: "list.csv", Line: 14, Msg: "x"}, exit.Input},
		{&provision.HeaderError{}, exit.Input},
		{&directory.ExportError{}, exit.Input},
		{&provision.PlanFileError{}, exit.Input},
		{&provision.ConfigError{}, exit.Config},
		{&link.KeyringError{Fault: link.ErrKeyringOpen}, exit.Config},
		{&provision.ConfigError{Class: failure.Brand}, exit.Config},
		{&report.ForeignFolderError{}, exit.Config},
		{&review.Error{}, exit.Input},
		{&provision.DeniedError{Err: errors.New("x")}, exit.Config},
		{provision.ErrSchema, exit.Config},
		{provision.ErrNewer, exit.Config},
		{&provision.StalePlanError{}, exit.Guard},
		{&provision.LockedError{}, exit.Locked},
		{provision.ErrFenced, exit.Locked},
		{provision.ErrAway, exit.Temporary},
		{provision.ErrDeclined, exit.Interrupt},
		{context.Canceled, exit.Interrupt},
		{errors.New("x"), exit.Internal},
	} {
		wrapped := fmt.Errorf("rows 1 to 2: %w", test.err)
		if got := describe(context.Background(), wrapped); got.Code != test.code || got.Name == "unknown" {
			t.Errorf("%T: %+v, want code %d", test.err, got, test.code)
		}
	}
	if got := describe(stopped, fmt.Errorf("rows 1 to 2: %w", context.Canceled)); got.Code != exit.Terminate {
		t.Errorf("SIGTERM: %+v", got)
	}
}

func TestNoTokenInMessages(t *testing.T) {
	err := errors.New("cannot send http://localhost/c/mst1_AQHjEdCxusSIAz4dr")
	if got := describe(context.Background(), err); strings.Contains(got.Message, "AQHjEd") {
		t.Error(got.Message)
	}
}

// Every exit code of the table is shown by a script.
func TestExitCodesAreScripted(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, e := range exit.Codes[1:] {
		code := strconv.Itoa(e.Code)
		if !regexp.MustCompile(`(?m)^(\[\w+\] )?exits ` + code + ` |"(exit_)?code": ?` + code + `\b`).MatchString(all.String()) {
			t.Errorf("no script ends with %d", e.Code)
		}
	}
}

// An organization that only an export names is not meant where a command takes
// the only one.
func TestTheOnlyOrganization(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"people.csv":   peopleList("person", 2),
		"accounts.csv": "email,organization\nzoe@example.com,elsewhere\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range []string{
		"import people.csv --yes --out report",
		"directory load accounts.csv",
		"import people.csv --yes --out report",
		"plan people.csv",
		"template creators -o creators.xlsx",
		"explain zoe@example.com",
		"runs purge --older 1h --yes",
	} {
		if code, _, stderr := start(t, "", strings.Fields(command)...); code != exit.OK {
			t.Errorf("muster %s: exit code %d\n%s", command, code, stderr)
		}
	}
	if code, stdout, stderr := start(t, "", "org", "show"); code != exit.OK || strings.Count(stdout, "slug: ") < 2 {
		t.Errorf("muster org show: exit code %d\n%s%s", code, stdout, stderr)
	}
}

// More than any buffer holds, with a character across each of its ends.
func TestInspectKeysBreaksNoCharacter(t *testing.T) {
	var typed, want strings.Builder
	for i := range 200 {
		name := "小" + strings.Repeat("明", i%37)
		typed.WriteString("\u202a@" + name + "\u202c\tYouTube\n")
		want.WriteString(`{"input":"\u202a@` + name + `\u202c","hint":"YouTube","network":"youtube","kind":"handle","value":"` + name + `","reason":""}` + "\n")
	}
	if code, stdout, stderr := start(t, typed.String(), "inspect", "keys"); code != 0 || stdout != want.String() {
		t.Errorf("exit code %d, standard output:\n%s\nwant:\n%s\n%s", code, stdout, want.String(), stderr)
	}
}
