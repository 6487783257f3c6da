package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"muster/cmd/muster/exit"
	"muster/importer/failure"
)

func TestEveryClassHasAnExitCode(t *testing.T) {
	for class := failure.Usage; class <= failure.Internal; class++ {
		if end, found := endings[class]; !found || exit.Name(end.code) == "unknown" {
			t.Errorf("class %d ends with %+v", class, end)
		}
	}
	if last := failure.Internal; len(endings) != int(last) {
		t.Errorf("%d endings for %d classes", len(endings), last)
	}
}

// classless are errors that need no class, each with the reason why.
var classless = map[string]string{
	"claim.FormError":           "the page says it to whoever filled in the form",
	"claim.Refusal":             "the page says it to whoever holds the link",
	"directory.misfit":          "what it becomes, once its line is known, has the class",
	"identity.Refusal":          "it is about a value of a row, which ends no run",
	"main.interruption":         "it has an exit code of its own",
	"password.BusyError":        "the page says it to whoever is to come back",
	"password.Refusal":          "the page says it to whoever chose the password",
	"permission.ForbiddenError": "whoever asked says where it was asked for, with the class",
	"permission.UnknownError":   "whoever asked says where it was asked for, with the class",
	"report.essentialError":     "what it wraps has the class",
	"store.heldError":           "what it wraps has the class",
}

func TestErrorsKnowTheirClass(t *testing.T) {
	errorTypes, known := methodsOfErrors(t)
	if len(errorTypes) < 12 {
		t.Fatalf("only %d types of errors were found", len(errorTypes))
	}
	for name := range errorTypes {
		if !known[name] && classless[name] == "" {
			t.Errorf("%s is an error without a method Failure", name)
		}
	}
	for name := range classless {
		if !errorTypes[name] {
			t.Errorf("there is no error %s any more", name)
		}
	}
}

// methodsOfErrors finds the types with a method Error, and those with a method
// Failure.
func methodsOfErrors(t *testing.T) (errorTypes, known map[string]bool) {
	t.Helper()
	methods := map[string]map[string]bool{"Error": {}, "Failure": {}}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv != nil && methods[f.Name.Name] != nil {
				methods[f.Name.Name][file.Name.Name+"."+receiver(f)] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return methods["Error"], methods["Failure"]
}

// receiver names the type that a method is of.
func receiver(f *ast.FuncDecl) string {
	of := f.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	name, _ := of.(*ast.Ident)
	return name.Name
}
