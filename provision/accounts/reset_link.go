package accounts

import (
	"time"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// ResetLink gives people who have registered a link to set a new password: into
// the report, or by mail where the policy mails. One that they have stops
// working.
type ResetLink struct{}

// ResetLife is how long a link to set a new password lives that is handed over.
const ResetLife = time.Hour

// Kind is that of accounts reset-link.
func (ResetLink) Kind() string { return provision.ResetCommand }

// Options are none.
func (ResetLink) Options() any { return nil }

// Judge says whether a person gets a link. Whoever holds it can be the person,
// also in other organizations: there it goes by mail alone.
func (ResetLink) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	mails := policy.Invite == dedupe.InviteMail
	if why := unresettable(a, policy); why != "" {
		return pick.Rejected(why)
	}
	live := a.Link.Live(policy.Now)
	switch {
	case !mails && p.Ties.Organizations > 0:
		return pick.Rejected(reason.ByMailAlone)
	case live && !a.Link.Here:
		return pick.Left(reason.LinkOfOthers)
	}
	changes := change.Changes{change.IssueLink{Again: a.Link.ID != "", Live: live, Reset: true, Mail: mails}}
	if mails {
		changes = append(changes, change.SendMail{Template: provision.ResetMail, About: true})
	}
	return pick.Done(reason.ResetIssued, change.IssueAction, changes...)
}

// unresettable says why an account gets no link to set a new password, "" where
// it may.
func unresettable(a dedupe.Account, p dedupe.Policy) reason.Code {
	switch {
	case a.Barred:
		return reason.BlockedEverywhere
	case a.Blocked:
		return reason.BlockedHere
	case p.SSO, a.SSO:
		return reason.SignsOn
	case a.Status != dedupe.Registered:
		return reason.NeverRegistered
	case p.Inactive:
		return reason.Inactive
	case a.Email.IsZero():
		return reason.NoAddress
	case a.OutOfReach(p):
		return reason.AboveOperator
	}
	return ""
}
