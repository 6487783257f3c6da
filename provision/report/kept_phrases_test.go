package report

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/provision/words"
)

// keptTexts are what is said in English, kept so, and told in the language of
// whoever reads it: why a decision is not possible, and what to do.
func keptTexts(t *testing.T) []string {
	t.Helper()
	var all []string
	eachNode(t, "../../dedupe/refus*.go", func(n ast.Node) {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			all = append(all, phraseOf(pair.Value)...)
		}
	})
	eachNode(t, "../../dedupe/resolve*.go", func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && calledName(call) == "fault" {
			all = append(all, phraseOf(call.Args[1])...)
			all = append(all, phraseOf(call.Args[2])...)
		}
	})
	eachNode(t, "../authority.go", func(n ast.Node) {
		if f, ok := n.(*ast.FuncDecl); ok && (f.Name.Name == "Refuses" || f.Name.Name == "withholds") {
			all = append(all, formats(f)...)
		}
	})
	eachNode(t, "../review/answers.go", func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && calledName(call) == "fault" {
			all = append(all, phraseOf(call.Args[1])...)
			all = append(all, phraseOf(call.Args[2])...)
		}
	})
	for pattern, name := range map[string]string{"../organization_access.go": "noSeat", "../../importer/record/field.go": "FieldEmail"} {
		eachNode(t, pattern, func(n ast.Node) {
			if names, ok := n.(*ast.GenDecl); ok {
				for _, spec := range names.Specs {
					if of, ok := spec.(*ast.ValueSpec); ok && of.Names[0].Name == name {
						all = append(all, within(names)...)
					}
				}
			}
		})
	}
	return slices.Concat(all, actionTexts(t), beyondTexts(t), readTexts(t))
}

// actionTexts are what the audit calls what is done to people, but for the verbs that
// words has sentences for.
func actionTexts(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, room := range []string{"change", "accounts", "links", "source", "sources", "undo", "directory"} {
		eachNode(t, "../"+room+"/*.go", func(n ast.Node) {
			of, ok := n.(*ast.ValueSpec)
			if !ok || len(of.Values) != 1 || !strings.HasSuffix(of.Names[0].Name, "Action") {
				return
			}
			if said := words.Action(literals(of.Values[0])[0]); !slices.Contains(all, said) {
				all = append(all, said)
			}
		})
	}
	return all
}

// beyondTexts say what a role can do beyond another, behind its name.
func beyondTexts(t *testing.T) []string {
	t.Helper()
	var all []string
	eachNode(t, "../capability.go", func(n ast.Node) {
		f, ok := n.(*ast.FuncDecl)
		if !ok || f.Name.Name != "Beyond" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if result, ok := n.(*ast.ReturnStmt); ok {
				for _, text := range phraseOf(result.Results[0]) {
					all = append(all, "role %q "+text)
				}
			}
			return true
		})
	})
	return all
}

// readTexts are the notes about how a list was read, and what is wrong with cells
// beyond the code.
func readTexts(t *testing.T) []string {
	t.Helper()
	var all []string
	said := func(n ast.Node) {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Message", "Why", "Looks", "status"}, key.Name) {
				all = append(all, phraseOf(n.Value)...)
			}
		case *ast.AssignStmt:
			if name, ok := n.Lhs[0].(*ast.Ident); ok && name.Name == "why" {
				all = append(all, phraseOf(n.Rhs[0])...)
			}
		case *ast.CallExpr:
			last := len(n.Args) - 1
			switch name := calledName(n); {
			case last > 1 && (name == "problem" && last == 3 || name == "rowProblem" || name == "noteAt" || name == "notes" || name == "add"):
				all = append(all, phraseOf(n.Args[last])...)
			case last == 1 && name == "rowProblem":
				all = append(all, phraseOf(n.Args[last])...)
			}
		case *ast.FuncDecl:
			if slices.Contains([]string{"outOfRange", "emailFault", "doubtWords", "doubt", "Suspect"}, n.Name.Name) {
				all = append(all, formats(n)...)
			}
		}
	}
	for _, room := range []string{"", "csvfile/", "xlsxfile/", "identity/"} {
		eachNode(t, "../../importer/"+room+"*.go", said)
	}
	eachNode(t, "../plan/columns.go", func(n ast.Node) {
		if f, ok := n.(*ast.FuncDecl); ok && f.Name.Name == "noteWords" {
			all = append(all, formats(f)...)
		}
	})
	eachNode(t, "../authority.go", func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && calledName(call) == "problem" && len(call.Args) > 2 {
			all = append(all, phraseOf(call.Args[2])...)
		}
	})
	return append(slices.DeleteFunc(all, func(text string) bool { return putTogether[text] }),
		"a spreadsheet program turned the cell into the number %s; its digits are lost: %s",
		"a spreadsheet program turned the cell into the date %s: %s",
		"the cell is a number of more than 15 digits, of which the last ones are lost: %s",
		"the cell holds the error value %s", "; did you mean %s?", "(hidden)", "read as %s", "read as %s; %s",
		"the file is called %s but holds text; it was read as CSV", "the file is called %s but is a workbook; it was read as one",
		"creator, staff or client", "active, activate, activate+roles or blocked", "the brands of %s are: %s", "%s has no brand",
		"a language tag like de or pt-BR", "a time zone like Europe/Berlin")
}

// putTogether are texts of several parts that are told part by part.
var putTogether = map[string]bool{"%s; %s": true, "line %d: %s": true, "%s: %s": true}

// eachNode visits the code of files, without their tests.
func eachNode(t *testing.T, pattern string, visit func(ast.Node)) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal(pattern, files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if n != nil {
				visit(n)
			}
			return true
		})
	}
}

// formats are what a function formats.
func formats(f *ast.FuncDecl) []string {
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && calledName(call) == "Sprintf" {
			all = append(all, phraseOf(call)...)
		}
		return true
	})
	return all
}

// phraseOf is the phrase that an expression makes a text of, with a verb for
// whatever is no literal; none where it is nothing but values.
func phraseOf(e ast.Expr) []string {
	text := templateText(e)
	if strings.Trim(verbs.ReplaceAllString(text, ""), " :%v") == "" {
		return nil
	}
	return []string{strings.Replace(text, "%s%s", "%s", 1)} // the second is what may have been meant, told for itself
}

func templateText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := constant(e)
		return text
	case *ast.BinaryExpr:
		return templateText(e.X) + templateText(e.Y)
	case *ast.CallExpr:
		if calledName(e) == "Sprintf" {
			return templateText(e.Args[0])
		}
	}
	return "%s"
}
