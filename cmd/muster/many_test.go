//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/cmd/muster/exit"
	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// A program that is stopped, and wakes up after its lease was taken, writes nothing
// more and says why; its run can be gone on with.
func TestStoppedProgramCannotWrite(t *testing.T) {
	embedded := func(testing.TB) string { return "" }
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": embedded, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			people := 3000 // some chunks
			for !stoppedCannotWrite(t, fresh, people) {
				if people *= 2; people > 30_000 {
					t.Fatal("it was never stopped in the middle")
				}
			}
		})
	}
}

// stoppedCannotWrite returns false where the program was done before it was stopped:
// that tells nothing.
func stoppedCannotWrite(t *testing.T, fresh func(testing.TB) string, people int) bool {
	p, left := newPlace(t, fresh(t)), newPlace(t, fresh(t))
	args := []string{"import", "people.csv", "--yes", "--workers", "1", "--out", "report"}
	for _, one := range []place{p, left} {
		one.write("people.csv", mixed(people))
		one.write("export.csv", "email,name\nsomebody@example.com,Somebody\n")
		one.runs(0, "directory", "load", "export.csv") // makes the database: it is opened while the program is at work
	}
	zombie := p.command(args...)
	var said bytes.Buffer
	zombie.Stdout, zombie.Stderr = &said, &said
	if err := zombie.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = zombie.Process.Kill() }()
	s := p.stopInTheMiddle(zombie)
	defer s.Close()
	done, written := p.settled(s), p.likeness()
	if done == 0 || done >= people+60 {
		return false
	}
	if err := zombie.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	_ = zombie.Wait()
	if code := zombie.ProcessState.ExitCode(); code != exit.Locked {
		t.Errorf("it ended with %d, want %d:\n%s", code, exit.Locked, &said)
	}
	if !bytes.Contains(said.Bytes(), []byte("the lease was taken over")) {
		t.Errorf("it said:\n%s", &said)
	}
	p.same("after it woke up", written, p.likeness())
	if now := p.settled(s); now != done {
		t.Errorf("%d rows were settled when it was stopped, and %d after it woke up", done, now)
	}
	p.runs(3, args...)
	left.runs(3, args...)
	p.like(left)
	return true
}

// stopInTheMiddle stops a program that has recorded some of its rows, and takes
// its lease away: it seems to be dead. Where it was stopped within a transaction
// that nobody else gets by, it is let on for a moment.
func (p place) stopInTheMiddle(c *exec.Cmd) *store.Store {
	p.t.Helper()
	ctx := p.t.Context()
	var s *store.Store
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			_ = c.Process.Kill()
			_ = c.Wait()
			p.t.Fatalf("it recorded nothing in a minute, and said:\n%s", c.Stderr)
		}
		var err error
		if s == nil {
			if s, err = openStore(ctx, p.db, store.Config{}); err != nil {
				s = nil
				continue
			}
		}
		if p.settled(s) > 0 {
			break
		}
	}
	for {
		if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
			p.t.Fatal(err)
		}
		if storetest.Bereave(ctx, p.db.URL) == nil {
			return s
		}
		if err := c.Process.Signal(syscall.SIGCONT); err != nil {
			p.t.Fatal(err)
		}
		time.Sleep(rand.N(10 * time.Millisecond))
	}
}

// settled is how many rows of the last run are settled.
func (p place) settled(s *store.Store) int {
	runs, err := s.Runs(p.t.Context(), "", 1)
	if err != nil || len(runs) == 0 {
		return 0
	}
	n, _ := s.Settled(p.t.Context(), runs[0].ID)
	return n
}

// Lock show names the shards that are at work, and one token ends them all.
func TestLockOfShards(t *testing.T) {
	p := newPlace(t, "")
	p.write("people.csv", "Name,Email\nZoe Example,zoe@example.com\n")
	p.runs(0, "import", "people.csv", "--yes")
	s, err := openStore(t.Context(), p.db, store.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	run := uuid.NewString()
	var tokens []int64
	for _, l := range []provision.Lease{
		{Name: provision.LeaseName("default"), Run: run, Holder: "ann@pod-0", Host: "pod-0", PID: 1, Shared: true},
		{Name: provision.ShardLeaseName(run, 0), Run: run, Holder: "ann@pod-0", Host: "pod-0", PID: 1},
		{Name: provision.ShardLeaseName(run, 1), Run: run, Holder: "ann@pod-1", Host: "pod-1", PID: 1},
	} {
		got, err := s.Acquire(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, got.Token)
	}
	shown := p.runs(0, "lock", "show")
	for _, want := range []string{
		"organization:default: held by the shards of a run; to release it ends all of them\n",
		"run/" + run + "/shard/0: held\n", "held by ann@pod-1, process 1 on pod-1",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("lock show does not say %q:\n%s", want, shown)
		}
	}
	p.runs(11, "import", "people.csv", "--yes")
	p.runs(0, "lock", "release", fmt.Sprint(tokens[0]))
	p.runs(0, "import", "people.csv", "--yes")
}

// The same import, asked for by four programs that wait for each other: one does
// it, and the others find everybody unchanged.
func TestFourThatWait(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { fourThatWait(t, "", "") })
	t.Run("postgres", func(t *testing.T) { fourThatWait(t, storetest.Postgres(t), storetest.Postgres(t)) })
}

func fourThatWait(t *testing.T, url, other string) {
	p, alone := newPlace(t, url), newPlace(t, other)
	alone.runs(3, "import", "people.csv", "--yes", "--out", "report")
	var all [][]string
	for i := range 4 {
		all = append(all, []string{"import", "people.csv", "--yes", "--if-locked", "wait=5m", "--out", fmt.Sprint("report", i)})
	}
	p.atOnce(3, all...)
	did := -1
	for i := range all {
		switch o := p.outcomes(fmt.Sprint("report", i)); {
		case o[provision.Created] == fewer(1200) && did < 0:
			did = i
		case o[provision.Created] > 0 || o[provision.Unchanged] != fewer(1200):
			t.Errorf("report %d has %v", i, o)
		}
	}
	if did < 0 {
		t.Fatal("nobody did it")
	}
	p.same("the databases", alone.likeness(), p.likeness())
}

// Imports of two organizations at once, of lists that have half of their people
// in common: whoever comes second to somebody claims them.
func TestTwoOrganizationsAtOnce(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { twoAtOnce(t, "") })
	t.Run("postgres", func(t *testing.T) { twoAtOnce(t, storetest.Postgres(t)) })
}

func twoAtOnce(t *testing.T, url string) {
	people := fewer(1000)
	p := newPlace(t, url)
	p.write("people.csv", "Name,Email\nZoe Example,zoe@example.com\n")
	p.runs(0, "import", "people.csv", "--yes", "--out", "first")
	for _, slug := range []string{"north", "south"} {
		p.write(slug+".yaml", fmt.Sprintf("slug: %s\nname: %s\nbrands: [{slug: %s, name: %s}]\nadministrators: [ada@%s.example.com]\n"+
			"roles:\n- {name: member, rank: 10}\n- {name: administrator, rank: 100, dashboard: true, capabilities: ['*']}\n", slug, slug, slug, slug, slug))
		p.runs(0, "org", "apply", slug+".yaml", "--yes")
		p.write(slug+".csv", peopleList("person", people)+peopleList(slug, people/2)[len("Name,Email,Instagram\n"):])
	}
	p.atOnce(0,
		[]string{"import", "north.csv", "--org", "north", "--yes", "--out", "north"},
		[]string{"import", "south.csv", "--org", "south", "--yes", "--out", "south"})
	north, south := p.outcomes("north"), p.outcomes("south")
	created := north[provision.Created] + south[provision.Created]
	claimed := north[provision.Claimed] + south[provision.Claimed]
	if created != 2*people || claimed != people {
		t.Errorf("%d were created and %d claimed, want %d and %d: north %v, south %v", created, claimed, 2*people, people, north, south)
	}
	t.Logf("north %v, south %v", north, south)
	accounts := map[string]int{}
	for _, line := range p.likeness() {
		accounts[line]++
	}
	for line, n := range accounts {
		if n > 1 {
			t.Errorf("%d times %s", n, line)
		}
	}
}

// atOnce runs programs side by side, each of which has to end with a code.
func (p place) atOnce(code int, all ...[]string) {
	p.t.Helper()
	started := make([]*exec.Cmd, len(all))
	output := make([]bytes.Buffer, len(all))
	for i, args := range all {
		started[i] = p.command(args...)
		started[i].Stdout, started[i].Stderr = &output[i], &output[i]
		if err := started[i].Start(); err != nil {
			p.t.Fatal(err)
		}
	}
	for i, c := range started {
		_ = c.Wait()
		if got := c.ProcessState.ExitCode(); got != code {
			p.t.Errorf("%v ended with %d, want %d:\n%s", all[i], got, code, &output[i])
		}
	}
}

// outcomes are those of a report.
func (p place) outcomes(report string) map[provision.Outcome]int {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.dir, report, "summary.json"))
	if err != nil {
		p.t.Fatal(err)
	}
	var s struct {
		Outcomes map[provision.Outcome]int
	}
	if err := json.Unmarshal(text, &s); err != nil {
		p.t.Fatal(err)
	}
	return s.Outcomes
}
