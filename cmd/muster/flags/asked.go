package flags

import (
	"slices"

	"github.com/spf13/pflag"
)

// again are the flags that a command needs, too, which takes in the same people
// another time, or those of them who are in a list of ours: without one of them it
// would read others, make others of them, or stop.
var again = []string{
	"org", "brand", "as", "source", "kind", "map", "mapping", "set", "allow-domain", "sheet", "encoding", "delimiter", "rows",
	"max-file-size", "max-unpacked-size", "max-cell-size", "max-rows", "max-columns",
	"on-email-match", "on-profile-match", "on-difference",
	"invite", "no-claim-notice", "inviter", "note", "link-ttl", "link-end", "not-before",
}

// unless is a text where something is not so.
func unless(so bool, text string) string {
	if so {
		return ""
	}
	return text
}

// Asked are those that were given, each with its value, as a shell takes them.
func Asked(f *pflag.FlagSet) []string {
	var all []string
	f.Visit(func(flag *pflag.Flag) {
		if !slices.Contains(again, flag.Name) {
			return
		}
		if flag.Value.Type() == "bool" {
			all = append(all, "--"+flag.Name+unless(flag.Value.String() == "true", "=false"))
			return
		}
		for _, value := range values(flag.Value) {
			all = append(all, "--"+flag.Name+" "+Quoted(value))
		}
	})
	return all
}
