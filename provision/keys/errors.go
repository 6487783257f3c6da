package keys

import (
	"fmt"

	"muster/importer/failure"
)

// A NeededError says that links would die with a key.
type NeededError struct {
	Key   string // id
	Links int    // that are live
}

func (e *NeededError) Error() string {
	if e.Links == 1 {
		return fmt.Sprintf("1 link that was made with key %s is live", e.Key)
	}
	return fmt.Sprintf("%d links that were made with key %s are live", e.Links, e.Key)
}

// Failure says that somebody has to decide about the links first.
func (e *NeededError) Failure() (failure.Class, string) {
	return failure.Config, "wait until they are used or have expired; or end them with --revoke"
}
