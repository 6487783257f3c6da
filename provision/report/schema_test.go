package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"muster/provision"
)

// The files for programs are what their schemas say, and nothing more: whoever
// adds a member describes it there.
func TestSchemas(t *testing.T) {
	dir, _ := writeSample(t)
	summary, err := os.ReadFile(filepath.Join(dir, SummaryFile))
	if err != nil {
		t.Fatal(err)
	}
	valid(t, "summary.v1", summary)
	rows, err := os.ReadFile(filepath.Join(dir, RowsFile))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for lines := bufio.NewScanner(bytes.NewReader(rows)); lines.Scan(); n++ {
		valid(t, "rows.v1", lines.Bytes())
	}
	if n != len(sampleLines()) {
		t.Errorf("%d lines were looked at", n)
	}
	for _, wrong := range []string{
		`{"file":"a.csv","line":0,"outcome":"created"}`,
		`{"file":"a.csv","line":2,"outcome":"made"}`,
		`{"file":"a.csv","line":2,"outcome":"created","links":"x"}`,
		`{"line":2,"outcome":"created"}`,
	} {
		if err := strict(t, "rows.v1").Validate(instance(t, []byte(wrong))); err == nil {
			t.Errorf("the schema has nothing against %s", wrong)
		}
	}
}

// Members that the sample leaves out are described, too.
func TestSchemasHaveEveryMember(t *testing.T) {
	for name, written := range map[string]reflect.Type{
		"rows.v1": reflect.TypeFor[row](), "summary.v1": reflect.TypeFor[provision.Summary](),
	} {
		text, err := os.ReadFile(filepath.Join("schema", name+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		var schema struct {
			Properties map[string]json.RawMessage `json:"properties"`
		}
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		for i := range written.NumField() {
			member, _, _ := strings.Cut(written.Field(i).Tag.Get("json"), ",")
			if _, described := schema.Properties[member]; member != "-" && !described {
				t.Errorf("%s does not describe %q", name, member)
			}
		}
	}
}

func valid(t *testing.T, schema string, text []byte) {
	t.Helper()
	if err := strict(t, schema).Validate(instance(t, text)); err != nil {
		t.Errorf("%s: %v\n%s", schema, err, text)
	}
}

func instance(t *testing.T, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// strict is a schema that lets no object have members it does not name. The
// one that stands in the folder does: programs are to expect new ones.
func strict(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("schema", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	closed(schema)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// closed closes every object of a schema that names its members.
func closed(schema any) {
	switch s := schema.(type) {
	case []any:
		for _, part := range s {
			closed(part)
		}
	case map[string]any:
		for _, part := range s {
			closed(part)
		}
		if _, names := s["properties"].(map[string]any); names && s["additionalProperties"] == nil {
			s["additionalProperties"] = false
		}
	}
}
