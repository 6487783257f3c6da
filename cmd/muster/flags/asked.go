package flags

import (
	"slices"

	"github.com/spf13/pflag"
)

// again are the flags that a command needs, too, which takes in the same people
// another time, or those of them who are in a list of ours: without one of them it
// would make others of them, or stop.
var again = []string{
	"org", "brand", "as", "kind", "map", "mapping", "set", "allow-domain",
	"on-email-match", "on-profile-match", "on-difference", "invite",
}

// Asked are those that were given, each with its value, as a shell takes them.
func Asked(f *pflag.FlagSet) []string {
	var all []string
	f.Visit(func(flag *pflag.Flag) {
		if !slices.Contains(again, flag.Name) {
			return
		}
		for _, value := range values(flag.Value) {
			all = append(all, "--"+flag.Name+" "+Quoted(value))
		}
	})
	return all
}
