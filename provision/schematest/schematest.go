// Package schematest holds what programs read against the schemas that describe
// it. A schema in a folder lets new members come; here it does not, so that
// whoever adds a member describes it.
package schematest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A Schema has nothing left out, and lets nothing in that it does not name.
type Schema struct{ compiled *jsonschema.Schema }

// Read reads a schema from a file.
func Read(t testing.TB, path string) Schema {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	closed(schema)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(path, schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return Schema{compiled}
}

// Against is what a schema has against a text, nil where it is as it says.
func (s Schema) Against(text []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return s.compiled.Validate(value)
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

// Members are the names of the members of a schema's objects.
func Members(t testing.TB, path string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	named := map[string]bool{}
	for name := range schema.Properties {
		named[name] = true
	}
	return named
}

// Same reports where a schema in a file is not the one that is wanted.
func Same(t testing.TB, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the types say: go test -update writes it\n%s", path, cmp.Diff(string(got), string(want)))
	}
}
