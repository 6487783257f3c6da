package report

import (
	"slices"
	"strings"
)

// again is the command that imports the lists once more, as they were read then but for
// some flags.
func (x *next) again(flags ...string) string {
	words := []string{"muster", "import"}
	if x.synced() {
		words[1] = "sync"
	}
	for _, l := range x.Lists {
		if file := quoted(l.File); words[len(words)-1] != file { // sheets of one workbook follow each other
			words = append(words, file)
		}
	}
	return strings.Join(slices.Concat(words, flags, x.asked(flags...)), " ")
}

// synced reports whether the lists are those of a source.
func (x *next) synced() bool {
	return slices.ContainsFunc(x.Asked, func(flag string) bool { return flagName(flag) == "--source" })
}

// asked are the flags that the lists were imported with, but for some.
func (x *next) asked(but ...string) []string {
	return slices.DeleteFunc(slices.Clone(x.Asked), func(flag string) bool {
		return slices.ContainsFunc(but, func(other string) bool { return flagName(other) == flagName(flag) })
	})
}

// flagName is a flag without its value.
func flagName(flag string) string {
	name, _, _ := strings.Cut(flag, " ")
	return name
}

// quoted is a file name as a shell takes it.
func quoted(name string) string {
	if strings.ContainsAny(name, " \t\"'$&()*;<>?[\\]`|~#!{}") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}
