package directory

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"muster/importer/spelling"
	"muster/provision"
)

// A place is where something stands in an organization file: the keys and the
// numbers in lists that lead there.
type place []any

// to is a place below this one.
func (p place) to(further ...any) place { return append(slices.Clone(p), further...) }

// A misfit is something in an organization file that does not fit.
type misfit struct {
	at   place
	text string
}

func (m *misfit) Error() string { return m.text }

func wrong(at place, format string, args ...any) error {
	return &misfit{at, fmt.Sprintf(format, args...)}
}

// wrongText says what is wrong with the text of a file; the decoder names the
// line.
func wrongText(err error) error {
	return &provision.ConfigError{
		Msg:  "organization file: " + strings.ReplaceAll(err.Error(), "\n", " "),
		Hint: "correct the file; see fixtures/organization.yaml for all keys",
	}
}

// wrongAt says what is wrong with what stands at a node.
func wrongAt(n *yaml.Node, text string) error {
	return wrongText(fmt.Errorf("line %d, column %d: %s", n.Line, n.Column, text))
}

// nodeAt is the node of a place below another one, or of the last part of the
// way there that the file has.
func nodeAt(n *yaml.Node, at place) *yaml.Node {
	for _, step := range at {
		next := below(n, step)
		if next == nil {
			break
		}
		n = next
	}
	return n
}

// below is what stands in a mapping under a key, or in a list at a number; nil
// for nothing.
func below(n *yaml.Node, step any) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch step := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && step < len(n.Content) {
			return n.Content[step]
		}
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	}
	return nil
}

// knownKeys refuses a key that the type of what is read does not have, with the
// nearest one. What is no mapping where one is expected is the decoder's to
// refuse.
func knownKeys(n *yaml.Node, t reflect.Type) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.AliasNode:
		return knownKeys(n.Alias, t)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, item := range n.Content {
			if err := knownKeys(item, t.Elem()); err != nil {
				return err
			}
		}
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		return knownKeysOf(n, t)
	}
	return nil
}

// knownKeysOf is knownKeys of a mapping.
func knownKeysOf(n *yaml.Node, t reflect.Type) error {
	keys := keysOf(t)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, of := n.Content[i], t // what is merged into the mapping has its keys
		if key.Tag != "!!merge" {
			known := false
			if of, known = keys[key.Value]; !known {
				return unknownKey(key, slices.Sorted(maps.Keys(keys)))
			}
		}
		if err := knownKeys(n.Content[i+1], of); err != nil {
			return err
		}
	}
	return nil
}

func unknownKey(key *yaml.Node, known []string) error {
	text := fmt.Sprintf("there is no key %q here", key.Value)
	if near := spelling.Nearest(key.Value, known); near != "" {
		text += "; did you mean " + near + "?"
	} else {
		text += "; there are: " + strings.Join(known, ", ")
	}
	return wrongAt(key, text)
}

// keysOf are the keys of a type in YAML, with the types of their values.
func keysOf(t reflect.Type) map[string]reflect.Type {
	keys := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case name == "-":
		case options == "inline":
			maps.Copy(keys, keysOf(f.Type))
		default:
			keys[name] = f.Type
		}
	}
	return keys
}
