package accounts

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// Activate lifts the blocks of people: their status and access are as they were,
// and roles above the default are lowered.
type Activate struct {
	Everywhere bool   `json:",omitempty"` // the block of the whole platform
	Roles      bool   `json:",omitempty"` // they stay as they are
	Why        string `json:",omitempty"` // in the operator's own words
}

// Kind is that of accounts activate.
func (Activate) Kind() string { return "accounts activate" }

// Options are all of it.
func (v Activate) Options() any { return v }

// Judge says whether the block of a person is lifted. The roles of other
// organizations are theirs to lower.
func (v Activate) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	switch why := a.MayBeActivated(policy); {
	case v.Everywhere && !a.Barred:
		return pick.Left(reason.NotBlocked)
	case v.Everywhere && a.OutOfReach(policy):
		return pick.Rejected(reason.NotAllowed)
	case v.Everywhere:
	case why == reason.NotBlocked:
		return pick.Left(why)
	case why != "":
		return pick.Rejected(why)
	}
	var lower []dedupe.Raise
	if !v.Roles {
		lower = a.Elevated(policy, nil)
	}
	lift := change.Lifted(lower)
	lift.Everywhere = v.Everywhere
	lift.Why = v.Why
	return pick.Done(reason.Activated, ActivateAction, lift)
}
