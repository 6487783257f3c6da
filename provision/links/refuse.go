package links

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// refused says why the operator may issue no link to an account, "" if they
// may: whoever holds a link can be the account.
func refused(a dedupe.Account, p dedupe.Policy) reason.Code {
	switch {
	case a.Status == dedupe.Registered:
		return reason.Registered
	case a.Barred:
		return reason.BlockedEverywhere
	case a.Blocked:
		return reason.BlockedHere
	case !a.OwnedHere:
		return reason.NotOwned
	case p.SSO, a.SSO:
		return reason.SignsOn
	case p.Inactive:
		return reason.Inactive
	case a.Email.IsZero():
		return reason.NoAddress
	case len(a.Memberships) == 0:
		return reason.InNoBrand
	case a.OutOfReach(p):
		return reason.AboveOperator
	}
	return ""
}

// others reports whether another organization's link of the account is live:
// one is enough, and it is not ours to end.
func others(a dedupe.Account, policy dedupe.Policy) bool {
	return a.Link.Live(policy.Now) && !a.Link.Here
}

// issue is what issues a link: into the report, or by mail.
func issue(policy dedupe.Policy, link change.IssueLink) []change.Change {
	if policy.Invite != dedupe.InviteMail {
		return []change.Change{link}
	}
	link.Mail = true
	return []change.Change{link, change.SendMail{Template: provision.InviteMail, About: true}}
}
