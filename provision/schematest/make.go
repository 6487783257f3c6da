package schematest

import (
	"bytes"
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// A Maker makes schemas of Go types, as encoding/json writes their values. What
// the fields are for it finds in their comments.
type Maker struct {
	Root    string                        // folder of the module, to read comments in
	Own     map[reflect.Type]any          // schemas of types that write themselves
	Choices map[reflect.Type][]string     // all values of types that are words
	defs    map[string]any                // of structs that have a name
	notes   map[string]map[string]comment // folder → comments
}

// Object is the schema of a struct that is not looked up by name: the members of
// several are put together, behind those that are given.
func (m *Maker) Object(title string, members map[string]any, values ...any) map[string]any {
	o := object{properties: map[string]any{}}
	for name, schema := range members {
		o.properties[name] = schema
		o.required = append(o.required, name)
	}
	for _, v := range values {
		m.members(reflect.TypeOf(v), &o)
	}
	return o.schema(title)
}

// Optional takes members off those that an object has to have.
func Optional(object map[string]any, names ...string) map[string]any {
	required, _ := object["required"].([]string)
	object["required"] = slices.DeleteFunc(required, func(name string) bool { return slices.Contains(names, name) })
	return object
}

// Defs are the schemas of the named structs that were met.
func (m *Maker) Defs() map[string]any { return maps.Clone(m.defs) }

// Text is a schema as it stands in its file: what fits on a line is on one.
func Text(schema any) []byte {
	text, err := json.Marshal(schema)
	if err != nil {
		panic(err)
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		panic(err)
	}
	var b bytes.Buffer
	laidOut(&b, plain, "")
	return append(b.Bytes(), '\n')
}

// lineWidth is how wide a line of a schema may be, but for a text.
const lineWidth = 140

func laidOut(b *bytes.Buffer, value any, indent string) {
	whole := compact(value)
	members, object := value.(map[string]any)
	items, list := value.([]any)
	switch {
	case len(indent)+len(whole) <= lineWidth || !object && !list:
		b.Write(whole)
	case object:
		b.WriteString("{\n")
		for i, name := range slices.Sorted(maps.Keys(members)) {
			separate(b, i, indent)
			b.Write(compact(name))
			b.WriteString(": ")
			laidOut(b, members[name], indent+"  ")
		}
		b.WriteString("\n" + indent + "}")
	default:
		b.WriteString("[\n")
		for i, item := range items {
			separate(b, i, indent)
			laidOut(b, item, indent+"  ")
		}
		b.WriteString("\n" + indent + "]")
	}
}

func separate(b *bytes.Buffer, i int, indent string) {
	if i > 0 {
		b.WriteString(",\n")
	}
	b.WriteString(indent + "  ")
}

// compact is a value on one line, as people write it.
func compact(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

type object struct {
	properties map[string]any
	required   []string
}

func (o object) schema(title string) map[string]any {
	s := map[string]any{"type": "object", "properties": o.properties}
	if title != "" {
		s["description"] = title
	}
	if len(o.required) > 0 {
		slices.Sort(o.required)
		s["required"] = o.required
	}
	return s
}

// members adds the members that a struct has in JSON.
func (m *Maker) members(t reflect.Type, o *object) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			m.members(f.Type, o)
			continue
		case name == "":
			name = f.Name
		}
		left := strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
		schema := m.of(f.Type, left)
		if note := m.note(t, f.Name); note != "" {
			schema = described(schema, note)
		}
		o.properties[name] = schema
		if !left {
			o.required = append(o.required, name)
		}
	}
}

// described puts a comment on a schema.
func described(schema any, note string) any {
	s, is := schema.(map[string]any)
	if !is {
		return schema
	}
	s = maps.Clone(s)
	s["description"] = note
	return s
}

var (
	marshals = reflect.TypeFor[json.Marshaler]()
	texts    = reflect.TypeFor[encoding.TextMarshaler]()
)

// of is the schema of a type; what is left out where it is empty is never null.
func (m *Maker) of(t reflect.Type, left bool) any {
	if own, known := m.Own[t]; known {
		return own
	}
	if t.Kind() == reflect.Pointer {
		return orNull(m.of(t.Elem(), true), left)
	}
	switch t {
	case reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case reflect.TypeFor[json.RawMessage]():
		return map[string]any{}
	}
	if words, known := m.Choices[t]; known {
		return map[string]any{"type": "string", "enum": words}
	}
	if t.Implements(marshals) {
		panic(t.String() + " writes itself: say how in Own")
	}
	if t.Implements(texts) {
		return map[string]any{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Interface:
		return map[string]any{}
	case reflect.Slice, reflect.Array:
		return orNull(map[string]any{"type": "array", "items": m.of(t.Elem(), false)}, left || t.Kind() == reflect.Array)
	case reflect.Map:
		s := map[string]any{"type": "object", "additionalProperties": m.of(t.Elem(), false)}
		if words, known := m.Choices[t.Key()]; known {
			s["propertyNames"] = map[string]any{"enum": words}
		}
		return orNull(s, left)
	case reflect.Struct:
		return m.structure(t)
	}
	return map[string]any{"type": "integer"}
}

func orNull(schema any, never bool) any {
	if never {
		return schema
	}
	return map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}}
}

// structure is the schema of a struct: by name where it has one.
func (m *Maker) structure(t reflect.Type) any {
	name := defName(t)
	if name == "" {
		o := object{properties: map[string]any{}}
		m.members(t, &o)
		return o.schema("")
	}
	if m.defs == nil {
		m.defs = map[string]any{}
	}
	if _, met := m.defs[name]; !met {
		m.defs[name] = nil // it may hold itself
		o := object{properties: map[string]any{}}
		m.members(t, &o)
		m.defs[name] = o.schema(m.note(t, ""))
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

// defName is what a named struct is called in a schema.
func defName(t reflect.Type) string {
	if t.Name() == "" {
		return ""
	}
	_, pkg, _ := strings.Cut(t.String(), ".")
	room := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]
	return room + "." + pkg
}
