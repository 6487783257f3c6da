package source

import (
	"slices"
	"time"

	"muster/provision"
)

// settledAfter is how old an absence is that the same list, byte for byte, may
// confirm: whoever writes a list every night may write the same one again, and
// whoever reads one twice does so within hours.
const settledAfter = 12 * time.Hour

// Again reports whether lists are those that another run read not long before:
// then they say nothing that it did not hear.
func Again(lists, before []provision.ListInfo, since time.Duration) bool {
	return since < settledAfter && slices.Equal(digests(lists), digests(before))
}

func digests(lists []provision.ListInfo) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l.Sheet+"\n"+l.SHA256)
	}
	slices.Sort(all)
	return all
}
