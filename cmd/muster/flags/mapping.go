package flags

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"muster/importer"
	"muster/importer/spelling"
	"muster/provision"
)

// A mapping file says how the columns of a kind of list are read. It is written
// by inspect list --save-mapping, edited by a person, and named by --mapping:
//
//	map:       column → field; "" leaves the column out
//	set:       field → value of every row whose cell is blank
//	required:  columns without which a list is refused
//
// A list may lack a column of the mapping that is not required; that is noted.

// mappingKeys are what a mapping file may hold.
var mappingKeys = []string{"map", "set", "required"}

// mappingReader reads one mapping file into options.
type mappingReader struct {
	path string
	to   *importer.Options
}

// readMapping reads a mapping file. What is wrong with it is told with its line.
func readMapping(path string, to *importer.Options) error {
	r := mappingReader{path, to}
	text, err := os.ReadFile(path)
	if err != nil {
		return r.wrong(nil, "inspect list --save-mapping writes such a file", "cannot be read: %v", errors.Unwrap(err))
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return r.wrong(nil, "write one column a line, like \"E-Mail: email\"; names with : or # go in quotes", "%s",
			strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(document.Content) == 0 {
		return nil
	}
	seen := map[string]bool{}
	return r.pairs(document.Content[0], "the file", func(key, value *yaml.Node) error {
		if seen[key.Value] {
			return r.wrong(key, "keep one of them", "%q stands twice", key.Value)
		}
		seen[key.Value] = true
		switch key.Value {
		case "map":
			return r.columns(value)
		case "set":
			return r.values(value)
		case "required":
			return r.required(value)
		}
		return r.wrong(key, "the file may hold map:, set: and required:"+didYouMean(spelling.Nearest(key.Value,
			mappingKeys)), "there is no %q in a mapping", key.Value)
	})
}

// columns reads map:.
func (r mappingReader) columns(n *yaml.Node) error {
	return r.pairs(n, "map", func(key, value *yaml.Node) error {
		if _, twice := r.to.Map[key.Value]; twice {
			return r.wrong(key, "keep one of them", "column %q stands twice", key.Value)
		}
		field, err := r.scalar(value)
		if err != nil {
			return err
		}
		if hint, known := importer.KnownField(field); field != "" && !known {
			return r.wrong(value, hint, "there is no field %q", field)
		}
		r.to.Map[key.Value] = field
		r.to.IfThere = append(r.to.IfThere, key.Value)
		return nil
	})
}

// values reads set:.
func (r mappingReader) values(n *yaml.Node) error {
	return r.pairs(n, "set", func(key, value *yaml.Node) error {
		if hint, known := importer.KnownField(key.Value); !known {
			return r.wrong(key, hint, "there is no field %q", key.Value)
		}
		if _, twice := r.to.Set[key.Value]; twice {
			return r.wrong(key, "keep one of them", "%q stands twice", key.Value)
		}
		text, err := r.scalar(value)
		r.to.Set[key.Value] = text
		return err
	})
}

// required reads required:.
func (r mappingReader) required(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return r.wrong(n, "write it like required: [E-Mail, Name]", "required is no list of columns")
	}
	for _, item := range n.Content {
		column, err := r.scalar(item)
		if err != nil {
			return err
		}
		r.to.Required = append(r.to.Required, column)
	}
	return nil
}

// pairs calls take for every key of a mapping node and its value.
func (r mappingReader) pairs(n *yaml.Node, what string, take func(key, value *yaml.Node) error) error {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return r.wrong(n, "write one a line, like \"E-Mail: email\"", "%s holds no pairs of name and value", what)
	}
	for i := 0; i < len(n.Content); i += 2 {
		if err := take(n.Content[i], n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// scalar is the text of a plain value; null is "".
func (r mappingReader) scalar(n *yaml.Node) (string, error) {
	switch {
	case n.Kind != yaml.ScalarNode:
		return "", r.wrong(n, "write one value behind the colon", "this is no plain value")
	case n.Tag == "!!null":
		return "", nil
	}
	return n.Value, nil
}

func (r mappingReader) wrong(at *yaml.Node, hint, format string, args ...any) error {
	place := r.path
	if at != nil {
		place += fmt.Sprintf(":%d", at.Line)
	}
	return &provision.ConfigError{Msg: "--mapping " + place + ": " + fmt.Sprintf(format, args...), Hint: hint}
}

func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", word)
}

// SaveMapping writes how the lists of a file were understood as a mapping file.
// It names no person: what the cells hold stays in the list.
func SaveMapping(path string, all []importer.Inspection, o importer.Options) error {
	text, err := mappingText(path, all, o)
	if err != nil {
		return err
	}
	return WriteNew(path, "--save-mapping "+path, text)
}

// mappingText is the text of a mapping file.
func mappingText(path string, all []importer.Inspection, o importer.Options) ([]byte, error) {
	columns := &yaml.Node{Kind: yaml.MappingNode}
	written := map[string]bool{}
	for _, n := range all {
		for _, label := range n.Info.Labels {
			if written[label] || importer.Ours(label) {
				continue
			}
			written[label] = true
			field, comment := mappedField(label, n.Info)
			columns.Content = append(columns.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: label},
				&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: field, LineComment: comment})
		}
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# How muster reads lists like %s:\n#   muster import LIST --mapping %s\n\n", all[0].Path, path)
	fmt.Fprintf(&out, "# Column of the list: what it holds. \"\" leaves a column out, attribute keeps it\n# with the "+
		"person as it is. The fields are:\n%s", commented(importer.FieldNames()))
	for _, part := range []struct {
		head string
		node any
	}{
		{"", map[string]*yaml.Node{"map": columns}},
		{"\n# A value for every row whose cell is blank, like \"language: de\".\n",
			map[string]map[string]string{"set": o.Set}},
		{"\n# Columns without which a list is refused; it may lack the others.\n",
			map[string][]string{"required": o.Required}},
	} {
		out.WriteString(part.head)
		enc := yaml.NewEncoder(&out)
		enc.SetIndent(2)
		if err := errors.Join(enc.Encode(part.node), enc.Close()); err != nil {
			return nil, fmt.Errorf("writing the mapping: %w", err)
		}
	}
	return out.Bytes(), nil
}

// mappedField is what a column holds, in the words of a mapping, and what
// there is to say about it.
func mappedField(label string, info importer.Info) (field, comment string) {
	if slices.Contains(info.Ignored, label) {
		return "", "left out"
	}
	if field := info.Mapping[label]; field != "" {
		return field, ""
	}
	for _, u := range info.Unknown {
		if u.Header == label && u.Nearest != "" {
			return importer.AttributeField, "or is it the " + u.Nearest + "?"
		}
	}
	return importer.AttributeField, ""
}

// commented breaks words into lines of a comment.
func commented(words []string) string {
	var out strings.Builder
	line := "#  "
	for i, w := range words {
		if i < len(words)-1 {
			w += ","
		}
		if len(line)+len(w) > 78 {
			out.WriteString(line + "\n")
			line = "#  "
		}
		line += " " + w
	}
	return out.String() + line + "\n"
}
