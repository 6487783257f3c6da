package links

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// Revoke ends the live invite links of people.
type Revoke struct{}

// Kind is that of links revoke.
func (Revoke) Kind() string { return "links revoke" }

// Options are none.
func (Revoke) Options() any { return nil }

// Insists says that nobody keeps what is to go by changing something meanwhile.
func (Revoke) Insists() {}

// Judge says whether there is a link to end.
func (Revoke) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	switch {
	case !p.Invitation.Lives(policy.Now):
		return pick.Left(reason.NoLiveLink)
	case p.Account.OutOfReach(policy):
		return pick.Rejected(reason.AboveOperator)
	}
	j := pick.Done(reason.LinkRevoked, change.RevokeAction, change.EndLink{Why: provision.EndByHand})
	j.Ends = true
	return j
}
