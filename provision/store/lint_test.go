package store_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"muster/provision/store"
)

// forbidden is what a distributed PostgreSQL cannot do, what would make the
// two engines differ, and what would take time or chance from the database.
var forbidden = map[string]string{
	`\b(small|big)?serial\b|\bsequence\b|nextval|autoincrement|generated\s+(always|by)|identity`: "ids are UUIDs made in Go",
	`advisory`:                            "locks are rows: see lease",
	`\btemp(orary)?\b`:                    "temporary tables live on one connection of one server",
	`\btrigger\b`:                         "what happens is written where it happens",
	`\bdeferrable\b|\binitially\b`:        "a constraint says no at once",
	`\block\s+table\b`:                    "locks are on rows",
	`\blisten\b|\bnotify\b`:               "does not pass a pooler",
	`\bilike\b|\bcitext\b|\bnocase\b`:     "keys compare bytewise",
	`\b(lower|upper|initcap)\s*\(`:        "keys compare bytewise",
	`\bany\s*\(|\bunnest\b|\blateral\b`:   "PostgreSQL only: {rows}",
	`::`:                                  "PostgreSQL only: CAST",
	`\bnow\s*\(|\brandom\s*\(|_uuid\s*\(`: "times and ids come from Go",
	`\bcast\s*\([^()]*\bas\s+(uuid|timestamptz|json|jsonb)\b`: "SQLite makes a number of it: {uuid}, {ts}, {json}",
}

// dialectOnly are files whose texts are for one engine.
var dialectOnly = map[string]bool{"dialect.go": true}

func TestNoForbiddenSQL(t *testing.T) {
	texts := map[string]string{}
	goTexts(t, texts)
	migrationTexts(t, texts)
	inserts := store.Inserts()
	maps.Copy(texts, inserts)
	source, err := os.ReadFile("insert.go")
	if err != nil || len(inserts) != bytes.Count(source, []byte("= newTable(")) {
		t.Fatalf("%d tables of new rows: %v", len(inserts), err)
	}
	if len(texts) < 60 {
		t.Fatalf("only %d texts found", len(texts))
	}
	for where, text := range texts {
		for pattern, why := range forbidden {
			if dialectOnly[strings.SplitN(where, ":", 2)[0]] && strings.Contains(pattern, "cast") {
				continue
			}
			if m := regexp.MustCompile(`(?i)` + pattern).FindString(text); m != "" {
				t.Errorf("%s: %q: %s", where, m, why)
			}
		}
	}
}

var looksLikeSQL = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|WHERE|FOR|SET LOCAL|COPY|ANALYZE|jsonb?_\w+)\b`)

// goTexts collects every string in the package's code that is SQL.
func goTexts(t *testing.T, texts map[string]string) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if text, err := strconv.Unquote(l.Value); err == nil && looksLikeSQL.MatchString(text) {
					texts[set.Position(l.Pos()).String()] = text
				}
			}
			return true
		})
	}
}

// migrationTexts collects the statements of the migrations without comments.
func migrationTexts(t *testing.T, texts map[string]string) {
	comment := regexp.MustCompile(`(?m)--.*$`)
	err := filepath.WalkDir("migrations", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for i, s := range strings.Split(comment.ReplaceAllString(string(text), ""), ";") {
			texts[path+":"+strconv.Itoa(i)] = s
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMigrationsSayTheSame translates the PostgreSQL migrations and compares:
// the engines differ in the names of types, and in how they keep a table, alone;
// and SQLite takes no foreign key off a table, and changes no type.
func TestMigrationsSayTheSame(t *testing.T) {
	files, err := fs.Glob(os.DirFS("migrations/postgres"), "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	types := strings.NewReplacer(` text COLLATE "C"`, " text", " uuid", " text", " timestamptz", " text", " jsonb", " text", " json\n", " text\n", ") WITHOUT ROWID;", ");", "split_part(a.email, '@', 2)", "substr(a.email, instr(a.email, '@') + 1)", ") WITH (fillfactor = 60);", ");")
	spaces := regexp.MustCompile(`[ ]+`)
	apart := regexp.MustCompile(`(?m)--.*\n|^ALTER TABLE \w+ (DROP CONSTRAINT|ALTER COLUMN) .*;\n|^\n`)
	plain := func(path string) string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		same := apart.ReplaceAllString(string(text), "")
		return strings.TrimSpace(spaces.ReplaceAllString(types.Replace(spaces.ReplaceAllString(same, " ")), " "))
	}
	for _, f := range files {
		if plain("migrations/postgres/"+f) != plain("migrations/sqlite/"+f) {
			t.Errorf("%s differs between the engines", f)
		}
	}
}

// TestKeysCompareBytewise finds text in a key or an index that would sort as
// a language does.
func TestKeysCompareBytewise(t *testing.T) {
	text, err := os.ReadFile("migrations/postgres/00001_schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`).FindAllStringSubmatch(string(text), -1) {
		plain := map[string]bool{}
		for _, c := range regexp.MustCompile(`(?m)^    (\w+) +text( COLLATE "C")?`).FindAllStringSubmatch(table[2], -1) {
			plain[c[1]] = c[2] == ""
		}
		for _, keys := range regexp.MustCompile(`(?:KEY|UNIQUE) \(([^)]*)\)`).FindAllStringSubmatch(table[2], -1) {
			for _, c := range strings.Split(keys[1], ", ") {
				if plain[c] {
					t.Errorf("%s.%s is text in a key without COLLATE \"C\"", table[1], c)
				}
			}
		}
	}
}
