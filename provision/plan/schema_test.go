package plan

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/schematest"
)

var update = flag.Bool("update", false, "write schema/")

var schemaFile = filepath.Join("schema", "plan.v"+strconv.Itoa(planVersion)+".schema.json")

// The schema of a plan is made of the types that are written into it: whoever
// adds a field has it described by its comment, with go test -update.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	text := schematest.Text(planSchema())
	if *update {
		if err := os.WriteFile(schemaFile, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	schematest.Same(t, schemaFile, text)
}

func planSchema() map[string]any {
	m := &schematest.Maker{Root: filepath.Join("..", ".."), Choices: map[reflect.Type][]string{}}
	for _, o := range provision.Outcomes {
		of := reflect.TypeFor[provision.Outcome]()
		m.Choices[of] = append(m.Choices[of], string(o))
	}
	m.Own = map[reflect.Type]any{reflect.TypeFor[change.Changes](): map[string]any{
		"type": "array", "items": map[string]any{"$ref": "#/$defs/change"},
	}}
	line := func(kind, title string, value any) map[string]any {
		return m.Object(title, map[string]any{"type": map[string]any{"const": kind}}, value)
	}
	lines := []any{
		line("plan", "The first line: what the plan is, and what it is bound to.", provision.PlanHeader{}),
		line("row", "A row of the lists, in their order.", record.Record{}),
		line("step", "What is done for one person, after all rows, in the order of their first ones.", change.Step{}),
		line("missing", "What becomes of somebody of a source who is on no row, behind all steps.", change.Step{}),
		line("summary", "The last line: the plan in numbers.", provision.PlanSummary{}),
	}
	var changes []any
	shapes := change.Shapes()
	for _, op := range slices.Sorted(maps.Keys(shapes)) {
		changes = append(changes, m.Object("", map[string]any{"op": map[string]any{"const": string(op)}}, shapes[op]))
	}
	defs := m.Defs()
	defs["change"] = map[string]any{"description": "Something that happens to one account.", "oneOf": changes}
	return map[string]any{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         "https://muster.example.com/schema/plan.v" + strconv.Itoa(planVersion) + ".schema.json",
		"title":       "a line of a plan file, version " + strconv.Itoa(planVersion),
		"description": "A plan holds personal data. It is sealed: apply refuses one that was altered.",
		"oneOf":       lines,
		"$defs":       defs,
	}
}

// What a plan holds is what its schema says, and nothing more.
func TestPlansAreAsTheirSchemaSays(t *testing.T) {
	schema := schematest.Read(t, schemaFile)
	seen := map[string]int{}
	for lines := bufio.NewScanner(bytes.NewReader(samplePlan(t))); lines.Scan(); {
		var line struct{ Type string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		seen[line.Type]++
		if err := schema.Against(lines.Bytes()); err != nil {
			t.Errorf("%v\n%s", err, lines.Bytes())
		}
	}
	if len(seen) != 4 {
		t.Errorf("not every kind of line was looked at: %v", seen)
	}
	for _, wrong := range []string{
		`{"type":"plot"}`, `{"type":"row","row":1}`, `{"type":"step","rows":[1],"changes":[{"op":"vanish"}]}`,
		`{"type":"step","changes":[{"op":"issue_link","secret":"x"}]}`,
	} {
		if schema.Against([]byte(wrong)) == nil {
			t.Errorf("the schema has nothing against %s", wrong)
		}
	}
}

// samplePlan is a small plan with every kind of change that tells something.
func samplePlan(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.jsonl")
	w, err := NewWriter(path, provision.PlanHeader{Program: "muster"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	ann := record.Record{Place: record.Place{File: "people.csv", Line: 2}, Row: 1, Name: "Ann Example"}
	if err := w.Row(ann); err != nil {
		t.Fatal(err)
	}
	step := change.Step{Rows: []int{1}, First: change.Verdict{Outcome: provision.Created, Reason: "new_person"},
		Changes: change.Changes{change.Create{}, change.IssueLink{}}}
	if err := w.Step(step); err != nil {
		t.Fatal(err)
	}
	made, err := w.Close(nil)
	if err != nil {
		t.Fatal(err)
	}
	made.Close()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
