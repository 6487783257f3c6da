//go:build unix

package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/store/storetest"
)

// Commands in any order, over a few people who share names, mailboxes and handles: none
// crashes or leaves a row unwritten, the database keeps its laws (storetest.BrokenLaws)
// after each, and what was imported would write nothing if it were imported again. make
// chaos walks further.
func TestChaosWalks(t *testing.T) {
	walks := max(2, disturbances()/8)
	for name, database := range map[string]func() string{
		"sqlite": func() string { return "" }, "postgres": func() string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(walks) {
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { walk(t, database(), seed, 12) })
			}
			chaos.add("%s: %d walks of commands in any order", name, walks)
		})
	}
}

// A walker goes from command to command.
type walker struct {
	place
	random *rand.Rand
	log    []string
	report int
}

// walkers are whom commands are about: name, addresses, external id, handles.
var walkers = []struct {
	name, id  string
	addresses []string
	handles   []string
}{
	{"Ana Lima", "OP-1", []string{"ana@example.com", "ana.lima@example.net"}, []string{"ana.sample", "ana.sample.two"}},
	{"Ana Souza", "OP-2", []string{"a.b@gmail.com", "ab@gmail.com"}, []string{"souza.sample"}},
	{"Ben Okafor", "OP-3", []string{"ben@example.com"}, []string{"ben.sample"}},
	{"Studio Nine", "OP-4", []string{"info@example.org"}, []string{"nine.sample"}},
	{"Nina Studio", "", []string{"info@example.org", "nina@example.org"}, []string{"nina.sample"}},
	{"Caro Ruiz", "", []string{"caro@example.com"}, []string{""}},
	{"Dov Katz", "OP-7", []string{"dov@example.com"}, []string{"dov.sample"}},
}

const walkOrganization = `slug: default
brands:
  - {slug: default, campaigns: [{slug: spring}, {slug: summer}]}
  - {slug: outdoor, campaigns: [{slug: fall}]}
products: [reports]
roles:
  - {name: member, rank: 10}
  - {name: manager, rank: 50, dashboard: true}
  - {name: administrator, rank: 100, dashboard: true, capabilities: ["*"]}
administrators: [administrator@muster.invalid]
`

func walk(t *testing.T, url string, seed uint64, steps int) {
	w := &walker{place: newPlace(t, url), random: rand.New(rand.NewPCG(seed, 29))}
	defer func() {
		if t.Failed() {
			t.Log(strings.Join(w.log, "\n"))
		}
	}()
	w.write("org.yaml", walkOrganization)
	w.does("org", "apply", "org.yaml", "--yes")
	w.imports()
	acts := []func(){
		w.imports, w.imports, w.syncs, w.syncs, w.reviews, w.reviews, w.undoes, w.undoes, w.applies, w.loads, w.changes, w.changes,
		w.changes, w.links, w.ends,
	}
	for range steps {
		acts[w.random.IntN(len(acts))]()
		broken, err := storetest.BrokenLaws(t.Context(), w.db.URL)
		if err != nil {
			t.Fatal(err)
		}
		if len(broken) > 0 {
			t.Errorf("after %s:\n%s", w.log[len(w.log)-1], strings.Join(broken, "\n"))
		}
		if t.Failed() {
			return
		}
	}
}

// does runs a command, which may find nothing to do or be refused, and does not crash.
func (w *walker) does(args ...string) (code int) {
	w.t.Helper()
	c := w.command(args...)
	out, _ := c.CombinedOutput()
	code = c.ProcessState.ExitCode()
	w.log = append(w.log, fmt.Sprintf("muster %s: %d", strings.Join(args, " "), code))
	switch code {
	case 0, 3, 10, 12, 13, 14:
	default:
		w.t.Fatalf("%s\n%s", w.log[len(w.log)-1], out)
	}
	if strings.Contains(string(out), "│ Failed") {
		w.t.Fatalf("rows failed: %s\n%s", w.log[len(w.log)-1], out)
	}
	return code
}

func (w *walker) one(of ...string) string { return of[w.random.IntN(len(of))] }
func (w *walker) rarely() bool            { return w.random.IntN(4) == 0 }

// out is the flag of another folder for a report.
func (w *walker) out() []string {
	w.report++
	return []string{"--yes", "--out", fmt.Sprint("report", w.report)}
}

func (w *walker) address() string { return w.one(walkers[w.random.IntN(len(walkers))].addresses...) }

// list writes a list of some people, who are now and then somebody else in a cell, or
// there twice.
func (w *walker) list(name string, columns ...string) string {
	var text strings.Builder
	c := csv.NewWriter(&text)
	all := append([]string{"Name", "Email", "External ID", "Instagram", "Tier"}, columns...)
	_ = c.Write(all)
	for _, i := range w.random.Perm(len(walkers))[:3+w.random.IntN(len(walkers)-2)] {
		for range 1 + w.random.IntN(5)/4 {
			cell := func(share int, of func(n int) string) string {
				switch n := w.random.IntN(100); {
				case n < 4:
					return of(w.random.IntN(len(walkers)))
				case n < share:
					return of(i)
				}
				return ""
			}
			row := []string{
				cell(95, func(n int) string { return walkers[n].name }),
				cell(85, func(n int) string { return w.one(walkers[n].addresses...) }),
				cell(60, func(n int) string { return walkers[n].id }),
				cell(60, func(n int) string { return w.one(walkers[n].handles...) }),
				w.one("", "Gold", "Silver"),
			}
			if slices.Contains(columns, "Campaigns") {
				row = append(row, w.one("", "", "spring", "summer", "spring, summer"))
			}
			if slices.Contains(columns, "Status") {
				row = append(row, w.one("", "", "", "active", "blocked"))
			}
			_ = c.Write(row)
		}
	}
	c.Flush()
	w.write(name, text.String())
	return name
}

// settled is that what was just done would write nothing if it were done again.
func (w *walker) settled(args []string) {
	w.t.Helper()
	if code := w.does(append([]string{"plan", "--detailed-exitcode"}, args...)...); code == 10 || code == 12 {
		w.t.Errorf("%s would be written again", strings.Join(args, " "))
	}
}

func (w *walker) imports() {
	args := []string{w.list(w.one("list.csv", "other.csv"), "Campaigns", "Status"), "--brand", w.one("default", "outdoor")}
	if w.rarely() {
		args = append(args, "--on-difference", "update")
	}
	if w.rarely() {
		args = append(args, "--on-profile-match", "claim")
	}
	if w.rarely() {
		args = append(args, "--invite", w.one("none", "mail"))
	}
	if code := w.does(append(append([]string{"import"}, args...), w.out()...)...); code == 0 || code == 3 {
		w.settled(args)
	}
}

func (w *walker) syncs() {
	source := w.one("hr", "crm")
	args := []string{w.list(source+".csv", "Campaigns"), "--brand", "default", "--source", source}
	if w.rarely() {
		args = append(args, "--adopt")
	}
	if w.rarely() {
		args = append(args, "--on-difference", "update")
	}
	switch code := w.does(append(append([]string{"sync"}, args...), w.out()...)...); code {
	case 0, 3:
		w.settled(args)
	case 12:
		w.does("sources", "release", source)
	}
}

// reviews decides about most of whoever is held, whatever that is.
func (w *walker) reviews() {
	if w.does("review", "export", "last", "-o", "review.json") != 0 {
		return
	}
	path := filepath.Join(w.dir, "review.json")
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return
	}
	var review map[string]any
	if err == nil {
		err = json.Unmarshal(text, &review)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	people, _ := review["people"].([]any)
	for _, p := range people {
		rows, _ := p.(map[string]any)["rows"].([]any)
		skip := w.rarely()
		for _, r := range rows {
			row := r.(map[string]any)
			if options, _ := row["options"].([]any); len(options) > 0 && !skip {
				row["decision"] = options[w.random.IntN(len(options))]
			}
		}
	}
	if text, err = json.Marshal(review); err != nil {
		w.t.Fatal(err)
	}
	w.write("review.json", string(text))
	w.does(append([]string{"review", "apply", "review.json"}, w.out()...)...)
	_ = os.Remove(path)
}

func (w *walker) undoes() {
	var runs []provision.Run
	for n := range w.report {
		runs = append(runs, w.allRuns(fmt.Sprint("report", n+1))...)
	}
	if len(runs) == 0 {
		return
	}
	args := append([]string{"undo", runs[max(0, len(runs)-1-w.random.IntN(6))].ID}, w.out()...)
	if w.rarely() {
		args = append(args, "--also-found")
	}
	w.does(args...)
}

// applies plans a list, does something else, and applies the plan in one or two parts.
func (w *walker) applies() {
	args := []string{w.list("planned.csv", "Campaigns"), "--brand", w.one("default", "outdoor")}
	parts := []string{""}
	plan := append([]string{"plan", "-o", "plan.jsonl"}, args...)
	if w.rarely() {
		parts = []string{"1/2", "0/2"}
		plan = append(plan, "--shards", "2")
	}
	if w.does(plan...) != 0 {
		return
	}
	w.changes()
	for _, part := range parts {
		if part == "" {
			w.does("apply", "plan.jsonl")
			continue
		}
		w.does("apply", "plan.jsonl", "--shard", part)
	}
}

// loads loads an export of the platform, and once more, which changes nothing.
func (w *walker) loads() {
	text := "email,name,status,external_id,connected_profiles,declared_profiles,organization,brand,kind,role\n"
	for _, i := range w.random.Perm(len(walkers))[:1+w.random.IntN(4)] {
		p := walkers[i]
		var profiles [2]string
		if handle := w.one(p.handles...); handle != "" {
			profiles[w.random.IntN(2)] = "https://www.instagram.com/" + handle + "/"
		}
		text += strings.Join([]string{w.one(p.addresses...), p.name, w.one("created", "invited", "registered", "blocked"), p.id,
			profiles[0], profiles[1], "default", w.one("", "default", "outdoor"), string(record.Creator), "member"}, ",") + "\n"
	}
	w.write("export.csv", text)
	w.does("directory", "load", "export.csv")
	before := w.likeness()
	w.does("directory", "load", "export.csv")
	w.same("an export that is loaded again", before, w.likeness())
}

// changes changes somebody by hand.
func (w *walker) changes() {
	verb := w.one("block", "activate", "forget", "readmit", "merge", "edit", "grant", "revoke", "role", "confirm")
	args := []string{"accounts", verb, w.address()}
	switch verb {
	case "merge":
		args = append(args, w.address())
	case "confirm":
		args = append(args, fmt.Sprint("OP-", 1+w.random.IntN(9)))
	case "edit":
		args = append(args, "--set", w.one("email="+w.address(), "Tier=Gold", "Tier=<delete>", "instagram=@nina.sample", "instagram=-@nina.sample"))
	case "grant":
		args = append(args, w.one("--brand=outdoor", "--campaign=default/spring", "--campaign=outdoor/fall", "--product=reports"))
	case "revoke":
		args = append(args, w.one("--brand=outdoor", "--brand=default", "--campaign=default/spring", "--product=reports", "--all"))
	case "role":
		args = append(args, "--role", w.one("manager", "member"), "--brand", w.one("default", "outdoor"))
	}
	w.does(append(args, "--yes")...)
}

func (w *walker) links() {
	w.does("links", w.one("reissue", "revoke", "issue"), w.address(), "--yes")
}

func (w *walker) ends() {
	w.does(append([]string{"sources", "end", w.one("hr", "crm")}, w.out()...)...)
}
