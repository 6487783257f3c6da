package source

import (
	"slices"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// Given is what sources gave somebody whom an import is about.
type Given []change.Disown

// Give says what the step of somebody comes to whom an import gives what a source gave
// before, and somebody took away since: it is the import's, as what is given by hand is
// nobody's, and no list takes it.
func Give(s change.Step, given Given) change.Step {
	var ended change.Changes
	for _, g := range given {
		if gives(s.Changes, g) {
			ended = append(ended, g)
		}
	}
	if len(ended) > 0 {
		s.Changes = append(slices.Clone(s.Changes), ended...)
	}
	return s
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
