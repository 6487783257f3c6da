package keys

import (
	"fmt"

	"muster/importer/failure"
)

// A NeededError says that links would die with a key.
type NeededError struct {
	Key   string // id
	Links int    // that are live
	Late  bool   // the key is retired already: they were issued meanwhile, and open no more
}

func (e *NeededError) Error() string {
	if e.Late && e.Links == 1 {
		return fmt.Sprintf("key %s is retired, and 1 link was made with it meanwhile: it opens no more", e.Key)
	}
	if e.Late {
		return fmt.Sprintf("key %s is retired, and %d links were made with it meanwhile: they open no more", e.Key, e.Links)
	}
	if e.Links == 1 {
		return fmt.Sprintf("1 link that was made with key %s is live", e.Key)
	}
	return fmt.Sprintf("%d links that were made with key %s are live", e.Links, e.Key)
}

// Failure says that somebody has to decide about the links first.
func (e *NeededError) Failure() (failure.Class, string) {
	if e.Late {
		return failure.Config, "start again whatever still makes links with it; then end them with --revoke, " +
			"and their people get new ones with muster import LIST --reissue-expired"
	}
	return failure.Config, "wait until they are used or have expired; or end them with --revoke"
}
