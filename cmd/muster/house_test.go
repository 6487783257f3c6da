package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A room may import the rooms that stand behind it here, and no other of ours.
// Who wants one more draws it here first, and in ARCHITECTURE.md.
var rooms = map[string]string{
	"importer/reason":   "",
	"importer/failure":  "",
	"importer/spelling": "",
	"provision/locale":  "",
	"importer/identity": "importer/reason",
	"importer/record":   "importer/identity importer/reason",
	"importer/file":     "importer/failure importer/record",
	"importer/csvfile":  "importer/file",
	"importer/xlsxfile": "importer/file importer/record",
	"importer": "importer/csvfile importer/file importer/identity importer/reason importer/record importer/spelling " +
		"importer/xlsxfile",

	"dedupe": "dedupe/permission importer/identity importer/reason importer/record",

	"dedupe/permission": "importer/spelling",

	"provision": "dedupe dedupe/permission importer/failure importer/identity importer/reason importer/record",

	"provision/change": "provision dedupe/permission dedupe importer/identity importer/reason",

	"provision/guard": contract,

	"provision/source": "provision/change " + contract,

	"provision/plan": "provision/change provision/guard provision/source importer importer/file " + contract,
	"provision/run":  "provision/change provision/guard provision/plan provision/words importer importer/file " + contract,

	"provision/review":      "provision/locale provision/words provision/run provision/plan importer importer/file " + contract,
	"provision/review/desk": "provision/review provision/report provision/words provision/locale " + contract,
	"provision/pick":        "provision/change provision/plan provision/run importer " + contract,
	"provision/links":       "provision/pick provision/change provision/plan provision/link importer " + contract,
	"provision/sources":     "provision/pick provision/plan provision/run provision/source " + contract,
	"provision/undo":        "provision/pick provision/change provision/plan provision/words " + contract,
	"provision/accounts": "provision/pick provision/run provision/change provision/plan provision/link importer " +
		"importer/spelling " + contract,
	"provision/directory": "provision/change provision/locale provision/run provision/words importer importer/spelling " + contract,
	"provision/explain":   contract,
	"provision/words":     "provision/change provision/locale " + contract,

	"provision/claim":          "provision/change provision/claim/password provision/link " + contract,
	"provision/claim/page":     "provision/claim provision/claim/password provision/link provision/locale " + contract,
	"provision/claim/password": "",

	"provision/keys":     "provision/change provision/link " + contract,
	"provision/store":    contract,
	"provision/link":     contract,
	"provision/report":   "provision/link provision/locale provision/words provision/plan provision/review importer importer/file " + contract,
	"provision/template": "importer " + contract,

	"provision/mail":        "provision/change provision/locale provision/mail/letter provision/mail/relay " + contract,
	"provision/mail/letter": "provision provision/locale importer/failure",
	"provision/mail/relay":  "importer/failure",

	"cmd/muster/exit":   "",
	"cmd/muster/cgroup": "",

	"cmd/muster/outside": "cmd/muster/exit importer/reason provision",

	"cmd/muster/flags": "cmd/muster/outside importer importer/file importer/spelling provision/claim/password provision/mail " +
		"provision/mail/letter provision/mail/relay provision/locale provision/pick provision/plan provision/run provision/store " + contract,
	"cmd/muster/view": "provision/claim/page provision/mail provision/mail/letter cmd/muster/exit cmd/muster/flags " +
		"importer importer/file provision/change provision/explain provision/keys provision/link " +
		"provision/plan provision/report provision/words " +
		"provision/accounts provision/run " + contract,
	"cmd/muster": "*",
}

// contract is what every room of provision may import.
const contract = "provision dedupe/permission dedupe importer/failure importer/identity importer/reason importer/record"

// allowed says which files alone may import a library. The store is one for the
// command line: a session opens it, commands ask the engine, and the schema is
// nobody's but db's.
var allowed = map[string]*regexp.Regexp{
	"github.com/xuri/excelize/v2":     regexp.MustCompile(`^importer/xlsxfile/|_xlsx\.go$|^fixtures/`),
	"github.com/jmoiron/sqlx":         regexp.MustCompile(`^provision/store/|^fixtures/bench/`),
	"github.com/lib/pq":               regexp.MustCompile(`^provision/store/|^fixtures/bench/`),
	"modernc.org/sqlite":              regexp.MustCompile(`^provision/store/|^fixtures/bench/`),
	"github.com/pressly/goose/v3":     regexp.MustCompile(`^provision/store/`),
	"github.com/spf13/cobra":          regexp.MustCompile(`^cmd/muster/(flags/)?[a-z_]+\.go$`),
	"github.com/vbauerster/mpb/v8":    regexp.MustCompile(`^cmd/muster/view/`),
	"github.com/gocarina/gocsv":       regexp.MustCompile(`^importer/gocsv\.go$`),
	"go.yaml.in/yaml/v3":              regexp.MustCompile(`^cmd/muster/(flags/|cmd_org\.go$)|^provision/directory/|^dedupe/permission/`),
	"github.com/wneessen/go-mail":     regexp.MustCompile(`^provision/mail/(relay/)?[a-z_]+\.go$`),
	"github.com/emersion/go-smtp":     regexp.MustCompile(`^provision/mail/mailtest/`),
	"github.com/jedib0t/go-pretty/v6": regexp.MustCompile(`^cmd/muster/view/|^provision/report/`),
	"muster/provision/store": regexp.MustCompile(
		`^cmd/muster/(session|open|cmd_db|cmd_db_operators|flags/database)\.go$|^provision/store/|^fixtures/`),
}

// imports calls f for every import of every Go file of the project.
func imports(t *testing.T, f func(file, imported string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		file, err := filepath.Rel(root, path)
		for _, i := range parsed.Imports {
			imported, _ := strconv.Unquote(i.Path.Value)
			f(filepath.ToSlash(file), imported)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// forTests are the rooms of what only tests use.
var forTests = regexp.MustCompile(`test(/|$)`)

func TestImportsGoOneWay(t *testing.T) {
	seen := 0
	imports(t, func(file, imported string) {
		room := filepath.ToSlash(filepath.Dir(file))
		other, ours := strings.CutPrefix(imported, "muster/")
		if !ours || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(room, "fixtures") || forTests.MatchString(room) {
			return
		}
		seen++
		allowed, drawn := rooms[room]
		if !drawn {
			t.Errorf("%s: the room %s is not drawn", file, room)
		} else if allowed != "*" && !slices.Contains(strings.Fields(allowed), other) {
			t.Errorf("%s imports %s: from %s no arrow leads there", file, imported, room)
		}
	})
	if seen < 30 {
		t.Errorf("only %d imports seen: the test looks in the wrong place", seen)
	}
}

// free says which packages must come without which libraries, however far down:
// whoever redeems a link, or only wants the rules, links no reader of workbooks
// and no command line.
var free = map[string][]string{
	"muster/importer/record":   {"excelize", "gocsv", "cobra"},
	"muster/importer/file":     {"excelize", "gocsv", "cobra"},
	"muster/importer/csvfile":  {"excelize", "gocsv", "cobra"},
	"muster/importer/xlsxfile": {"gocsv", "cobra"},
	"muster/dedupe":            {"excelize", "gocsv", "cobra"},
	"muster/provision/link":    {"excelize", "gocsv", "cobra"},
	"muster/provision":         {"excelize", "gocsv", "cobra", "conc", "yaml"},
	"muster/provision/store":   {"excelize", "gocsv", "cobra"},

	"muster/provision/claim":          {"muster/provision/store", "excelize", "gocsv", "cobra", "yaml"},
	"muster/provision/claim/page":     {"muster/provision/store", "excelize", "gocsv", "cobra", "yaml"},
	"muster/provision/claim/password": {"muster/provision/store", "excelize", "gocsv", "cobra", "net/http"},
}

func TestPackagesLinkNoMoreThanTheyShould(t *testing.T) {
	for pkg, libraries := range free {
		out, err := exec.Command("go", "list", "-deps", pkg).Output()
		if err != nil {
			t.Fatalf("go list -deps %s: %v", pkg, err)
		}
		deps := string(out)
		if !strings.Contains(deps, pkg+"\n") {
			t.Fatalf("go list -deps %s does not name the package itself", pkg)
		}
		for _, library := range libraries {
			if strings.Contains(deps, library) {
				t.Errorf("%s links %s", pkg, library)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	imports(t, func(file, imported string) {
		for library, where := range allowed {
			if (imported == library || strings.HasPrefix(imported, library+"/")) && !where.MatchString(file) && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s imports %s", file, imported)
			}
		}
	})
}

// Nothing starts a goroutine by itself: conc does.
func TestNoBareGoroutines(t *testing.T) {
	bare := regexp.MustCompile(`(?m)^\s*go (func|[a-zA-Z_.]+\()`)
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			forTests.MatchString(filepath.ToSlash(filepath.Dir(path))) {
			return err
		}
		text, err := os.ReadFile(path)
		if m := bare.Find(text); m != nil {
			t.Errorf("%s: %s", path, m)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The top level is what it is meant to be, and nothing else.
func TestTopLevel(t *testing.T) {
	want := []string{"ARCHITECTURE.md", "BENCHMARKS.md", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "README.md", "cmd", "dedupe", "fixtures", "go.mod", "go.sum", "importer", "provision"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(want, e.Name()) && !strings.HasPrefix(e.Name(), "muster") {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
