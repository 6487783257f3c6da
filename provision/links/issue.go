package links

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// Issue gives people their first invite link: those who were imported without
// one. Whoever had one gets another by Reissue.
type Issue struct{}

// Kind is that of links issue.
func (Issue) Kind() string { return "links issue" }

// Options are none.
func (Issue) Options() any { return nil }

// Judge says whether a person gets a link.
func (Issue) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	if why := refused(p.Account, policy); why != "" {
		return pick.Rejected(why)
	}
	switch {
	case p.Invitation.Lives(policy.Now), others(p.Account, policy):
		return pick.Left(reason.LinkLives)
	case p.Account.Link.Ever:
		return pick.Rejected(reason.HadLink)
	}
	return pick.Done(reason.InvitedNow, change.IssueAction, issue(policy, change.IssueLink{})...)
}
