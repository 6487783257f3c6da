package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/cmd/muster/flags"
	"muster/importer/spelling"
	"muster/provision"
)

// namesOfRuns says how a run is named wherever one is asked for.
const namesOfRuns = `RUN is "last", the last eight digits of a run's id, or any beginning of it that
fits one run alone. muster runs lists them. Last is the run that ended last,
also where another was begun later; one that is under way, or was interrupted,
counts from its start. Runs that wrote nothing, as a guard stopped them or
somebody said no, are runs too; plans that were only made are none.`

// aRun is what a command needs that works on a run.
const aRun = "a run: last, or what muster runs shows"

// run finds the run of a name among those that the operator may see. A name that fits none, or several, is a slip of
// the keyboard: the error says which may have been meant.
func (s *session) run(ctx context.Context, a *provision.Authority, name string) (provision.Run, error) {
	r, err := provision.RunSeen(ctx, s.Engine, a, name)
	several := errors.Is(err, provision.ErrSeveral)
	if err == nil || !several && !errors.Is(err, provision.ErrNotFound) {
		return r, err
	}
	all, err := provision.RunsSeen(ctx, s.Engine, a, runsLookedAt)
	if err != nil {
		return r, err
	}
	if len(all) == 0 {
		return r, noRuns(name)
	}
	if several {
		meant := slices.DeleteFunc(all, func(r provision.Run) bool { return !named(r, name) })
		return r, flags.Usage(fmt.Sprintf("several runs are called %q", name), "they are: "+runWordsOf(meant))
	}
	slices.SortStableFunc(all,
		func(x, y provision.Run) int { return cmp.Compare(runDistance(x, name), runDistance(y, name)) })
	return r, flags.Usage(fmt.Sprintf("there is no run %q", name), "say last, or one of these: "+runWordsOf(all))
}

// noRuns says that there is none of a name because there is none at all.
func noRuns(name string) error {
	return flags.Usage(fmt.Sprintf("there is no run %q: nothing was run here yet", name), "start with muster plan LIST")
}

// runsLookedAt is among how many runs, the newest first, a mistyped one is
// looked for; runsNamed is how many of them a message names.
const (
	runsLookedAt = 200
	runsNamed    = 3
)

// named reports whether a run begins or ends with a name.
func named(r provision.Run, name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(r.ID, name) || provision.ShortRun(r.ID) == name
}

// runDistance says how far a mistyped name is from that of a run; all that are
// far are as far as each other.
func runDistance(r provision.Run, name string) int {
	name = strings.ToLower(name)
	far := max(1, len(name)/3) + 1
	return min(spelling.Distance(name, provision.ShortRun(r.ID), far), spelling.Distance(name, r.ID, far))
}

// runWordsOf names the first of some runs, so that one can be told from another.
func runWordsOf(all []provision.Run) string {
	var words []string
	for i, r := range all {
		if i == runsNamed {
			words = append(words, fmt.Sprintf("and %d more (muster runs)", len(all)-i))
			break
		}
		words = append(words,
			fmt.Sprintf("%s (%s, %s)", provision.ShortRun(r.ID), r.Kind, r.StartedAt.Local().Format(time.DateTime)))
	}
	return strings.Join(words, ", ")
}
