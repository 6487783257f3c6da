package report

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"muster/provision"
	"muster/provision/schematest"
)

func schemaFile(name string) string { return filepath.Join("schema", name+".schema.json") }

// The files for programs are what their schemas say, and nothing more: whoever
// adds a member describes it there.
func TestSchemas(t *testing.T) {
	dir, _ := writeSample(t)
	summary, err := os.ReadFile(filepath.Join(dir, SummaryFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := schematest.Read(t, schemaFile("summary.v1")).Against(summary); err != nil {
		t.Errorf("%v\n%s", err, summary)
	}
	rows, err := os.ReadFile(filepath.Join(dir, RowsFile))
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Read(t, schemaFile("rows.v1"))
	n := 0
	for lines := bufio.NewScanner(bytes.NewReader(rows)); lines.Scan(); n++ {
		if err := schema.Against(lines.Bytes()); err != nil {
			t.Errorf("%v\n%s", err, lines.Bytes())
		}
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
		if schema.Against([]byte(wrong)) == nil {
			t.Errorf("the schema has nothing against %s", wrong)
		}
	}
}

// Members that the sample leaves out are described, too.
func TestSchemasHaveEveryMember(t *testing.T) {
	for name, written := range map[string]reflect.Type{
		"rows.v1": reflect.TypeFor[row](), "summary.v1": reflect.TypeFor[provision.Summary](),
	} {
		described := schematest.Members(t, schemaFile(name))
		for i := range written.NumField() {
			member, _, _ := strings.Cut(written.Field(i).Tag.Get("json"), ",")
			if member != "-" && !described[member] {
				t.Errorf("%s does not describe %q", name, member)
			}
		}
	}
}
