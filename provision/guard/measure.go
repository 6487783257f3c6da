package guard

import (
	"slices"

	"muster/importer/record"
	"muster/provision"
)

// A Measure is what a plan is going to do, and what that is measured by.
type Measure struct {
	Source string // "" of an import
	Brand  string // of people whose row names none
	Kind   record.Kind

	People     int // of the list
	LastPeople int // of the last one, 0 where there is none

	// Parts have everybody whom the plan is about, once.
	Parts []Part
}

// A Part is people who are of the same brands and kind, as the list says of them.
type Part struct {
	Brands []string
	Kind   record.Kind

	Rows   int // of the list
	People int // of the list
	Known  int // people whom the source named before, or else those of the list

	Removals, Creations, Claims, Raises, Mails, Rejects int
}

// of is what a guard counts of a part, and what that is measured by.
func (p Part) of(name provision.GuardName) (count, of int) {
	switch name {
	case provision.GuardRemovals:
		return p.Removals, p.Known
	case provision.GuardCreations:
		return p.Creations, p.People
	case provision.GuardClaims:
		return p.Claims, p.People
	case provision.GuardRaises:
		return p.Raises, p.People
	case provision.GuardMails:
		return p.Mails, p.People
	default:
		return p.Rejects, p.Rows
	}
}

// parts are those that guards of a name count. A list is shorter as a whole.
func (m Measure) parts(name provision.GuardName) []Part {
	if name == provision.GuardRows {
		return []Part{{Brands: []string{m.Brand}, Kind: m.Kind}}
	}
	return m.Parts
}

// holds is a guard that holds, and what it counts.
type holds struct {
	guard     provision.Guard
	met       bool // by a part
	count, of int
}

// holding are the guards of a name that hold for a plan, each with what it counts:
// those who are in the parts of which no other says more. The built-in ones hold
// where no other does, for syncs.
func (m Measure) holding(name provision.GuardName, guards []provision.Guard) []holds {
	own, others := named(name, guards), named(name, builtIn)
	all := make([]holds, 0, len(own)+len(others))
	for _, g := range slices.Concat(own, others) {
		all = append(all, holds{guard: g})
	}
	for _, p := range m.parts(name) {
		count, of := p.of(name)
		if name == provision.GuardRows {
			count, of = max(m.LastPeople-m.People, 0), m.LastPeople
		}
		at := m.most(own, p)
		if len(at) == 0 && len(others) > 0 && m.Source != "" {
			at = []int{len(own)}
		}
		for _, i := range at {
			all[i].met = true
			all[i].count += count
			all[i].of += of
		}
	}
	return slices.DeleteFunc(all, func(h holds) bool { return !h.met })
}

// named are the guards of a name.
func named(name provision.GuardName, guards []provision.Guard) []provision.Guard {
	return slices.DeleteFunc(slices.Clone(guards), func(g provision.Guard) bool { return g.Name != name })
}

// most are the guards, by their places, that say most of a part.
func (m Measure) most(guards []provision.Guard, p Part) []int {
	best, found := -1, []int(nil)
	for i, g := range guards {
		said, fits := m.fit(g, p)
		switch {
		case !fits || said < best:
		case said > best:
			best, found = said, []int{i}
		default:
			found = append(found, i)
		}
	}
	return found
}

// fit reports whether a guard is for a part of the plan, and how much it says of it.
func (m Measure) fit(g provision.Guard, p Part) (said int, fits bool) {
	for _, s := range []struct{ asks, fits bool }{
		{g.Source != "", g.Source == m.Source},
		{g.Brand != "", slices.Contains(p.Brands, g.Brand)},
		{g.Kind != "", g.Kind == p.Kind},
	} {
		if s.asks && !s.fits {
			return 0, false
		}
		if s.asks {
			said++
		}
	}
	return said, true
}
