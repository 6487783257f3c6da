//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// Whatever happens to muster, to its database or to its disk, the same command
// again ends where it would have without: the same accounts, keys, memberships,
// links, mails and audit, the same report. make chaos does it at length, this test
// for some seconds; figures has what was done.

// disturbances is how often programs are killed on each database.
func disturbances() int {
	if n, err := strconv.Atoi(os.Getenv("MUSTER_CHAOS")); err == nil {
		return n
	}
	if slow || testing.Short() {
		return 4
	}
	return 8
}

// newChaos is a place with a list that takes as long as there is time for.
func newChaos(t *testing.T, url string) place {
	p := newPlace(t, url)
	if disturbances() < 50 {
		p.write("people.csv", mixed(250))
	}
	return p
}

// theImport is the command that is disturbed where one is enough.
var theImport = []string{"import", "people.csv", "--yes", "--out", "report"}

// figures are the lines of a table: what was done how often.
type figures struct {
	mu    sync.Mutex
	lines []string
}

var chaos figures

func (f *figures) add(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = append(f.lines, fmt.Sprintf(format, args...))
}

// An act is a command of the story that is disturbed. Its report goes into a
// folder of its own.
type act struct {
	name   string
	code   int
	report string // "" for none
	args   func(p place) []string
}

func does(name string, code int, report string, args ...string) act {
	return act{name, code, report, func(place) []string {
		if report == "" {
			return args
		}
		return append(args, "--out", report)
	}}
}

// story is everything that is disturbed, in its order: what one does the next
// finds.
var story = []act{
	does("import", 3, "imported", "import", "people.csv", "--yes"),
	does("plan", 0, "", "plan", "more.csv", "-o", "plan.jsonl"),
	does("apply", 0, "applied", "apply", "plan.jsonl"),
	does("plan in shards", 0, "", "plan", "third.csv", "-o", "shards.jsonl", "--shards", "2"),
	does("apply, first shard", 0, "sharded", "apply", "shards.jsonl", "--shard", "0/2"),
	does("apply, last shard", 0, "sharded", "apply", "shards.jsonl", "--shard", "1/2"),
	does("import, by mail", 0, "mailed", "import", "mailed.csv", "--invite", "mail", "--yes"),
	does("accounts block", 0, "blocked", "accounts", "block", "--from", "left.csv", "--yes"),
	{"undo", 0, "undone", func(p place) []string {
		return []string{"undo", p.runInto("applied").ID, "--yes", "--out", "undone"}
	}},
	does("sync, first night", 0, "night1", "sync", "roster.csv", "--source", "crm", "--invite", "report"),
	does("sync, second night", 0, "night2", "sync", "fewer.csv", "--source", "crm"),
	does("sync, third night", 0, "night3", "sync", "still.csv", "--source", "crm"),
}

// newStory is a place with the lists of the story.
func newStory(t *testing.T, url string, people int) place {
	p := newPlace(t, url)
	p.write("people.csv", mixed(people))
	p.write("more.csv", peopleList("more", people/4))
	p.write("third.csv", peopleList("third", people/4))
	p.write("mailed.csv", peopleList("mailed", people/4))
	p.write("left.csv", peopleList("person", people/10))
	p.write("roster.csv", peopleList("roster", people/4))
	p.write("fewer.csv", peopleList("roster", people/4-8))
	p.write("still.csv", peopleList("roster", people/4-8)+"\n") // they lose their access in the third night
	return p
}

// A program that is killed at any moment, again and again.
func TestChaosKills(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { chaosKills(t, 1000, func() string { return "" }) })
	t.Run("postgres", func(t *testing.T) { chaosKills(t, 2300, func() string { return storetest.Postgres(t) }) })
}

func chaosKills(t *testing.T, people int, database func() string) {
	want := disturbances()
	if want < 50 {
		people /= 5
	}
	left := newStory(t, database(), people)
	times := make([]time.Duration, len(story))
	for i, a := range story {
		begun := time.Now()
		left.runs(a.code, a.args(left)...)
		times[i] = time.Since(begun)
	}
	kills := map[string]int{}
	all, late, rounds := 0, 0, 0
	for (all == 0 || all < want && want >= 50) && !t.Failed() { // a short test has one round
		rounds++
		p := newStory(t, database(), people)
		each := max(1, min(4, (want-all)/len(story)+1))
		for i, a := range story {
			finished := false
			spared := rand.IntN(len(story)) >= want // where there are few kills, they come anywhere
			for n := 0; n < each && all < want && !finished && !spared; n++ {
				if finished = p.killed(rand.N(times[i]*6/5), a.args(p)...); !finished {
					kills[a.name]++
					all++
				}
			}
			if !finished {
				p.runs(a.code, a.args(p)...)
			}
		}
		late += left.told(p)
		if want >= 50 {
			fmt.Printf("%s: %d kills so far\n", t.Name(), all)
		}
	}
	chaos.add("%-40s %5d kills in %d rounds of %d people; %d came after the end of their run", t.Name(), all, rounds, people, late)
	for _, a := range story {
		chaos.add("    %-36s %5d", a.name, kills[a.name])
	}
	t.Logf("%d kills: %v", all, kills)
}

// told compares two places at the end of the story. It returns how many commands
// of the other were killed after they had finished their run: started again they
// were another one, which found nothing to do.
func (p place) told(other place) (late int) {
	p.t.Helper()
	p.same("the databases", p.likeness(), other.likeness())
	seen := map[string]bool{"": true}
	nights := 0
	for _, a := range story {
		if seen[a.report] {
			continue
		}
		seen[a.report] = true
		night := strings.HasPrefix(a.report, "night")
		if night && other.again(a.report) {
			nights++ // there was a night more, in which people may have been missing
		}
		if night && nights > 0 {
			continue
		}
		if other.again(a.report) {
			late++
			p.same(a.name+": the places of the report", p.standing(a.report), other.standing(a.report))
		} else {
			p.same(a.name+": the rows of the report", p.rows(a.report), other.rows(a.report))
		}
	}
	for _, report := range []string{"imported", "applied", "sharded"} {
		p.same(report+": the links", p.owners(report), other.owners(report))
	}
	return late + nights
}

// allRuns are those whose report went into a folder, the newest first.
func (p place) allRuns(report string) []provision.Run {
	p.t.Helper()
	s, err := openStore(p.t.Context(), p.db, store.Config{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Runs(p.t.Context(), "", 1000)
	if err != nil {
		p.t.Fatal(err)
	}
	var into []provision.Run
	for _, r := range all {
		if filepath.Base(r.Out) == report {
			into = append(into, r)
		}
	}
	return into
}

// runInto is the first run whose report went into a folder.
func (p place) runInto(report string) provision.Run {
	p.t.Helper()
	all := p.allRuns(report)
	if len(all) == 0 {
		p.t.Fatalf("no run has %s", report)
	}
	return all[len(all)-1]
}

func (p place) again(report string) bool { return len(p.allRuns(report)) > 1 }

// standing is where the rows of a report stand, and of whom they are.
func (p place) standing(report string) []string {
	p.t.Helper()
	var all []string
	for _, line := range p.rows(report) {
		var row struct {
			Line    int
			Email   string
			Outcome provision.Outcome
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			p.t.Fatal(err)
		}
		if row.Outcome == provision.Pending || row.Outcome == provision.Failed || row.Outcome == provision.Stale {
			p.t.Errorf("%s has %s", report, line)
		}
		all = append(all, fmt.Sprint(row.Line, row.Email))
	}
	return all
}

// A clock that is wrong, and jumps from one start to the next, changes nothing:
// leases go by the clock of the database.
func TestChaosClock(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { chaosClock(t, "", "") })
	t.Run("postgres", func(t *testing.T) { chaosClock(t, storetest.Postgres(t), storetest.Postgres(t)) })
}

func chaosClock(t *testing.T, url, other string) {
	left, p := newChaos(t, other), newChaos(t, url)
	begun := time.Now()
	left.runs(3, theImport...)
	took := time.Since(begun)
	env := p.env
	jumps := 0
	offs := []string{"26h", "-25h", "1h", "-40m"}
	for _, off := range offs[:min(len(offs), disturbances()/4)] {
		p.env = append(env, clockVariable+"="+off)
		if p.killed(rand.N(took), theImport...) {
			break
		}
		jumps++
	}
	p.env = append(env, clockVariable+"=-90m")
	p.runs(3, theImport...)
	p.same("the databases", left.likeness(), p.likeness())
	if !p.again("report") {
		p.same("the rows of the report", left.rows("report"), p.rows("report"))
	}
	chaos.add("%-40s %5d jumps of the clock between kills", t.Name(), jumps)

	// Somebody else holds the lock: a clock that is a day ahead makes nobody's lease lapse.
	p.env = append(env, clockVariable+"=30h")
	s, err := openStore(t.Context(), p.db, store.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Acquire(t.Context(), provision.Lease{Name: provision.LeaseName("default"), Holder: "ann", Host: "elsewhere"}); err != nil {
		t.Fatal(err)
	}
	p.runs(11, theImport...)
}

// Nothing fits on the disk any more: what was written is whole, the words say what
// to do, and with room the same command goes on.
func TestChaosDisk(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { chaosDisk(t, "", "") })
	t.Run("postgres", func(t *testing.T) { chaosDisk(t, storetest.Postgres(t), storetest.Postgres(t)) })
}

func chaosDisk(t *testing.T, url, other string) {
	left := newChaos(t, other)
	left.write("people.csv", mixed(300))
	left.runs(3, theImport...)
	p := newPlace(t, url)
	p.write("people.csv", mixed(300))
	p.small(func(grow func()) {
		full := 0
		for ; full < 40; full++ {
			c := p.command(theImport...)
			out, _ := c.CombinedOutput()
			code := c.ProcessState.ExitCode()
			if code == 3 {
				break
			}
			if code != 1 && code != 14 && code != 75 {
				t.Fatalf("it ended with %d:\n%s", code, out)
			}
			if text := string(out); !strings.Contains(text, "disk") && !strings.Contains(text, "space") || !strings.Contains(text, "hint: ") {
				t.Errorf("it does not say what to do:\n%s", text)
			}
			grow()
		}
		if full == 0 {
			t.Error("everything fitted")
		}
		chaos.add("%-40s %5d times full", t.Name(), full)
		if p.again("report") {
			p.same("the databases", left.likeness(), p.likeness())
		} else {
			left.like(p)
		}
	})
}

// small puts a place onto a disk that is too small, and grows step by step.
func (p *place) small(do func(grow func())) {
	size := 250 // KiB
	if p.db.Embedded {
		size = 1000
	}
	mount, unmount := tinyDisk(p.t, size)
	defer unmount()
	for _, name := range []string{"people.csv", flags.DefaultKeys} {
		if text, err := os.ReadFile(filepath.Join(p.dir, name)); err == nil {
			if err := os.WriteFile(filepath.Join(mount, name), text, 0o600); err != nil {
				p.t.Fatal(err)
			}
		}
	}
	p.dir = mount
	if p.db.Embedded {
		p.db.URL = filepath.Join(mount, flags.DefaultDatabase)
	}
	do(func() {
		size += size / 3
		growDisk(p.t, mount, size)
	})
}

// TestChaosFigures comes last of all that are called Chaos, and shows what they did.
func TestChaosFigures(t *testing.T) {
	if os.Getenv("MUSTER_CHAOS") == "" {
		t.Skip("make chaos prints a table")
	}
	fmt.Printf("\n%s\n\n", strings.Join(chaos.lines, "\n"))
}
