// Package guard decides whether a plan may be carried out without anybody looking
// at it first: whether it does more than the guards of the organization allow, and
// whether a list is complete, so that whoever is missing from it is gone.
//
// Counts go in, and what is too much comes out. Nothing here reads a list, asks a
// database or words a message.
package guard

import (
	"muster/importer/record"
	"muster/provision"
)

// A Measure is what a plan is going to do, and what that is measured by.
type Measure struct {
	Source string // "" of an import
	Brand  string
	Kind   record.Kind

	Rows     int // of the list
	LastRows int // of the last one, 0 where there is none
	People   int // of the list
	Known    int // people whom the source named before

	Removals, Creations, Claims, Raises, Mails, Rejects int
}

// builtIn are the guards of every sync; an import has none but those of the
// organization.
var builtIn = []provision.Guard{
	{Name: provision.GuardRemovals, GuardLimit: provision.GuardLimit{Percent: new(20.0), Absolute: new(500), Floor: 100, Below: 10}},
	{Name: provision.GuardRows, GuardLimit: provision.GuardLimit{Percent: new(50.0)}},
}

// Tripped are the guards that a plan does too much for, in the order of their
// names. Those of the organization take the place of built-in ones of their name.
func Tripped(guards []provision.Guard, m Measure) []provision.TrippedGuard {
	var all []provision.TrippedGuard
	for _, name := range provision.GuardNames {
		count, of := m.of(name)
		for _, g := range holding(name, guards, m) {
			if !allows(g.GuardLimit, count, of) {
				all = append(all, provision.TrippedGuard{Guard: name, Count: count, Of: of, GuardLimit: g.GuardLimit})
				break
			}
		}
	}
	return all
}

// of is what a guard counts, and what that is measured by.
func (m Measure) of(name provision.GuardName) (count, of int) {
	switch name {
	case provision.GuardRemovals:
		return m.Removals, m.Known
	case provision.GuardCreations:
		return m.Creations, m.People
	case provision.GuardClaims:
		return m.Claims, m.People
	case provision.GuardRaises:
		return m.Raises, m.People
	case provision.GuardMails:
		return m.Mails, m.People
	case provision.GuardRows:
		return max(m.LastRows-m.Rows, 0), m.LastRows
	default:
		return m.Rejects, m.Rows
	}
}

// holding are the guards of a name that say most of what the plan is for.
func holding(name provision.GuardName, guards []provision.Guard, m Measure) []provision.Guard {
	best, found := -1, []provision.Guard(nil)
	for _, g := range guards {
		said, fits := fit(g, m)
		switch {
		case g.Name != name || !fits || said < best:
		case said > best:
			best, found = said, []provision.Guard{g}
		default:
			found = append(found, g)
		}
	}
	if found != nil || m.Source == "" {
		return found
	}
	for _, g := range builtIn {
		if g.Name == name {
			found = append(found, g)
		}
	}
	return found
}

// fit reports whether a guard is for a plan, and how much it says of it.
func fit(g provision.Guard, m Measure) (said int, fits bool) {
	for _, s := range [][2]string{{g.Source, m.Source}, {g.Brand, m.Brand}, {string(g.Kind), string(m.Kind)}} {
		if s[0] == "" {
			continue
		}
		if s[0] != s[1] {
			return 0, false
		}
		said++
	}
	return said, true
}

// allows reports whether a limit allows so many.
func allows(l provision.GuardLimit, count, of int) bool {
	if of < l.Floor {
		return count <= l.Below
	}
	if l.Percent != nil && float64(count)*100 > *l.Percent*float64(of) {
		return false
	}
	return l.Absolute == nil || count <= *l.Absolute
}

// Allowed are the guards that trip although somebody allowed some: what is allowed
// has to be what the plan does, to the number.
func Allowed(tripped []provision.TrippedGuard, allowed map[provision.GuardName]int) (left []provision.TrippedGuard) {
	for _, t := range tripped {
		if n, said := allowed[t.Guard]; !said || n != t.Count {
			left = append(left, t)
		}
	}
	return left
}
