package flags

import (
	"muster/dedupe"
	"muster/importer"
	"muster/provision"
	"muster/provision/plan"
)

// Settings puts together what is to be planned.
func Settings(lists []string, reading importer.Options, s Scope, p Policy, asked []string) plan.Settings {
	terms := provision.Terms{
		Organization:   s.Org,
		Brand:          s.Brand,
		Operator:       s.As,
		Kind:           reading.Kind,
		OnEmailMatch:   dedupe.MatchPolicy(p.OnEmailMatch),
		OnProfileMatch: dedupe.MatchPolicy(p.OnProfileMatch),
		OnDifference:   dedupe.DifferencePolicy(p.OnDifference),
		Invite:         dedupe.Invite(p.Invite),
		ReissueExpired: p.ReissueExpired,
		NoClaimNotice:  p.NoClaimNotice,
	}
	p.LinkTerms.Into(&terms)
	return plan.Settings{Terms: terms, Lists: lists, Asked: asked, Reading: reading, MaxAge: p.MaxAge.Age}
}
