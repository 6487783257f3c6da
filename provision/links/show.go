package links

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// Show shows the live invite links of people to the operator. Nothing is
// written but that they were shown.
type Show struct{}

// Kind is that of links show.
func (Show) Kind() string { return "links show" }

// Options are none.
func (Show) Options() any { return nil }

// Judge says whether there is a link to show, and the operator may see it. That
// of an account which another organization owns goes by mail alone.
func (Show) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	switch {
	case !p.Invitation.Lives(policy.Now):
		return pick.Rejected(reason.NoLiveLink)
	case !p.Account.OwnedHere:
		return pick.Rejected(reason.NotOwned)
	case p.Account.OutOfReach(policy):
		return pick.Rejected(reason.AboveOperator)
	}
	j := pick.Left(reason.LinkShown)
	j.Action = change.RevealAction
	j.Changes = change.Changes{change.Reveal{Link: p.Invitation.ID}}
	j.Show = p.Invitation.ID
	return j
}
