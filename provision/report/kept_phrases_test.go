package report

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"strings"
	"testing"
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
	return all
}

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
	return []string{text}
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
