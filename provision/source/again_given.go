package source

import (
	"maps"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// Given is what sources gave somebody whom an import is about, and wrote of them.
type Given struct {
	Grants []change.Disown
	Wrote  Writers
}

// Give says what the step of somebody comes to whom an import gives what a source gave
// before, and somebody took away since: it is the import's, as what is given by hand is
// nobody's, and no list takes it. What a source wrote last is written over, as whoever
// imports a list was asked, and is told: the source may write it again.
func Give(s change.Step, given Given) change.Step {
	if over := writtenOver(s.Changes, given.Wrote); len(over) > 0 {
		k := keeper{step: s}
		for _, said := range over {
			k.notes(dedupe.Note{Code: reason.OverSource, Row: s.Rows[0], Said: said})
		}
		s = k.step
	}
	var ended change.Changes
	for _, g := range given.Grants {
		if gives(s.Changes, g) {
			ended = append(ended, g)
		}
	}
	if len(ended) > 0 {
		s.Changes = append(slices.Clone(s.Changes), ended...)
	}
	return s
}

// writtenOver says what of that changes replace which sources wrote last. The parts of a
// name are the name.
func writtenOver(changes change.Changes, wrote Writers) []string {
	var all []string
	add := func(name, by, before string) {
		if said := name + ": " + by; by != "" && before != "" && !slices.Contains(all, said) {
			all = append(all, said)
		}
	}
	for _, c := range changes {
		switch c := c.(type) {
		case change.Clear:
			for _, name := range c.Blanks() {
				by := wrote.detail(name)
				if strings.HasSuffix(name, "name") {
					name = "name"
				}
				add(name, by, "held")
			}
		case change.SetColumns:
			for _, name := range slices.Sorted(maps.Keys(c.To)) {
				add(name, wrote.column(c.Brand, name), c.From[name])
			}
		}
	}
	return all
}

// gives reports whether changes give what a source gave. With a membership comes its
// role.
func gives(changes change.Changes, g change.Disown) bool {
	return slices.ContainsFunc(changes, func(c change.Change) bool {
		switch c := c.(type) {
		case change.Join:
			return (g.What == provision.MembershipGrant || g.What == provision.RoleGrant) && c.Brand == g.Target
		case change.GrantCampaign:
			return g.What == provision.CampaignGrant && c.Campaign == g.Target
		case change.GrantProduct:
			return g.What == provision.ProductGrant && c.Product == g.Target
		}
		return false
	})
}

// GivesAccess reports whether a decision gives somebody access that they have not.
func GivesAccess(d dedupe.Decision) bool {
	return d.Account != "" && len(d.Write.Memberships)+len(d.Write.Campaigns)+len(d.Write.Products) > 0
}
