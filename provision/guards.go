package provision

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/importer/failure"
	"muster/importer/reason"
	"muster/importer/record"
)

// GuardName says what a guard counts.
type GuardName string

// The names of guards.
const (
	GuardRemovals  GuardName = "removals"  // people who would lose access, also those who are blocked
	GuardCreations GuardName = "creations" // people who would get an account
	GuardClaims    GuardName = "claims"    // people with an account who would be added
	GuardRaises    GuardName = "raises"    // roles above the default of their kind that would be given, to new people too
	GuardMails     GuardName = "mails"     // mails that would go out
	GuardRows      GuardName = "rows"      // people whom the list has less than the last one
	GuardRejects   GuardName = "rejects"   // rows that are rejected
)

// GuardNames lists every name, in the order they are told.
var GuardNames = []GuardName{
	GuardRemovals, GuardCreations, GuardClaims, GuardRaises, GuardMails, GuardRows, GuardRejects,
}

// A Guard is how much a plan may do before a person has to look at it.
type Guard struct {
	Name GuardName `yaml:"guard" json:"guard"`
	// Source, Brand and Kind are what it is for; "" is any. Of several guards of
	// one name those hold that say most.
	Source     string      `yaml:"source,omitempty" json:"source,omitempty"`
	Brand      string      `yaml:"brand,omitempty" json:"brand,omitempty"`
	Kind       record.Kind `yaml:"kind,omitempty" json:"kind,omitempty"`
	GuardLimit `yaml:",inline"`
}

// A GuardLimit is what a guard allows: no more than a share of what it is measured
// by, and no more than a number; nil limits nothing. Where that is less than Floor
// a share says little, and Below are allowed instead.
type GuardLimit struct {
	Percent  *float64 `yaml:"percent,omitempty" json:"percent,omitempty"`
	Absolute *int     `yaml:"absolute,omitempty" json:"absolute,omitempty"`
	Floor    int      `yaml:"floor,omitempty" json:"floor,omitempty"`
	Below    int      `yaml:"below,omitempty" json:"below,omitempty"`
}

// A TrippedGuard is a guard that a plan does too much for.
type TrippedGuard struct {
	Guard GuardName `json:"guard"`
	Count int       `json:"count"` // of what it counts
	Of    int       `json:"of"`    // what that is measured by
	GuardLimit
	For string `json:"for,omitempty"` // what it is for, like "brand outdoor"; "" for any
}

// For is what a guard is for, in words; "" for any.
func (g Guard) For() string {
	var parts []string
	for _, p := range []struct{ what, name string }{{"source", g.Source}, {"brand", g.Brand}, {"kind", string(g.Kind)}} {
		if p.name != "" {
			parts = append(parts, p.what+" "+p.name)
		}
	}
	return strings.Join(parts, ", ")
}

// MostTripped are guards that tripped, of several of one name the one that counts most.
func MostTripped(tripped []TrippedGuard) []TrippedGuard {
	var all []TrippedGuard
	for _, t := range tripped {
		at := slices.IndexFunc(all, func(m TrippedGuard) bool { return m.Guard == t.Guard })
		switch {
		case at < 0:
			all = append(all, t)
		case t.Count > all[at].Count:
			all[at] = t
		}
	}
	return all
}

// A GuardError says that a plan does more than its guards allow: nothing of it was
// written.
type GuardError struct {
	Tripped []TrippedGuard
	Source  string // that runs no more until it is released, "" for none
	Words   string // all of it, as people are told
	See     string // what to see to before it is gone on with, "" for the list
	Plan    string // the file that keeps the plan, where this run made it; "" for none
	Page    string // the file that shows it, "" for none
}

func (e *GuardError) Error() string { return e.Words }

// Failure says that a person has to look.
func (e *GuardError) Failure() (failure.Class, string) {
	shown := ""
	if e.Page != "" {
		shown = ": " + e.Page + " shows the plan"
	}
	switch {
	case e.See != "":
		return failure.Guarded, "nothing was written; " + e.See
	case e.Source != "":
		return failure.Guarded, "nothing was written, and source " + e.Source + " runs no more until somebody has looked" + shown +
			"; apply the plan, or: muster sources release " + e.Source
	case shown != "":
		return failure.Guarded, "nothing was written; see that the list is right" + shown
	}
	return failure.Guarded, ""
}

// An OldListError says that a list was not written since longer than it may be.
type OldListError struct {
	File   string
	Since  time.Time
	Age    time.Duration
	MaxAge time.Duration
}

func (e *OldListError) Error() string {
	return fmt.Sprintf("%s (%s): %s was last written %s, %s ago, and --max-age is %s", reason.Of(reason.TooOld).Meaning, reason.TooOld,
		e.File, e.Since.Local().Format("2006-01-02 15:04"), e.Age.Round(time.Minute), e.MaxAge)
}

// Failure says that a person has to look.
func (e *OldListError) Failure() (failure.Class, string) {
	return failure.Guarded, reason.Of(reason.TooOld).Remedy
}
