package links

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// Reissue gives people an invite link in place of the one they have or had, or
// their first. A live one stops working.
type Reissue struct {
	KeepLive bool // live ones stay as they are
}

// Kind is that of links reissue.
func (Reissue) Kind() string { return "links reissue" }

// Options are all of it.
func (r Reissue) Options() any { return r }

// Judge says whether a person gets another link.
func (r Reissue) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	if why := refused(p.Account, policy); why != "" {
		return pick.Rejected(why)
	}
	live := p.Invitation.Lives(policy.Now)
	switch {
	case others(p.Account, policy), live && r.KeepLive:
		return pick.Left(reason.LinkLives)
	case live:
		link := change.IssueLink{Again: true, Live: true}
		j := pick.Done(reason.LinkReplaced, change.IssueAction, issue(policy, link)...)
		j.Ends = true
		return j
	case !p.Account.Link.Ever:
		return pick.Done(reason.InvitedNow, change.IssueAction, issue(policy, change.IssueLink{})...)
	}
	why := reason.LinkRenewed
	if p.Invitation.InviteState(policy.Now) == provision.InviteExpired {
		why = reason.Reissued
	}
	return pick.Done(why, change.IssueAction, issue(policy, change.IssueLink{Again: true})...)
}
