package importer

import (
	"fmt"
	"slices"
	"strings"

	"muster/importer/file"
)

// mapped looks a column up in what the user said, by its exact header first,
// then whatever its case and blanks.
func mapped(m map[string]string, label, raw string) (string, bool) {
	for _, key := range []string{label, raw} {
		if to, ok := m[key]; ok && key != "" {
			return to, true
		}
	}
	for key, to := range m {
		k := strings.Join(strings.Fields(key), " ")
		if k != "" && (strings.EqualFold(k, label) || strings.EqualFold(k, raw)) {
			return to, true
		}
	}
	return "", false
}

// checkMap refuses a --map that names no column: a slip there would quietly
// import the wrong thing. Columns of a saved mapping may be missing, if it does
// not require them; so may those of other lists whose rejected rows are fed back.
func (l *List) checkMap() error {
	var missing, lacking []string
	ours := fedBack(l.table.header.labels)
	for key := range l.o.Map {
		switch {
		case l.has(key):
		case (ours || slices.Contains(l.o.IfThere, key)) && !slices.Contains(l.o.Required, key):
			lacking = append(lacking, fmt.Sprintf("%q", key))
		default:
			missing = append(missing, key)
		}
	}
	for _, key := range l.o.Required {
		if !l.has(key) {
			return l.lacks(fmt.Sprintf("the mapping requires a column %q that the list does not have", key))
		}
	}
	if len(lacking) > 0 {
		slices.Sort(lacking)
		l.note(file.Note{
			Code:    "mapping_unused",
			Count:   len(lacking),
			Message: "the mapping names columns that the list does not have: " + strings.Join(lacking, ", "),
		})
	}
	if len(missing) == 0 {
		return nil
	}
	return l.lacks(fmt.Sprintf("--map names a column %q that the list does not have", slices.Min(missing)))
}

func (l *List) lacks(message string) error {
	return &file.Error{
		Class: file.BadMapping,
		Line:  l.table.header.line,
		Msg:   message,
		Hint:  "its columns are: " + strings.Join(l.labels(), ", "),
	}
}

// has reports whether the list has a column of that name.
func (l *List) has(name string) bool {
	for i, c := range l.cols {
		if _, hit := mapped(map[string]string{name: "x"}, c.label, l.info.Columns[i]); hit {
			return true
		}
	}
	return false
}

func (l *List) labels() []string {
	out := make([]string, len(l.cols))
	for i, c := range l.cols {
		out[i] = c.label
	}
	return out
}
