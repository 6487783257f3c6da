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

// rooms lists the packages from the leaves up: each may import those before
// it, and only those.
var rooms = []string{
	"muster/importer/failure",
	"muster/importer/spelling",
	"muster/importer/reason",
	"muster/importer/identity",
	"muster/importer/record",
	"muster/importer/file",
	"muster/importer/csvfile",
	"muster/importer/xlsxfile",
	"muster/importer",
	"muster/dedupe",
	"muster/provision",
	"muster/provision/", // what implements provision's interfaces, and what they share among them
	"muster/cmd/",
}

// storey is the place of a package in rooms.
func storey(pkg string) int {
	for i, room := range rooms {
		if pkg == room || strings.HasSuffix(room, "/") && strings.HasPrefix(pkg, room) {
			return i
		}
	}
	return -1
}

// allowed says which files alone may import a library.
var allowed = map[string]*regexp.Regexp{
	"github.com/xuri/excelize/v2":     regexp.MustCompile(`^importer/xlsxfile/|_xlsx\.go$|^fixtures/`),
	"github.com/jmoiron/sqlx":         regexp.MustCompile(`^provision/store/`),
	"github.com/lib/pq":               regexp.MustCompile(`^provision/store/`),
	"modernc.org/sqlite":              regexp.MustCompile(`^provision/store/`),
	"github.com/pressly/goose/v3":     regexp.MustCompile(`^provision/store/`),
	"github.com/spf13/cobra":          regexp.MustCompile(`^cmd/`),
	"github.com/vbauerster/mpb/v8":    regexp.MustCompile(`^cmd/`),
	"github.com/gocarina/gocsv":       regexp.MustCompile(`^importer/`),
	"go.yaml.in/yaml/v3":              regexp.MustCompile(`^cmd/|^provision/[a-z]+\.go$`),
	"github.com/jedib0t/go-pretty/v6": regexp.MustCompile(`^cmd/|^provision/report/`),
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

// Imports go one way: cmd → provision/* → provision → dedupe → importer →
// importer/file → importer/record → importer/identity → importer/reason; failure
// is below all.
func TestImportsGoOneWay(t *testing.T) {
	seen := 0
	imports(t, func(file, imported string) {
		pkg := "muster/" + filepath.ToSlash(filepath.Dir(file))
		from, to := storey(pkg), storey(imported)
		if from < 0 || to < 0 || strings.HasSuffix(file, "_test.go") || strings.Contains(pkg, "/storetest") {
			return
		}
		seen++
		if to > from || to == from && pkg != imported && rooms[from] != "muster/provision/" {
			t.Errorf("%s imports %s: imports go one way only", file, imported)
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
	"muster/importer/record": {"excelize", "gocsv", "cobra"},
	"muster/dedupe":          {"excelize", "gocsv", "cobra"},
	"muster/provision/link":  {"excelize", "gocsv", "cobra"},
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
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "storetest") {
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
	want := []string{"ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "README.md", "cmd", "dedupe", "fixtures", "go.mod", "go.sum", "importer", "provision"}
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
