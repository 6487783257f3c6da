package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/report"
)

func TestLeavingsAreOnlyTheRunsOwn(t *testing.T) {
	run := provision.Run{ID: "01a21439-c923-73e2-b454-199353b377a5", Fingerprint: "f", FinishedAt: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	plan := func(fingerprint string, at time.Time) string {
		text, err := json.Marshal(provision.PlanHeader{Fingerprint: fingerprint, CreatedAt: at})
		if err != nil {
			t.Fatal(err)
		}
		return string(text) + "\n"
	}
	before, after := run.FinishedAt.Add(-time.Minute), run.FinishedAt.Add(time.Minute)
	ours, others := `{"run":"`+run.ID+`"}`, `{"run":"01a21439-0000-73e2-b454-199353b377a5"}`
	for _, test := range []struct {
		name  string
		dir   string
		files map[string]string
		gone  []string
		left  bool
	}{
		{"its report and what a kill left", "out", map[string]string{"summary.json": ours, "rows.jsonl": "", "report.xlsx": "", "report.html": "", "links.csv": "", "rejected-2.csv": "", "held.jsonl": "", "answers.json": "",
			"plan.jsonl.part.decisions": "", ".rows.jsonl.part": "", ".muster-tmp-ABC/rows.jsonl": "", ".muster-run": ""},
			[]string{".muster-tmp-ABC", ".rows.jsonl.part", "answers.json", "held.jsonl", "links.csv", "plan.jsonl.part.decisions", "rejected-2.csv", "report.html", "report.xlsx", "rows.jsonl"}, false},
		{"files of others stay", "out", map[string]string{"summary.json": ours, "links.csv": "", "links.csv.bak": "", "people.csv": "", "rejected.csv/x": "", "notes/links.csv": ""}, []string{"links.csv"}, true},
		{"a later run has the folder", "out", map[string]string{"summary.json": others, "links.csv": "", "held.jsonl": ""}, nil, false},
		{"a later run has even the folder of its name", run.ID, map[string]string{"summary.json": others, "links.csv": ""}, nil, false},
		{"a folder that does not say whose it is", "out", map[string]string{"links.csv": ""}, nil, false},
		{"the folder of its name without a summary", run.ID, map[string]string{"links.csv": ""}, []string{"links.csv"}, false},
		{"its own plan", "out", map[string]string{"summary.json": ours, "plan.jsonl": plan("f", before)}, []string{"plan.jsonl"}, false},
		{"the plan of another command", "out", map[string]string{"summary.json": ours, "plan.jsonl": plan("g", before)}, nil, false},
		{"the plan of the same command, interrupted later", "out", map[string]string{"summary.json": ours, "plan.jsonl": plan("f", after)}, nil, false},
		{"a folder with its plan, as a guard leaves it", "out", map[string]string{".muster-run": "", "plan.jsonl": plan("f", before), "plan.html": "", "held.jsonl": ""},
			[]string{"held.jsonl", "plan.html", "plan.jsonl"}, false},
		{"a folder of ours with the plan of another", "out", map[string]string{".muster-run": "", "plan.jsonl": plan("g", before), "plan.html": ""}, nil, false},
		{"somebody's folder with its plan", "out", map[string]string{"plan.jsonl": plan("f", before), "plan.html": ""}, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			run.Out = filepath.Join(t.TempDir(), test.dir)
			for name, text := range test.files {
				path := filepath.Join(run.Out, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for _, remove := range []bool{false, true} {
				got, err := report.Folders{}.Leavings(run, remove)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.gone, got.Files); diff != "" || (got.Left != "") != test.left || got.None {
					t.Errorf("remove %v: %+v (-want +got):\n%s", remove, got, diff)
				}
				for name := range test.files {
					top, _, _ := strings.Cut(name, "/")
					_, err := os.Lstat(filepath.Join(run.Out, name))
					if want := !remove || !slices.Contains(test.gone, top); (err == nil) != want {
						t.Errorf("remove %v: %s: %v", remove, name, err)
					}
				}
			}
		})
	}
}

func TestLeavingsNeverFollowLinks(t *testing.T) {
	dir := t.TempDir()
	run := provision.Run{ID: "01a21439-c923-73e2-b454-199353b377a5", Out: filepath.Join(dir, "01a21439-c923-73e2-b454-199353b377a5")}
	precious := filepath.Join(dir, "precious")
	for _, d := range []string{precious, run.Out} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(precious, "links.csv"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, link := range [][2]string{{filepath.Join(precious, "links.csv"), "links.csv"}, {precious, ".muster-tmp-X"}, {filepath.Join(precious, "links.csv"), "plan.jsonl"}} {
		if err := os.Symlink(link[0], filepath.Join(run.Out, link[1])); err != nil {
			t.Fatal(err)
		}
	}
	got, err := report.Folders{}.Leavings(run, true)
	if err != nil || len(got.Files) > 0 || got.Left == "" {
		t.Errorf("links in the folder: %+v, %v", got, err)
	}
	if err := os.RemoveAll(run.Out); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(precious, run.Out); err != nil {
		t.Fatal(err)
	}
	got, err = report.Folders{}.Leavings(run, true)
	if err != nil || len(got.Files) > 0 || got.Left == "" {
		t.Errorf("the folder is a link: %+v, %v", got, err)
	}
	if text, err := os.ReadFile(filepath.Join(precious, "links.csv")); err != nil || string(text) != "mine" {
		t.Errorf("what the links lead to: %q, %v", text, err)
	}
	run.Out = filepath.Join(dir, "nowhere")
	if got, err = (report.Folders{}).Leavings(run, true); err != nil || !got.None {
		t.Errorf("no folder: %+v, %v", got, err)
	}
}
