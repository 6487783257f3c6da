package outside

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/conc"

	"muster/provision"
	"muster/provision/schematest"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// finished is a run of ten rows.
func finished(source string, code int) Report {
	waiting := 4
	return Report{
		Command: "import", Source: source, Run: "01a228e3-ca02-7739-a1c5-142ce55c5219", Program: "1.2",
		Started: noon, Ended: noon.Add(1500 * time.Millisecond), Code: code,
		Phases: map[provision.Phase]time.Duration{provision.Reading: time.Second},
		Totals: &Totals{Rows: 10, Held: 2, Outcomes: map[provision.Outcome]int{
			provision.Created: 7, provision.Review: 3, provision.Removed: 1}},
		Mails: &waiting,
	}
}

// failed is a start that came to nothing, an hour later.
func failed(source string, code int) Report {
	r := finished(source, code)
	r.Run, r.Totals, r.Mails, r.Phases = "", nil, nil, nil
	r.Started, r.Ended = r.Started.Add(time.Hour), r.Ended.Add(time.Hour)
	return r
}

func metricsAfter(t *testing.T, reports ...Report) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "muster.prom")
	for _, r := range reports {
		if err := writeMetrics(path, r); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, info) {
			values = append(values, strings.TrimSpace(line))
		}
	}
	return values
}

func has(t *testing.T, values []string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !slices.Contains(values, want) {
			t.Errorf("there is no %s in\n%s", want, strings.Join(values, "\n"))
		}
	}
}

func TestMetricsOfARun(t *testing.T) {
	values := metricsAfter(t, finished("hr", 3))
	has(t, values,
		`muster_last_run_timestamp_seconds{command="import",source="hr"} 1795953601.5`,
		`muster_last_success_timestamp_seconds{command="import",source="hr"} 1795953601.5`,
		`muster_last_run_exit_code{command="import",source="hr"} 3`,
		`muster_last_run_duration_seconds{command="import",source="hr",phase="reading"} 1`,
		`muster_last_run_duration_seconds{command="import",source="hr",phase="applying"} 0`,
		`muster_last_run_rows{command="import",source="hr",outcome="created"} 7`,
		`muster_last_run_rows{command="import",source="hr",outcome="rejected"} 0`,
		`muster_last_run_people_removed{command="import",source="hr"} 1`,
		`muster_held_rows{command="import",source="hr"} 2`,
		`muster_mails_waiting{command="import",source="hr"} 4`,
	)
	for _, v := range values {
		if strings.Contains(v, `outcome="removed"`) {
			t.Errorf("%s counts people among rows", v)
		}
	}
}

func TestAFailureKeepsWhatWasThere(t *testing.T) {
	values := metricsAfter(t, finished("hr", 0), failed("hr", 14))
	has(t, values,
		`muster_last_run_exit_code{command="import",source="hr"} 14`,
		`muster_last_run_timestamp_seconds{command="import",source="hr"} 1795957201.5`,
		`muster_last_success_timestamp_seconds{command="import",source="hr"} 1795953601.5`,
		`muster_last_run_rows{command="import",source="hr",outcome="created"} 7`,
		`muster_held_rows{command="import",source="hr"} 2`,
		`muster_last_run_duration_seconds{command="import",source="hr",phase="reading"} 0`,
	)
	if n := len(slices.Compact(slices.Clone(values))); n != len(values) {
		t.Errorf("lines stand twice:\n%s", strings.Join(values, "\n"))
	}
}

// Settings are shared by many jobs, and so may be the file.
func TestJobsShareAFile(t *testing.T) {
	odd := `say "hr", \ too`
	sent := finished("import", 0)
	sent.Command, sent.Totals = sends, nil
	values := metricsAfter(t, finished(odd, 0), finished("other", 3), sent, failed(odd, 12))
	has(t, values,
		`muster_last_run_exit_code{command="import",source="say \"hr\", \\ too"} 12`,
		`muster_last_success_timestamp_seconds{command="import",source="say \"hr\", \\ too"} 1795953601.5`,
		`muster_last_run_exit_code{command="import",source="other"} 3`,
		`muster_last_run_duration_seconds{command="mail send",source="import",phase="sending"} 1.5`,
	)
	again := metricsAfter(t, finished(odd, 0), finished("other", 3), sent, failed(odd, 12), failed(odd, 12))
	slices.Sort(values)
	slices.Sort(again)
	if diff := cmp.Diff(values, again); diff != "" {
		t.Errorf("the same again changes something:\n%s", diff)
	}
}

func TestShardsStandBesideEachOther(t *testing.T) {
	first, second, broken := finished("hr", 0), finished("hr", 0), failed("hr", 75)
	first.Shard, second.Shard, broken.Shard = "1/2", "2/2", "2/2"
	has(t, metricsAfter(t, first, second, broken),
		`muster_last_run_exit_code{command="import",source="hr",shard="1/2"} 0`,
		`muster_last_run_exit_code{command="import",source="hr",shard="2/2"} 75`,
		`muster_last_run_rows{command="import",source="hr",shard="2/2",outcome="created"} 7`,
	)
}

func TestACrashIsNoSuccess(t *testing.T) {
	r := finished("hr", 2)
	r.Crashed = true
	for _, v := range metricsAfter(t, r) {
		if strings.HasPrefix(v, "muster_last_success") {
			t.Error(v)
		}
	}
}

// Jobs that end at the same moment lose nothing of each other.
func TestJobsThatEndAtOnceShareAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.prom")
	var all conc.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := writeMetrics(path, finished(fmt.Sprint("job ", i), 0)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	text, err := os.ReadFile(path)
	if n := strings.Count(string(text), "\nmuster_last_run_exit_code{"); err != nil || n != 20 {
		t.Errorf("%d jobs are there, %v", n, err)
	}
}

func TestALockOfSomebodyWhoWasKilledIsNoneForLong(t *testing.T) {
	patience = 50 * time.Millisecond
	defer func() { patience = Patience }()
	path := filepath.Join(t.TempDir(), "muster.prom")
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), ".muster.prom.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writeMetrics(path, finished("hr", 0)); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
}

func TestAForeignFileIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte("Name,Email\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := writeMetrics(path, finished("hr", 0))
	if err == nil || !strings.Contains(err.Error(), "list.csv holds something else than metrics of muster") {
		t.Errorf("%v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "Name,Email\n" {
		t.Errorf("the file holds %q", text)
	}
}

func TestAMetricsFileIsWholeOrAsItWas(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "muster.prom")
	if err := writeMetrics(path, finished("hr", 0)); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("%d files are left", len(entries))
	}
	if i, _ := entries[0].Info(); i.Mode().Perm() != 0o644 {
		t.Errorf("its mode is %v: an exporter is somebody else", i.Mode())
	}
	if err := writeMetrics(filepath.Join(dir, "nosuch", "muster.prom"), finished("hr", 0)); err == nil {
		t.Error("nothing is wrong with a folder that is not there")
	}
}

// What leaves is as its schema says, whatever happened.
func TestMessages(t *testing.T) {
	schema := schematest.Read(t, "schema/run.v1.schema.json")
	crash := failed("hr", 2)
	crash.Crashed, crash.Shard = true, "1/4"
	compared, same := finished("hr", 0), finished("hr", 0)
	compared.Totals.Turns, same.Totals.Turns = map[provision.Turn]int{}, map[provision.Turn]int{}
	for _, turn := range provision.Turns {
		compared.Totals.Turns[turn] = 1
	}
	if !strings.Contains(string(message(same)), `"changed":{}`) || strings.Contains(string(message(finished("hr", 0))), "changed") {
		t.Errorf("that nothing changed is not told from that nobody knows: %s", message(same))
	}
	for _, r := range []Report{compared, same, finished("hr", 3), failed("hr", 14), crash, {Command: "mail send", Source: "mail send"}} {
		text := message(r)
		if err := schema.Against(text); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
		if len(text) > 4096 {
			t.Errorf("%d bytes are too many for the message of a container", len(text))
		}
	}
	described := schematest.Members(t, "schema/run.v1.schema.json")
	for i, of := 0, reflect.TypeFor[messageLine](); i < of.NumField(); i++ {
		member, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if !described[member] {
			t.Errorf("%q is not described", member)
		}
	}
}

func TestSentences(t *testing.T) {
	sharded := finished("hr", 0)
	sharded.Shard = "1/4"
	crash := failed("import", 2)
	crash.Crashed = true
	for want, r := range map[string]Report{
		"muster import (hr): ended with code 3, partial; 10 rows: 7 created, 3 review, 1 removed": finished("hr", 3),
		"muster import (hr), shard 1/4: done; 10 rows: 7 created, 3 review, 1 removed":            sharded,
		"muster import: ended with code 12, guard":                                                failed("import", 12),
		"muster import: ended with code 2, crash":                                                 crash,
	} {
		if got := sentence(r); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// receiver is told things, and answers as the path of what it is told asks it
// to: 500, or not at all.
type receiver struct {
	*httptest.Server
	mu   sync.Mutex
	told []string // method, path and body
}

func listen(t *testing.T) *receiver {
	r := &receiver{}
	done := make(chan struct{})
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, asked *http.Request) {
		body, _ := io.ReadAll(asked.Body)
		r.mu.Lock()
		r.told = append(r.told, asked.Method+" "+asked.URL.RequestURI()+" "+string(body))
		r.mu.Unlock()
		switch {
		case strings.HasPrefix(asked.URL.Path, "/broken"):
			w.WriteHeader(http.StatusInternalServerError)
		case strings.HasPrefix(asked.URL.Path, "/moved"):
			http.Redirect(w, asked, "/elsewhere", http.StatusMovedPermanently)
		case strings.HasPrefix(asked.URL.Path, "/slow"):
			<-done
		}
	}))
	t.Cleanup(func() { close(done); r.Close() })
	return r
}

func (r *receiver) at(t *testing.T, path string) Address {
	t.Helper()
	a, err := ParseAddress(r.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (r *receiver) paths() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, told := range r.told {
		all = append(all, strings.Join(strings.SplitN(told, " ", 3)[:2], " "))
	}
	slices.Sort(all)
	return all
}

func TestEverybodyIsTold(t *testing.T) {
	r := listen(t)
	last := filepath.Join(t.TempDir(), "termination-log")
	w := Begin(t.Context(), Settings{
		MetricsPush: r.at(t, "/gateway"), Heartbeat: r.at(t, "/ping/secret?rid=1"), Notify: r.at(t, "/hook"), Termination: last,
	}, Report{Command: "import", Source: "hr/eu"})
	w.Tell(provision.RunStarted{Run: "01a228e3-ca02-7739-a1c5-142ce55c5219"})
	w.Tell(provision.PhaseStarted{Phase: provision.Reading})
	w.Tell(provision.PhaseDone{Phase: provision.Reading})
	w.Reported(provision.Summary{Run: "01a228e3-ca02-7739-a1c5-142ce55c5219", Rows: 3})
	ended, cancel := context.WithCancel(t.Context())
	cancel() // the run was interrupted: it is told all the same
	if faults := w.End(ended, 143); faults != nil {
		t.Errorf("%v", faults)
	}
	if faults := w.End(ended, 143); faults != nil {
		t.Errorf("%v", faults)
	}
	want := []string{
		"POST /gateway/metrics/job/muster/command@base64/aW1wb3J0/source@base64/aHIvZXU=",
		"POST /hook", "POST /ping/secret/143?rid=1", "POST /ping/secret/start?rid=1",
	}
	if diff := cmp.Diff(want, r.paths()); diff != "" {
		t.Error(diff)
	}
	text, err := os.ReadFile(last)
	if err != nil || !strings.Contains(string(text), `"code":143,"name":"terminated"`) {
		t.Errorf("%v, %s", err, text)
	}
}

// Settings that jobs share have one address for all, and a check for each.
func TestJobsHaveHeartbeatsOfTheirOwn(t *testing.T) {
	r := listen(t)
	for _, job := range []Report{{Command: "mail send", Source: "mail send"}, {Command: "import", Source: "Creators/EU 2"}} {
		w := Begin(t.Context(), Settings{Heartbeat: r.at(t, "/ping/key/{command}-{source}?create=1")}, job)
		if faults := w.End(t.Context(), 3); faults != nil {
			t.Errorf("%v", faults)
		}
	}
	want := []string{
		"POST /ping/key/import-creators-eu-2/3?create=1", "POST /ping/key/import-creators-eu-2/start?create=1",
		"POST /ping/key/mail-send-mail-send/3?create=1", "POST /ping/key/mail-send-mail-send/start?create=1",
	}
	if diff := cmp.Diff(want, r.paths()); diff != "" {
		t.Error(diff)
	}
}

func TestAHeartbeatIsPlainWhereAllIsWell(t *testing.T) {
	r := listen(t)
	w := Begin(t.Context(), Settings{Heartbeat: r.at(t, "/ping/secret")}, Report{Command: "import", Source: "hr"})
	if faults := w.End(t.Context(), 0); faults != nil {
		t.Errorf("%v", faults)
	}
	if diff := cmp.Diff([]string{"POST /ping/secret", "POST /ping/secret/start"}, r.paths()); diff != "" {
		t.Error(diff)
	}
}

// Whoever cannot be told is named once, without what may be a secret, and is not
// waited for longer than he may take.
func TestWhoCannotBeTold(t *testing.T) {
	patience = 200 * time.Millisecond
	defer func() { patience = Patience }()
	r := listen(t)
	gone := httptest.NewServer(nil)
	nobody, _ := ParseAddress(gone.URL + "/token")
	gone.Close()
	for name, c := range map[string]struct {
		to   Address
		want string
	}{
		"slow":    {r.at(t, "/slow/token"), r.URL + "/… did not answer within 5 seconds"},
		"broken":  {r.at(t, "/broken/token"), r.URL + "/… answered 500 Internal Server Error"},
		"moved":   {r.at(t, "/moved/token"), r.URL + "/… answered 301 Moved Permanently"},
		"refused": {nobody, gone.URL + "/… could not be reached: dial tcp"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			w := Begin(t.Context(), Settings{MetricsPush: c.to, Heartbeat: c.to, Notify: c.to}, Report{Command: "import", Source: "hr"})
			faults := w.End(t.Context(), 0)
			if len(faults) != 3 {
				t.Errorf("%v", faults)
			}
			for _, err := range faults {
				if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "token") {
					t.Errorf("%v\nwant %s", err, c.want)
				}
			}
			if took := time.Since(began); took > 20*patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestAStartThatWasNotHeardIsSaid(t *testing.T) {
	var asked sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, again := asked.LoadOrStore("once", true); !again {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer server.Close()
	to, _ := ParseAddress(server.URL)
	w := Begin(t.Context(), Settings{Heartbeat: to}, Report{})
	if faults := w.End(t.Context(), 0); len(faults) != 1 || !strings.Contains(faults[0].Error(), "answered 502") {
		t.Errorf("%v", faults)
	}
}

func TestAddresses(t *testing.T) {
	for text, shown := range map[string]string{
		"https://hc.example.com/0a1b":            "https://hc.example.com/…",
		"https://ada:secret@hooks.example.com":   "https://hooks.example.com",
		"http://gateway.example.com:9091/?t=abc": "http://gateway.example.com:9091/…",
	} {
		if a, err := ParseAddress(text); err != nil || a.String() != shown {
			t.Errorf("%s: %v, %v", text, a, err)
		}
	}
	for _, text := range []string{"", "hc.example.com/a", "ftp://hc.example.com", "https://", "https://a b/", "https://x.example.com/#a"} {
		if _, err := ParseAddress(text); err == nil {
			t.Errorf("%q is an address", text)
		}
	}
}

// Whoever writes an alert finds every metric where they are described.
func TestEveryMetricIsDescribed(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "fixtures", "deploy", "monitoring", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(slices.Clone(families), family{name: info, help: infoHelp}) {
		if row := regexp.MustCompile(`(?m)^\| ` + "`" + f.name + "`" + ` \| .*\| ` + regexp.QuoteMeta(f.help) + ` \|$`); !row.Match(text) {
			t.Errorf("%s is not described as %q", f.name, f.help)
		}
	}
}
