package accounts

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// ForgetAction is what the audit calls that a person was erased.
const ForgetAction change.Action = "person erased"

// Forget removes what the organization holds of people, and their accounts
// where nobody else holds them.
type Forget struct {
	All bool // whoever else holds the accounts
}

// Kind is that of accounts forget.
func (Forget) Kind() string { return "accounts forget" }

// Options are all of it.
func (f Forget) Options() any { return f }

// Insists says that nobody keeps what is to go by changing something meanwhile.
func (Forget) Insists() {}

// Everywhere says that the marks are to hold for the whole platform.
func (f Forget) Everywhere() bool { return f.All }

// Nobody is the answer for whoever is not known, was erased before, or is not
// the operator's to know of: it does not say which.
func (Forget) Nobody() pick.Judgement { return pick.Left(reason.NothingKept) }

// Judge says what goes of a person. Only an operator who sees all brands that
// somebody is in, or was in, erases them. The account of somebody who is in none any
// more, and has registered, is theirs: what the organization kept of them goes.
func (f Forget) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	if why := refused(a, policy); why != "" {
		return pick.Rejected(why)
	}
	if a.OutOfReach(policy) {
		return pick.Rejected(reason.NotAllowed)
	}
	left := len(a.Memberships) == 0 && !a.OwnedHere
	erase := change.Erase{
		Whole:      f.All || p.Elsewhere == 0 && !left,
		Everywhere: f.All,
		Marks:      p.Marks,
		EndsLink:   a.Link.Live(policy.Now) && (a.Link.Here || f.All),
	}
	why := reason.Forgotten
	if !erase.Whole {
		why = reason.ForgottenHere
	}
	j := pick.Done(why, ForgetAction, erase)
	j.Ends = p.Invitation.Lives(policy.Now)
	return j
}
