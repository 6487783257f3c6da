package importer

import (
	"fmt"
	"strings"

	"muster/importer/identity"
	"muster/importer/record"
)

var (
	fieldIndex = map[string]*fieldRule{}       // header key → field
	fieldRules = map[record.Field]*fieldRule{} // name → field
	aliasKeys  []aliasKey                      // in the order of the table
)

// aliasKey is a header, as it is compared, and the field that it means.
type aliasKey struct {
	key     string
	field   record.Field
	letters int // of which one may be wrong in a header that is meant to be this one
}

// How many letters of a header there are to one that may be wrong. The names of fields
// may be mistyped a little more than headers, of which there are so many that any short
// word is near one.
const (
	lettersOfName  = 4
	lettersOfAlias = 5
)

func init() {
	for i := range fields {
		f := &fields[i]
		fieldRules[f.name] = f
		for _, alias := range append([]string{string(f.name)}, f.aliases...) {
			key := headerKey(alias)
			if other, taken := fieldIndex[key]; taken && other != f {
				panic(fmt.Sprintf("importer: header %s means %s and %s", alias, other.name, f.name))
			}
			fieldIndex[key] = f
			letters := lettersOfAlias
			if key == headerKey(string(f.name)) {
				letters = lettersOfName
			}
			aliasKeys = append(aliasKeys, aliasKey{key, f.name, letters})
		}
	}
	for key := range secretHeaders {
		if f, taken := fieldIndex[key]; taken {
			panic(fmt.Sprintf("importer: header %s is a secret and means %s", key, f.name))
		}
	}
}

// fieldNamed finds a field by name or alias, or a network by its name, for
// --map and --set. The answer is the name as in the table.
func fieldNamed(name string) (record.Field, bool) {
	if f, ok := fieldIndex[headerKey(name)]; ok {
		return f.name, true
	}
	if strings.EqualFold(strings.TrimSpace(name), AttributeField) {
		return AttributeField, true
	}
	if slug, ok := identity.NetworkOf(name); ok {
		return record.Field(slug), true
	}
	return "", false
}

// AttributeField is the name by which --map keeps a column as it is.
const AttributeField = "attribute"

// FieldNames lists, for people, what --map can say that a column holds.
func FieldNames() []string {
	names := make([]string, 0, len(fields)+2)
	for _, f := range fields {
		names = append(names, string(f.name))
	}
	return append(names, "a network (instagram, tiktok …)", AttributeField)
}

// FieldMeant returns the name of the field that a name or alias stands for in
// --map, "" for none.
func FieldMeant(name string) string {
	field, _ := fieldNamed(name)
	return string(field)
}

// KnownField reports whether a name is one that --map knows; for any other one
// the hint says which may have been meant.
func KnownField(name string) (hint string, ok bool) {
	if _, ok := fieldNamed(name); ok {
		return "", true
	}
	if near := nearestField(name); near != "" {
		return fmt.Sprintf("did you mean %q?", near), false
	}
	return "the fields are: " + strings.Join(FieldNames(), ", "), false
}
