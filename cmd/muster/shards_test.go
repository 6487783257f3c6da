package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/provision/store/storetest"
)

// A plan that four processes carry out at once, one of which is killed and
// started again, ends like one that was not divided: the same accounts, links
// and report. On SQLite they make the database, too.
func TestShardsMakeOneRun(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { shardsMakeOneRun(t, "", "") })
	t.Run("postgres", func(t *testing.T) { shardsMakeOneRun(t, storetest.Postgres(t), storetest.Postgres(t)) })
}

func shardsMakeOneRun(t *testing.T, url, other string) {
	const shards = 4
	whole := newPlace(t, url)
	whole.runs(0, "plan", "people.csv", "-o", "plan.jsonl")
	whole.runs(3, "apply", "plan.jsonl", "--out", "report")

	divided := newPlace(t, other)
	divided.runs(0, "plan", "people.csv", "-o", "plan.jsonl", "--shards", fmt.Sprint(shards))
	divided.killed(150*time.Millisecond, "apply", "plan.jsonl", "--shard", "2/4", "--out", "report")
	started := make([]*exec.Cmd, shards)
	output := make([]bytes.Buffer, shards)
	for i := range started {
		started[i] = divided.command("apply", "plan.jsonl", "--shard", fmt.Sprintf("%d/%d", i, shards), "--out", "report")
		started[i].Stdout, started[i].Stderr = &output[i], &output[i]
		if err := started[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	reports := 0
	for i, c := range started {
		_ = c.Wait()
		want := 0
		if strings.Contains(output[i].String(), "The report is in this folder") {
			reports, want = reports+1, 3
		}
		if got := c.ProcessState.ExitCode(); got != want {
			t.Errorf("shard %d ended with %d, want %d:\n%s", i, got, want, &output[i])
		}
	}
	if reports != 1 {
		t.Errorf("%d of the shards wrote a report", reports)
	}
	whole.like(divided)
}

// place is a folder with a list, where programs run on a database of its own.
type place struct {
	*killer
}

// mixed is a list in which everything happens: new people, some of them on
// several rows, one who is held, and rows that cannot be used.
func mixed(people int) string {
	var b strings.Builder
	b.WriteString(peopleList("person", people))
	for i := range 20 {
		fmt.Fprintf(&b, "Example %d,person%d@example.com,\n", i, i)
		fmt.Fprintf(&b, "Bad Example %d,person%d@,bad.sample.%d\n", i, i, i)
		fmt.Fprintf(&b, "Shared Example %d,shared%d@example.com,shared.sample\n", i, i)
	}
	return b.String()
}

// fewer people are enough where the program is slow.
func fewer(people int) int {
	if slow {
		return people / 4
	}
	return people
}

func newPlace(t *testing.T, url string) place {
	p := place{newKiller(t, url, 0)}
	p.write("people.csv", mixed(fewer(1200)))
	return p
}

func (p place) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p place) command(args ...string) *exec.Cmd {
	c := exec.Command(p.program, args...)
	c.Dir, c.Env = p.dir, p.env
	return c
}

// runs runs a program that has to end with a code.
func (p place) runs(code int, args ...string) string {
	p.t.Helper()
	c := p.command(args...)
	out, _ := c.CombinedOutput()
	if got := c.ProcessState.ExitCode(); got != code {
		p.t.Fatalf("muster %s ended with %d, want %d:\n%s", strings.Join(args, " "), got, code, out)
	}
	return string(out)
}

// killed starts a program and kills it after a while, unless it was faster.
func (p place) killed(after time.Duration, args ...string) (finished bool) {
	p.t.Helper()
	c := p.command(args...)
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	_ = c.Wait()
	return c.ProcessState.ExitCode() >= 0
}

// like compares what two places ended in: the database, the rows of the report,
// and whose links there are.
func (p place) like(other place) {
	p.t.Helper()
	p.same("the databases", p.likeness(), other.likeness())
	p.same("the rows of the report", p.rows("report"), other.rows("report"))
	p.same("the links", p.owners("report"), other.owners("report"))
}

func (p place) same(what string, want, got []string) {
	p.t.Helper()
	if slices.Equal(want, got) {
		return
	}
	missing, more := beside(want, got), beside(got, want)
	p.t.Errorf("%s: %d lines are missing, and %d more there:\n%s\n%s", what, len(missing), len(more),
		strings.Join(missing[:min(8, len(missing))], "\n"), strings.Join(more[:min(8, len(more))], "\n"))
}

// beside are the lines of one text that another has not, or less often.
func beside(one, other []string) []string {
	times := map[string]int{}
	for _, line := range other {
		times[line]++
	}
	var left []string
	for _, line := range one {
		if times[line]--; times[line] < 0 {
			left = append(left, line)
		}
	}
	return left
}

func (p place) likeness() []string {
	p.t.Helper()
	lines, err := storetest.Likeness(p.t.Context(), p.db.URL)
	if err != nil {
		p.t.Fatal(err)
	}
	return lines
}

// namedRun is a selection that is called by the run it is about.
var namedRun = regexp.MustCompile(`("undo) [0-9a-f]{8}`)

// rows are the rows of a report without ids and times.
func (p place) rows(report string) []string {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.dir, report, "rows.jsonl"))
	if err != nil {
		p.t.Fatal(err)
	}
	var rows []string
	for line := range strings.Lines(string(text)) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			p.t.Fatal(err)
		}
		for key := range row {
			if strings.HasSuffix(key, "_id") || strings.HasSuffix(key, "_at") {
				row[key] = row[key] != nil && row[key] != ""
			}
		}
		plain, _ := json.Marshal(row)
		rows = append(rows, namedRun.ReplaceAllString(string(plain), "$1"))
	}
	return rows
}

// owners are the lines of links.csv, without the links and when they end. Every
// one is there, and none twice.
func (p place) owners(report string) []string {
	p.t.Helper()
	f, err := os.Open(filepath.Join(p.dir, report, "links.csv"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		p.t.Fatal(err)
	}
	seen := map[string]bool{"": true}
	var owners []string
	for _, l := range lines {
		if seen[l[3]] {
			p.t.Errorf("link %q of %s is nobody's, or another's, too", l[3], l[2])
		}
		seen[l[3]] = true
		owners = append(owners, strings.Join(l[:3], ","))
	}
	return owners
}
