package schematest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
)

// A comment is what the sources say about a type, and about its fields.
type comment map[string]string // field, "" for the type itself

// note is what the sources say about a field, or with "" about its type.
func (m *Maker) note(t reflect.Type, field string) string {
	folder := strings.TrimPrefix(t.PkgPath(), "muster")
	if t.PkgPath() == "main" || t.Name() == "" {
		return ""
	}
	if m.notes == nil {
		m.notes = map[string]map[string]comment{}
	}
	all, read := m.notes[folder]
	if !read {
		all = comments(filepath.Join(m.Root, filepath.FromSlash(folder)))
		m.notes[folder] = all
	}
	return all[t.Name()][field]
}

// comments reads those of the structs of a folder.
func comments(folder string) map[string]comment {
	all := map[string]comment{}
	files, _ := filepath.Glob(filepath.Join(folder, "*.go"))
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			continue
		}
		for _, part := range file.Decls {
			if d, is := part.(*ast.GenDecl); is && d.Tok == token.TYPE {
				for _, spec := range d.Specs {
					addComments(all, d, spec.(*ast.TypeSpec))
				}
			}
		}
	}
	return all
}

func addComments(all map[string]comment, d *ast.GenDecl, spec *ast.TypeSpec) {
	s, is := spec.Type.(*ast.StructType)
	if !is {
		return
	}
	said := comment{"": words(d.Doc)}
	for _, f := range s.Fields.List {
		note := words(f.Comment)
		if note == "" {
			note = words(f.Doc)
		}
		for _, name := range f.Names {
			said[name.Name] = note
		}
	}
	all[spec.Name.Name] = said
}

// words are a comment in one line.
func words(c *ast.CommentGroup) string {
	if c == nil {
		return ""
	}
	return strings.Join(strings.Fields(c.Text()), " ")
}
