package flags

import "github.com/spf13/pflag"

// sectionKey is the annotation of a flag that names its section.
const sectionKey = "muster_section"

// section defines flags that help lists under a title.
func section(f *pflag.FlagSet, title string, define func(*pflag.FlagSet)) {
	var own pflag.FlagSet
	own.SortFlags = false
	define(&own)
	f.SortFlags = false
	own.VisitAll(func(flag *pflag.Flag) {
		flag.Annotations = map[string][]string{sectionKey: {title}}
		f.AddFlag(flag)
	})
}

// SectionOf is the title that a flag is listed under, "" for none.
func SectionOf(flag *pflag.Flag) string {
	if named := flag.Annotations[sectionKey]; len(named) > 0 {
		return named[0]
	}
	return ""
}

// typedOnly is section for flags that no settings can stand for.
func typedOnly(f *pflag.FlagSet, title string, define func(*pflag.FlagSet)) {
	section(f, title, define)
	var own pflag.FlagSet
	define(&own)
	own.VisitAll(func(flag *pflag.Flag) { _ = f.SetAnnotation(flag.Name, typedKey, []string{"yes"}) })
}
