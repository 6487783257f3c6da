package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// An import that is killed again and again at random moments ends like one
// that was left alone: every person once, every row reported once and in
// order, and the links that were recorded before a kill are those handed out
// in the end.
func TestKilledImport(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killed(t, "") })
	t.Run("postgres", func(t *testing.T) { killed(t, storetest.Postgres(t)) })
}

// slow says that the program under test is.
var slow bool

func killed(t *testing.T, url string) {
	rows, kills := 8000, 5
	if testing.Short() || slow {
		rows, kills = 2600, 3
	}
	k := newKiller(t, url, rows)
	k.kill(kills)
	k.checkRows(rows)
	k.checkLinks(func(n int) string { return fmt.Sprintf("person%d@example.com", n) })
}

// kill kills it so many times, and lets it come to its end.
func (k *killer) kill(times int) {
	for n := range times {
		pause := time.Duration(100+rand.IntN(1500)) * time.Millisecond
		if slow {
			pause *= 4
		}
		finished := k.start(pause)
		k.t.Logf("kill %d after %s: %d rows recorded", n+1, pause, k.remember())
		if finished {
			break
		}
	}
	k.finish()
}

// killer does one thing, several times.
type killer struct {
	t       *testing.T
	args    []string // what it does
	out     string   // the folder of its report
	dir     string
	env     []string
	program string
	db      flags.Database
	ids     map[int]string // row → id of its link, as recorded when a start was killed
	links   map[int]string // row → its link, as shown by then
}

func newKiller(t *testing.T, url string, rows int) *killer {
	dir := t.TempDir()
	k := &killer{t: t, dir: dir, args: []string{"import", "people.csv"}, out: "report", db: flags.Database{URL: filepath.Join(dir, flags.DefaultDatabase), Embedded: true},
		ids: map[int]string{}, links: map[int]string{}}
	k.env = append(os.Environ(), "MUSTER_DB="+url)
	var err error
	if k.program, err = program(filepath.Join(dir, "bin")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "people.csv"), []byte(peopleList("person", rows)), 0o600); err != nil {
		t.Fatal(err)
	}
	if url == "" {
		return k
	}
	k.db = flags.Database{URL: url}
	if _, err := link.CreateKeyring(filepath.Join(dir, flags.DefaultKeys)); err != nil {
		t.Fatal(err)
	}
	e := provision.Engine{Store: storetest.Open(t, url), Now: time.Now, NewID: uuid.NewString}
	if _, err := directory.FirstUse(t.Context(), &e, "", ""); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *killer) command() *exec.Cmd {
	c := exec.Command(k.program, append(k.args, "--yes", "--out", k.out)...)
	c.Dir, c.Env = k.dir, k.env
	return c
}

// start starts an import and kills it after a while; it reports whether the
// import was faster.
func (k *killer) start(pause time.Duration) (finished bool) {
	c := k.command()
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(pause, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	return c.Wait() == nil
}

func (k *killer) finish() {
	out, err := k.command().CombinedOutput()
	if err != nil {
		k.t.Fatalf("the last start: %v\n%s", err, out)
	}
}

// remember reads the ledger and the links recorded in it, as they would be
// handed out now. Recorded ones must never change.
func (k *killer) remember() int {
	ctx := context.Background()
	s, err := openStore(ctx, k.db, store.Config{})
	if err != nil {
		return 0 // killed before there was a Database
	}
	defer s.Close()
	runs, err := s.Runs(ctx, "", 1)
	if err != nil || len(runs) == 0 {
		return 0
	}
	ledger, err := s.Ledger(ctx, runs[0].ID, 0, 1_000_000)
	if err != nil {
		k.t.Fatal(err)
	}
	ring, err := link.LoadKeyring(filepath.Join(k.dir, flags.DefaultKeys), false)
	if err != nil {
		k.t.Fatal(err)
	}
	urls := k.urls(s, ledger, link.Maker(ring))
	for _, r := range ledger {
		if r.Link == "" { // of the run before, which gave none: this one has not begun
			continue
		}
		if was, seen := k.ids[r.Row]; seen && was != r.Link {
			k.t.Errorf("row %d had another link before", r.Row)
		}
		k.ids[r.Row] = r.Link
		url, shown := urls[r.Link]
		if was, seen := k.links[r.Row]; seen && was != url {
			k.t.Errorf("row %d was shown another link before", r.Row)
		}
		if shown {
			k.links[r.Row] = url
		}
	}
	return len(ledger)
}

// urls are the links that somebody may have seen.
func (k *killer) urls(s *store.Store, ledger []provision.LedgerRow, m provision.LinkMaker) map[string]string {
	var ids []string
	for _, r := range ledger {
		ids = append(ids, r.Link)
	}
	rows, err := s.Links(context.Background(), ids)
	if err != nil {
		k.t.Fatal(err)
	}
	urls := map[string]string{}
	for _, l := range rows {
		if l.GeneratedAt.IsZero() { // nobody has seen it
			continue
		}
		if urls[l.ID], err = m.URL(l); err != nil {
			k.t.Fatal(err)
		}
	}
	return urls
}

// checkRows looks for every row, once and in order, each with an account of
// its own.
func (k *killer) checkRows(rows int) {
	f, err := os.Open(filepath.Join(k.dir, "report", "rows.jsonl"))
	if err != nil {
		k.t.Fatal(err)
	}
	defer f.Close()
	accounts, outcome, n := map[string]bool{}, "", 0
	for scan := bufio.NewScanner(f); scan.Scan(); {
		var row struct {
			Line    int
			Outcome string
			Account string `json:"account_id"`
		}
		if err := json.Unmarshal(scan.Bytes(), &row); err != nil {
			k.t.Fatal(err)
		}
		// A start killed behind its last commit leaves a finished run: then the
		// last start was another one, and everybody is unchanged.
		if n++; n == 1 && row.Outcome == "unchanged" {
			outcome = "unchanged"
		}
		if row.Line != n+1 || row.Outcome != cmp.Or(outcome, "created") {
			k.t.Fatalf("report line %d is line %d of the list, %s", n, row.Line, row.Outcome)
		}
		accounts[row.Account] = true
	}
	if n != rows || len(accounts) != rows {
		k.t.Fatalf("%d rows reported with %d accounts, want %d of both", n, len(accounts), rows)
	}
}

// checkLinks compares the links handed out with those recorded before. Owner is
// whose the n-th link has to be.
func (k *killer) checkLinks(owner func(n int) string) {
	f, err := os.Open(filepath.Join(k.dir, k.out, "links.csv"))
	if err != nil {
		k.t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		k.t.Fatal(err)
	}
	final := map[int]string{}
	for i, l := range lines[1:] {
		if want := owner(i); l[2] != want {
			k.t.Fatalf("link %d is for %s, want %s", i+1, l[2], want)
		}
		final[i+1] = l[3]
	}
	for row, url := range k.links {
		if url != final[row] {
			k.t.Fatalf("row %d was handed %s, and %s was shown before", row, final[row], url)
		}
	}
	for row, id := range k.ids {
		token, err := link.Parse(path.Base(final[row]))
		if err != nil || token.ID != id {
			k.t.Fatalf("row %d was handed link %s, and %s was recorded before: %v", row, token.ID, id, err)
		}
	}
	k.t.Logf("%d of %d links were recorded before a kill, %d shown", len(k.ids), len(final), len(k.links))
}

// peopleList is a list of n new people.
func peopleList(name string, n int) string {
	var b strings.Builder
	b.WriteString("Name,Email,Instagram\n")
	for i := range n {
		fmt.Fprintf(&b, "Example %d,%s%d@example.com,%s.sample.%d\n", i, name, i, name, i)
	}
	return b.String()
}
