// Package guard decides whether a plan may be carried out without anybody looking
// at it first: whether it does more than the guards of the organization allow, and
// whether a list is complete, so that whoever is missing from it is gone.
//
// Counts go in, and what is too much comes out. Nothing here reads a list, asks a
// database or words a message.
package guard

import "muster/provision"

// builtIn are the guards of every sync; an import has none but those of the
// organization.
var builtIn = []provision.Guard{
	{Name: provision.GuardRemovals, GuardLimit: provision.GuardLimit{Percent: new(20.0), Absolute: new(500), Floor: 100, Below: 10}},
	{Name: provision.GuardRows, GuardLimit: provision.GuardLimit{Percent: new(50.0)}},
}

// Tripped are the guards that a plan does too much for, in the order of their names.
// Those of the organization take the place of built-in ones of their name.
func Tripped(guards []provision.Guard, m Measure) []provision.TrippedGuard {
	var all []provision.TrippedGuard
	for _, name := range provision.GuardNames {
		for _, h := range m.holding(name, guards) {
			if !allows(h.guard.GuardLimit, h.count, h.of) {
				all = append(all, provision.TrippedGuard{Guard: name, Count: h.count, Of: h.of, GuardLimit: h.guard.GuardLimit, For: h.guard.For()})
			}
		}
	}
	return all
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
// has to be what the plan does, to the number; of several guards of one name the most.
func Allowed(tripped []provision.TrippedGuard, allowed map[provision.GuardName]int) (left []provision.TrippedGuard) {
	for _, t := range provision.MostTripped(tripped) {
		if n, said := allowed[t.Guard]; !said || n != t.Count {
			left = append(left, t)
		}
	}
	return left
}
