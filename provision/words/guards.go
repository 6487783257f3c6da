package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"muster/provision"
)

// guards say what a guard counts, of one and of many.
var guards = map[provision.GuardName][2]string{
	provision.GuardRemovals:  {"1 person would lose access", "%s people would lose access"},
	provision.GuardCreations: {"1 person would get an account", "%s people would get an account"},
	provision.GuardClaims:    {"1 person with an account would be added", "%s people with an account would be added"},
	provision.GuardRaises:    {"1 role above the usual one would be given", "%s roles above the usual one would be given"},
	provision.GuardMails:     {"1 mail would be sent", "%s mails would be sent"},
	provision.GuardRows:      {"the list has 1 person fewer than the last one", "the list has %s people fewer than the last one"},
	provision.GuardRejects:   {"1 row is rejected", "%s rows are rejected"},
}

// guardsOf say of how many that is.
var guardsOf = map[provision.GuardName][2]string{
	provision.GuardRemovals:  {"1 of %s people would lose access", "%s of %s people would lose access"},
	provision.GuardCreations: {"1 of %s people would get an account", "%s of %s people would get an account"},
	provision.GuardClaims:    {"1 of %s people has an account and would be added", "%s of %s people have an account and would be added"},
	provision.GuardRaises:    {"1 role above the usual one would be given, on a list of %s people", "%s roles above the usual one would be given, on a list of %s people"},
	provision.GuardMails:     {"1 mail would be sent, for a list of %s people", "%s mails would be sent, for a list of %s people"},
	provision.GuardRows:      {"the list has 1 person fewer than the last one, which had %s", "the list has %s people fewer than the last one, which had %s"},
	provision.GuardRejects:   {"1 of %s rows is rejected", "%s of %s rows are rejected"},
}

// Guard says which guard a plan does too much for, and what is allowed: "guard
// removals: 240 of 774 people would lose access (31 %), 20 % or 500 allowed".
func Guard(t provision.TrippedGuard) string { return english.Guard(t) }

// Guard is Guard in a language.
func (in In) Guard(t provision.TrippedGuard) string {
	return in.guard(t, string(t.Guard))
}

// guard is Guard under a name that tells it from others.
func (in In) guard(t provision.TrippedGuard, name string) string {
	does := in.Count(t.Count, guards[t.Guard][0], guards[t.Guard][1])
	if t.Of > 0 {
		of := guardsOf[t.Guard]
		does = in.Count(t.Count, of[0], of[1], in.Number(t.Of)) + " (" + Percent(float64(t.Count)*100/float64(t.Of)) + ")"
	}
	if t.Of > 0 && t.Of < t.Floor {
		return in.Say("guard %s: %s, %s allowed where there are fewer than %s", name, does, in.Number(t.Below), in.Number(t.Floor))
	}
	return in.Say("guard %s: %s, %s allowed", name, does, in.Limit(t.GuardLimit, t.Of))
}

// GuardFlag is the flag that lets a plan do what a guard trips over.
func GuardFlag(t provision.TrippedGuard) string {
	return fmt.Sprintf("--allow-%s %d", t.Guard, t.Count)
}

// GuardFlags are the flags that let a plan do what its guards do not, each behind a
// blank; "" where none stops it.
func GuardFlags(tripped []provision.TrippedGuard) string {
	flags := ""
	for _, t := range provision.MostTripped(tripped) {
		flags += " " + GuardFlag(t)
	}
	return flags
}

// Guards say all that a plan does too much of, and by which command it is gone on with,
// "" where that is not said.
func Guards(tripped []provision.TrippedGuard, again string) string {
	lines := english.guarded(provision.PlanSummary{Guards: tripped})
	if again == "" {
		return strings.Join(lines, "; ")
	}
	return strings.Join(lines, "; ") + "; go on with: " + again + GuardFlags(tripped)
}

// guarded says which guards do not let a plan be carried out.
func (in In) guarded(s provision.PlanSummary) []string {
	var lines []string
	for _, t := range s.Guards {
		name := string(t.Guard)
		if t.For != "" && several(s.Guards, t.Guard) {
			name += " (" + t.For + ")"
		}
		lines = append(lines, in.guard(t, name))
	}
	return lines
}

// several reports whether more than one guard of a name tripped.
func several(tripped []provision.TrippedGuard, name provision.GuardName) bool {
	n := 0
	for _, t := range tripped {
		if t.Guard == name {
			n++
		}
	}
	return n > 1
}

// Limit says what is allowed, measured by so many; by 0 in general.
func Limit(l provision.GuardLimit, of int) string { return english.Limit(l, of) }

// Limit is Limit in a language.
func (in In) Limit(l provision.GuardLimit, of int) string {
	if of > 0 && of < l.Floor {
		return in.Say("%s below %s", in.Number(l.Below), in.Number(l.Floor))
	}
	var parts []string
	if l.Percent != nil {
		parts = append(parts, Percent(*l.Percent))
	}
	if l.Absolute != nil {
		parts = append(parts, in.Number(*l.Absolute))
	}
	return strings.Join(parts, in.Say(" or "))
}

// Percent writes a share, to one digit where it is small.
func Percent(p float64) string {
	if p < 10 && p != math.Trunc(p) {
		return strconv.FormatFloat(p, 'f', 1, 64) + " %"
	}
	return strconv.FormatFloat(math.Round(p), 'f', 0, 64) + " %"
}
