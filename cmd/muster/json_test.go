package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/view"
	"muster/importer"
	"muster/importer/file"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/review"
	"muster/provision/schematest"
	"muster/provision/store"
)

var updateSchema = flag.Bool("update", false, "write schema/")

// linesSchema describes every line that --json prints.
var linesSchema = filepath.Join("schema", "lines.v1.schema.json")

// lines are the kinds of lines that commands print beside those of the views.
func lines() []view.Line {
	summary := func(about string, has any) view.Line { return view.Line{Type: "summary", About: about, Has: has} }
	line := func(kind, about string, has any) view.Line { return view.Line{Type: kind, About: about, Has: has} }
	return append(view.Lines(),
		view.Line{Type: "fault", About: "What is wrong with a file of decisions, on standard error.", Event: true, Has: review.CellFault{}},
		view.Line{Type: "review", About: "Where the page of a review is.", Event: true, Has: struct {
			Address string `json:"address"`
			Rows    int    `json:"rows"`
		}{}},
		line("change", "What org apply changed.", struct {
			Text string `json:"text"`
		}{}),
		line("organization", "An organization, as its file says.", provision.Organization{}),
		line("leftover", "A report that still tells of somebody who was erased.", leftover{}),
		line("mark", "Whether somebody may come back who was erased.", markLine{}),
		line("operator", "Who has power over the platform.", store.PlatformOperator{}),
		line("lock", "A lock that is held.", lease{}),
		line("source", "Where lists come from that are synced.", sourceLine{}),
		summary("Of sources show.", sourceLine{}),
		summary("Of sources.", struct {
			Sources int `json:"sources"`
		}{}),
		summary("Of sources release.", struct {
			Source   string `json:"source"`
			Released bool   `json:"released"`
		}{}),
		summary("Of sources rename.", renamedLine{}),
		line("migration", "A migration of the database.", migration{}),
		line("logins", "Who may act as whom.", loginsOf{}),
		line("exit_code", "An exit code.", exit.Code{}),
		line("reason", "A reason of a report.", struct {
			Code    reason.Code `json:"code"`
			Stage   string      `json:"stage"`
			Meaning string      `json:"meaning"`
			Remedy  string      `json:"remedy"`
		}{}),
		line("run", "A run that was purged.", purgedLine{}),
		summary("Of plan.", struct {
			provision.PlanSummary
			Plan     string   `json:"plan,omitempty"`
			Pages    []string `json:"pages,omitempty"`
			Shards   int      `json:"shards,omitempty"`
			ExitCode int      `json:"exit_code"`
		}{}),
		summary("Of a run that was skipped, as another is at work.", struct {
			Skipped bool `json:"skipped"`
			Code    int  `json:"exit_code"`
		}{}),
		summary("Of a command that found nobody to do something with.", struct {
			Rows int `json:"rows"`
			Code int `json:"exit_code"`
		}{}),
		summary("Of org apply.", struct {
			Organization string `json:"organization"`
			Changes      int    `json:"changes"`
		}{}),
		summary("Of org show.", struct {
			Organizations int `json:"organizations"`
		}{}),
		summary("Of db operators.", struct {
			Operators int `json:"operators"`
		}{}),
		summary("Of db operators --add and --remove.", struct {
			Email   string `json:"email"`
			Changed bool   `json:"changed"`
		}{}),
		summary("Of accounts readmit.", struct {
			Lifted int `json:"lifted"`
		}{}),
		summary("Of lock show.", struct {
			Locks int `json:"locks"`
		}{}),
		summary("Of lock release.", struct {
			Released string `json:"released"`
			Token    int64  `json:"token"`
		}{}),
		summary("Of template.", struct {
			Template     string `json:"template"`
			Kind         string `json:"kind"`
			Organization string `json:"organization"`
		}{}),
		summary("Of version.", struct {
			Version  string `json:"version"`
			Go       string `json:"go"`
			Platform string `json:"platform"`
			Commit   string `json:"commit,omitempty"`
			Memory   int64  `json:"memory_limit,omitempty"`
		}{}),
		summary("Of man.", struct {
			Pages  int    `json:"pages"`
			Folder string `json:"folder"`
		}{}),
		summary("Of db migrate.", struct {
			Applied int `json:"applied"`
		}{}),
		summary("Of db status.", struct {
			Applied int `json:"applied"`
			Pending int `json:"pending"`
			Newer   int `json:"newer"`
		}{}),
		summary("Of help exit-codes.", struct {
			Codes int `json:"exit_codes"`
		}{}),
		summary("Of help reasons.", struct {
			Reasons int `json:"reasons"`
		}{}),
		summary("Of runs purge.", struct {
			Runs  int `json:"runs"`
			Files int `json:"files"`
			Rows  int `json:"rows"`
		}{}),
		summary("Of directory load.", struct {
			Added     int `json:"added"`
			Updated   int `json:"updated"`
			Unchanged int `json:"unchanged"`
			Rejected  int `json:"rejected"`
			Lowered   int `json:"lowered"`
			Withheld  int `json:"withheld"`
			Elsewhere int `json:"elsewhere"`
			Unread    int `json:"unread_profiles"`
			Moved     int `json:"other_addresses"`
		}{}),
		summary("Of keys init, rotate and retire.", struct {
			Path   string `json:"path"`
			Kid    string `json:"kid"`
			Former string `json:"former,omitempty"`
			Ended  int    `json:"links_ended,omitempty"`
		}{}),
		summary("Of review export.", struct {
			Run     string `json:"run"`
			Cases   int    `json:"cases"` // rows that are held together are one
			Rows    int    `json:"rows"`
			LeftOut int    `json:"left_out"` // of the rows: somebody decided to skip them
			Settled int    `json:"settled"`
			File    string `json:"file"`
		}{}),
	)
}

// inspections are the objects of inspect, which have no type.
func inspections(m *schematest.Maker) []any {
	return []any{
		m.Object("A list, as inspect list understood it.", nil, importer.Inspection{}),
		m.Object("A file that inspect list could not read.", nil, struct {
			Path    string     `json:"path"`
			Error   file.Class `json:"error"`
			Message string     `json:"message"`
		}{}),
		m.Object("A profile, as inspect keys read it.", nil, struct {
			Input      string      `json:"input"`
			Hint       string      `json:"hint"`
			Network    string      `json:"network"`
			Kind       string      `json:"kind"`
			Value      string      `json:"value"`
			Reason     reason.Code `json:"reason"`
			Suggestion string      `json:"suggestion,omitempty"`
		}{}),
		m.Object("An address, as inspect keys read it.", nil, struct {
			Input          string      `json:"input"`
			Hint           string      `json:"hint"`
			Valid          bool        `json:"valid"`
			MatchKey       string      `json:"match_key"`
			DisplayAddress string      `json:"display_address"`
			Reason         reason.Code `json:"reason"`
			Suggestion     string      `json:"suggestion,omitempty"`
		}{}),
	}
}

// The schema of the lines is made of the types that are printed: whoever adds a
// field has it described by its comment, with go test -run Schema -update.
func TestSchemaOfTheLinesIsThatOfTheTypes(t *testing.T) {
	text := schematest.Text(schemaOfLines())
	if *updateSchema {
		if err := os.WriteFile(linesSchema, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	schematest.Same(t, linesSchema, text)
}

func schemaOfLines() map[string]any {
	m := &schematest.Maker{Root: filepath.Join("..", ".."), Choices: map[reflect.Type][]string{}}
	for _, o := range provision.Outcomes {
		of := reflect.TypeFor[provision.Outcome]()
		m.Choices[of] = append(m.Choices[of], string(o))
	}
	var all []any
	for _, l := range lines() {
		head, has := map[string]any{"type": map[string]any{"const": l.Type}}, []any{l.Has}
		if l.Event {
			has = append(has, struct {
				Time  time.Time `json:"time"`
				Level string    `json:"level,omitempty"` // warning or error; left out where all is well
				Run   string    `json:"run,omitempty"`   // once there is one
			}{})
		}
		all = append(all, m.Object(l.About, head, has...))
	}
	return map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id":     "https://muster.example.com/schema/lines.v1.schema.json",
		"title":   "a line that muster prints with --json, version 1",
		"description": "New kinds of lines and members may be added; none is renamed or given another meaning within a version. " +
			"Lines of the log (--log-level) and of audit export are none of these.",
		"anyOf": append(all, inspections(m)...),
		"$defs": m.Defs(),
	}
}

// emitted finds the kinds of lines that the sources print.
var emitted = regexp.MustCompile(`(?:\.Emit\(|EmitTo\([a-zA-Z.]+, | say\()"([a-z_]+)"`)

func TestEveryKindOfLineIsDescribed(t *testing.T) {
	var kinds []string
	for _, l := range lines() {
		kinds = append(kinds, l.Type)
	}
	found := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range emitted.FindAllSubmatch(text, -1) {
			found++
			if !slices.Contains(kinds, string(m[1])) {
				t.Errorf("%s prints a line %q, which json_test.go and view/lines.go do not have", path, m[1])
			}
		}
		return err
	})
	if err != nil || found < 60 {
		t.Errorf("%d found, %v", found, err)
	}
}

// silent are the commands that print no lines, each with the reason why.
var silent = map[string]string{
	"muster completion": "it prints a script",
	"muster help":       "its topics do",
	"muster serve":      "it runs in the background, in serve.txt",
}

// Each command is asked for JSON by a script, and so held against the schema.
func TestEveryCommandIsAskedForJSON(t *testing.T) {
	var asked strings.Builder
	scripts, err := filepath.Glob("testdata/script/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range scripts {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.Contains(line, " --json") {
				asked.WriteString(line)
			}
		}
	}
	everyCommand(func(c *cobra.Command) {
		path := c.CommandPath()
		if !c.HasSubCommands() && !c.Hidden && silent[path] == "" && !strings.Contains(asked.String(), path+" ") {
			t.Errorf("no script has %s … --json: add it to json.txt", path)
		}
	})
}

// heldAgainstSchema holds what a command printed against the schema of its lines,
// where it was asked for JSON, and a plan that it kept against that of plans.
func heldAgainstSchema(ts *testscript.TestScript, args []string) {
	if slices.Contains(args, "--json") {
		for _, stream := range []string{"stdout", "stderr"} {
			eachObject(ts, ts.ReadFile(stream), schemas.lines)
		}
	}
	at := slices.Index(args, "-o")
	if slices.Contains(args, "plan") && at > 0 && at+1 < len(args) && strings.HasSuffix(args[at+1], ".jsonl") {
		if text, err := os.ReadFile(ts.MkAbs(args[at+1])); err == nil {
			eachObject(ts, string(text), schemas.plans)
		}
	}
}

// schemas has the schemas that scripts hold things against.
var schemas struct{ lines, plans schematest.Schema }

func readSchemas(t *testing.T) {
	schemas.lines = schematest.Read(t, linesSchema)
	plans, err := filepath.Glob("../../provision/plan/schema/plan.*.json")
	if err != nil || len(plans) == 0 {
		t.Fatal(plans, err)
	}
	schemas.plans = schematest.Read(t, plans[len(plans)-1])
}

func eachObject(ts *testscript.TestScript, text string, schema schematest.Schema) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "{") || strings.Contains(line, `"msg":`) { // a log
			continue
		}
		if err := schema.Against([]byte(line)); err != nil {
			ts.Fatalf("%s", fmt.Sprintf("this is not what the schema says:\n%s\n%v", line, err))
		}
	}
}

// A member that nobody described, or one that is missing, does not pass.
func TestTheSchemaOfLinesIsStrict(t *testing.T) {
	schema := schematest.Read(t, linesSchema)
	right := `{"type":"notice","time":"2026-11-29T20:29:41.112Z","text":"x"}`
	if err := schema.Against([]byte(right)); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{
		`{"type":"notice","time":"2026-11-29T20:29:41.112Z","text":"x","more":1}`,
		`{"type":"notice","text":"x"}`,
		`{"type":"notice","time":"noon","text":"x"}`,
		`{"type":"rumour","time":"2026-11-29T20:29:41.112Z","text":"x"}`,
		`{"type":"summary","lock":1}`,
		`{"type":"run_finished","time":"2026-11-29T20:29:41.112Z","code":0,"name":"ok","rows":1,"outcomes":{"lost":1},"report":"x"}`,
	} {
		if schema.Against([]byte(wrong)) == nil {
			t.Errorf("the schema has nothing against %s", wrong)
		}
	}
}
