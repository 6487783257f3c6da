package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/mail/mailtest"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// The same scripts run on both databases. On SQLite a script starts without
// any; on PostgreSQL with a migrated database that holds what the first use of
// the embedded one would make, so that the same commands do the same things.
func TestScripts(t *testing.T) {
	readSchemas(t)
	t.Run("sqlite", func(t *testing.T) { runScripts(t, "sqlite", nil) })
	t.Run("postgres", func(t *testing.T) {
		storetest.Postgres(t) // skips the test here, where that still can be done
		runScripts(t, "postgres", func(env *testscript.Env) error { return onPostgres(t, env) })
	})
}

func runScripts(t *testing.T, engine string, setup func(*testscript.Env) error) {
	mails := &mailServers{t: t, by: map[string]*mailtest.Server{}}
	outside := &receivers{t: t, by: map[string]*watcher{}}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			fixtures, err := filepath.Abs("../../fixtures")
			if err != nil {
				return err
			}
			bin := filepath.Join(env.WorkDir, ".bin")
			if _, err := program(bin); err != nil {
				return err
			}
			env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("F", fixtures)
			env.Setenv("TZ", "UTC")
			env.Setenv("LOGIN", "nightly") // of a database that has logins, the one that the script comes in by
			if setup == nil {
				return nil
			}
			return setup(env)
		},
		Condition: func(c string) (bool, error) {
			if c == "sqlite" || c == "postgres" {
				return c == engine, nil
			}
			return false, fmt.Errorf("unknown condition %s", c)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"muster": muster, "exits": exits, "lastline": lastLine, "list": makeList, "book": makeBook, "signal": sendSignal, "hold": hold, "runid": runID, "shortid": shortID, "keyid": keyID,
			"mailserver": mails.start, "caught": mails.caught, "mailedlink": mailedLink, "freeport": freePort, "linkof": linkOf, "visit": visit, "found": found, "await": await, "dump": dump, "undone": undone, "newer": newer, "reading": reading,
			"receiver": outside.start, "told": outside.heard,
		},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}

// onPostgres makes a database for one script, with keys, organization and
// base URL.
func onPostgres(t *testing.T, env *testscript.Env) error {
	url := storetest.Postgres(t)
	env.Setenv("MUSTER_DB", url)
	env.Setenv("EMPTY_DB", storetest.EmptyPostgres(t))
	if _, err := link.CreateKeyring(filepath.Join(env.WorkDir, "muster.key")); err != nil {
		return err
	}
	e := provision.Engine{Store: storetest.Open(t, url), Now: time.Now, NewID: uuid.NewString}
	if _, err := directory.FirstUse(context.Background(), &e, "", ""); err != nil {
		return err
	}
	login, err := e.Store.Login(context.Background())
	env.Setenv("LOGIN", login)
	return err
}

// muster args… has to end with 0.
func muster(ts *testscript.TestScript, neg bool, args []string) {
	exits(ts, neg, append([]string{"0", "muster"}, args...))
}

// exits CODE program args… runs a program that has to end with CODE.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE program args…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	heldAgainstSchema(ts, args)
}

// dump FILE [TABLE,…] writes every row of every table of the database into a file,
// but for those of some tables.
func dump(ts *testscript.TestScript, _ bool, args []string) {
	url := ts.Getenv("MUSTER_DB")
	if url == "" {
		url = ts.MkAbs("muster.db")
	}
	var rows strings.Builder
	ts.Check(storetest.Dump(context.Background(), url, &rows))
	var kept strings.Builder
	for line := range strings.Lines(rows.String()) {
		table, _, _ := strings.Cut(line, ":")
		if len(args) < 2 || !slices.Contains(strings.Split(args[1], ","), table) {
			kept.WriteString(line)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(kept.String()), 0o600))
}

// newer FILE has a list written anew: the same rows, and another file.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+"\n"), 0o600))
}

// lastline NAME sets a variable to the last line of standard output.
func lastLine(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	ts.Setenv(args[0], lines[len(lines)-1])
}

// list FILE NAME N writes a list of N new people with such addresses.
func makeList(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	_, err = io.WriteString(f, peopleList(args[1], n))
	ts.Check(err)
}

// book FILE SHEET=CSV... writes a workbook of sheets, each with the cells of a
// CSV file as texts.
func makeBook(ts *testscript.TestScript, _ bool, args []string) {
	book := excelize.NewFile()
	defer book.Close()
	for i, arg := range args[1:] {
		sheet, path, _ := strings.Cut(arg, "=")
		if i == 0 {
			ts.Check(book.SetSheetName("Sheet1", sheet))
		} else if _, err := book.NewSheet(sheet); err != nil {
			ts.Check(err)
		}
		in := csv.NewReader(strings.NewReader(ts.ReadFile(path)))
		in.FieldsPerRecord = -1
		rows, err := in.ReadAll()
		ts.Check(err)
		for n, row := range rows {
			ts.Check(book.SetSheetRow(sheet, fmt.Sprintf("A%d", n+1), &row))
		}
	}
	ts.Check(book.SaveAs(ts.MkAbs(args[0])))
}

// signal SIGNAL FILE sends INT, TERM or HUP to what runs in the background once FILE
// is there.
func sendSignal(ts *testscript.TestScript, _ bool, args []string) {
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(ts.MkAbs(args[1])); err == nil {
			break
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s did not appear", args[1])
		}
	}
	number := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}[args[0]]
	for _, cmd := range ts.BackgroundCmds() {
		ts.Check(cmd.Process.Signal(number))
	}
}

// hold [ORGANIZATION] takes the lock of an organization, for somebody else.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	url := ts.Getenv("MUSTER_DB")
	if url == "" {
		url = ts.MkAbs(flags.DefaultDatabase)
	}
	s, err := openStore(context.Background(), flags.Database{URL: url}, store.Config{})
	ts.Check(err)
	defer s.Close()
	l, err := s.Acquire(context.Background(), provision.Lease{Name: provision.LeaseName(append(args, "default")[0]), Holder: "ann@elsewhere", Host: "elsewhere", PID: 7})
	ts.Check(err)
	ts.Setenv("TOKEN", strconv.FormatInt(l.Token, 10))
}

// runid NAME FILE sets a variable to the run of a summary.
func runID(ts *testscript.TestScript, _ bool, args []string) {
	var summary struct{ Run string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &summary))
	ts.Setenv(args[0], summary.Run)
}

// shortid NAME RUN sets a variable to the short name of a run.
func shortID(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], provision.ShortRun(args[1]))
}

// keyid NAME STATE FILE sets a variable to the first key of a keyring that is
// in a state.
func keyID(ts *testscript.TestScript, _ bool, args []string) {
	ring, err := link.LoadKeyring(ts.MkAbs(args[2]), false)
	ts.Check(err)
	for _, k := range ring.Keys() {
		if string(k.State) == args[1] {
			ts.Setenv(args[0], k.ID)
			return
		}
	}
	ts.Fatalf("no key of %s is in state %s", args[2], args[1])
}
