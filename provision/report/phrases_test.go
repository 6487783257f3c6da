package report

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"muster/importer/reason"
	"muster/provision/locale"
)

// tables are the variables and types of literals whose texts are phrases.
var tables = regexp.MustCompile(`^(Outcomes|commanded|Links|Strengths|warnings|turns|guards|guardsOf|planned|plannedOf|differing|changes|webSections|` +
	`plannedLeads|plannedLinks|Choices|(decision|name|email|remark)Title|howToSheet|choicesSheet|decisions|agrees|alike|differs|ended|things|details|events|actions|(invite|person|other|review|difference|place|profile|removed|drift|decide|trailing)Columns)$`)

// properNames are no phrases: they are the same in all languages.
var properNames = map[string]bool{"": true, "Instagram": true, "TikTok": true, "YouTube": true, "1": true, "2": true, "3": true, "4": true}

// elsewhere are files whose columns are for machines.
var elsewhere = map[string]bool{"invites_csv.go": true, "accounts_list.go": true}

// phrases are all that the reports say, by what it is in English: what the code
// hands to Say, Count and say, the texts of its tables, those of the page, and
// every reason.
func phrases(t *testing.T) map[string]bool {
	t.Helper()
	said := map[string]bool{}
	add := func(text string) {
		if !properNames[text] {
			said[text] = true
		}
	}
	for _, e := range reason.All() {
		add(e.Meaning)
		add(e.Remedy)
	}
	for _, of := range []string{ // the contract's own words
		"creator", "staff", "client", "created", "invited", "registering", "registered", "handed over", "mailed", "waiting to be mailed", "only some of its rows were read (--rows)",
	} {
		add(of)
	}
	for _, room := range []string{".", "../words", "../review/desk"} {
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || elsewhere[filepath.Base(file)] {
				continue
			}
			parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				for _, text := range phrasesOf(n, filepath.Base(file)) {
					add(text)
				}
				return true
			})
		}
	}
	for _, text := range slices.Concat(pageTexts(t), keptTexts(t)) {
		add(text)
	}
	for _, m := range regexp.MustCompile(`\$\.(?:Say|Count \.[A-Za-z]+) "([^"]*)"(?: "([^"]*)")?`).FindAllStringSubmatch(webpageText, -1) {
		add(m[1])
		add(m[2])
	}
	return said
}

// pageTexts are what the pages of a review say.
func pageTexts(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../review/desk/templates/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`[{(]say "([^"]*)"`).FindAllStringSubmatch(string(text), -1) {
			all = append(all, m[1])
		}
	}
	return all
}

// phrasesOf are the phrases of a node itself.
func phrasesOf(n ast.Node, file string) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		switch name := calledName(n); {
		case name == "Say" && len(n.Args) > 0:
			return literals(n.Args[0])
		case name == "refusal":
			return literals(n.Args...)
		case name == "rowCard" && len(n.Args) > 2:
			return literals(n.Args[2])
		case name == "Count" && len(n.Args) > 2:
			return literals(n.Args[1], n.Args[2])
		case (name == "say" || name == "sayOf") && len(n.Args) > 3:
			return literals(n.Args[2], n.Args[3])
		}
	case *ast.ValueSpec:
		if tables.MatchString(n.Names[0].Name) || file == "sheets.go" && !strings.HasPrefix(n.Names[0].Name, "links") {
			return within(n)
		}
	case *ast.CompositeLit:
		if array, ok := n.Type.(*ast.ArrayType); ok {
			of, named := array.Elt.(*ast.Ident)
			_, described := array.Elt.(*ast.StructType)
			if described && (file == "missing.go" || file == "next_source.go") {
				return within(n)
			}
			if _, pairs := array.Elt.(*ast.ArrayType); pairs || named && (of.Name == "column" || of.Name == "webFact" || of.Name == "field") {
				return within(n)
			}
		}
	}
	return nil
}

func calledName(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

// within are all literals of a node, but for those that a call in it says.
func within(n ast.Node) []string {
	var all []string
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return calledName(n) == "Concat" || calledName(n) == "sheetColumns"
		case *ast.BasicLit, *ast.BinaryExpr:
			all = append(all, literals(n.(ast.Expr))...)
			return false
		}
		return true
	})
	return all
}

// literals are the texts of expressions that are literals, or several put
// together.
func literals(all ...ast.Expr) []string {
	var texts []string
	for _, e := range all {
		if text, ok := constant(e); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == gotoken.STRING
	case *ast.BinaryExpr:
		x, ok := constant(e.X)
		y, also := constant(e.Y)
		return x + y, ok && also
	}
	return "", false
}

var verbs = regexp.MustCompile(`%(?:\[\d\])?[sdq]`)

// Every phrase is said in every language, with the same values; and there is
// none that nobody says any more. MUSTER_PHRASES names a file for a list of them.
func TestEveryPhraseIsSaidInEveryLanguage(t *testing.T) {
	said := slices.Sorted(maps.Keys(phrases(t)))
	if path := os.Getenv("MUSTER_PHRASES"); path != "" {
		if err := os.WriteFile(path, []byte(strings.Join(said, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range locale.Languages() {
		if l == locale.English {
			continue
		}
		book, err := l.Phrases()
		if err != nil {
			t.Fatal(err)
		}
		for _, english := range said {
			other := book[english]
			delete(book, english)
			if other == "" {
				t.Errorf("%s: %q is missing", l, english)
			} else if got, want := verbsOf(other), verbsOf(english); got != want {
				t.Errorf("%s: %q has the values %s, in English %s: %q", l, english, got, want, other)
			}
		}
		for english := range book {
			t.Errorf("%s: nobody says %q", l, english)
		}
	}
}

// verbsOf are the values of a phrase, in the order in which they are given.
func verbsOf(phrase string) string {
	all := verbs.FindAllString(phrase, -1)
	slices.SortStableFunc(all, func(a, b string) int {
		if strings.Contains(a, "[") && strings.Contains(b, "[") {
			return strings.Compare(a, b)
		}
		return 0
	})
	for i, verb := range all {
		all[i] = regexp.MustCompile(`\[\d\]`).ReplaceAllString(verb, "")
	}
	return strings.Join(all, " ")
}
