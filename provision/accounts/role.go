package accounts

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// Role gives members of a brand another role, higher or lower. That the
// operator may give it to somebody is known before.
type Role struct {
	Role  string
	Brand string // slug
	Mail  bool   // whoever has to know is mailed
}

// Kind is that of accounts role.
func (Role) Kind() string { return "accounts role" }

// Options are all of it.
func (r Role) Options() any { return r }

// Judge says whether the role of a person changes.
func (r Role) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	m, in := p.Account.In(r.Brand)
	switch why := refused(p.Account, policy); {
	case why != "":
		return pick.Rejected(why)
	case !in:
		return pick.Rejected(reason.NotMember)
	case m.Role == r.Role:
		return pick.Left(reason.HasRole)
	case m.Kind == record.Creator && policy.Elevated[r.Role]:
		return pick.Rejected(reason.RoleOfCreator)
	}
	set := change.SetRole{Brand: r.Brand, From: m.Role, To: r.Role, Lowers: lowers(m.Role, r.Role, policy)}
	changes := append(change.Changes{set}, r.told(p, policy)...)
	j := pick.Done(reason.RoleRaised, RoleAction, changes...)
	if set.Lowers {
		j.Reason = reason.RoleLowered
	}
	if untold(changes) {
		j.Notes = []dedupe.Note{{Code: reason.DashboardUntold}}
	}
	return j
}

// lowers reports whether a role is lower than the one before: by its rank, or
// because it can do no more than a member.
func lowers(from, to string, policy dedupe.Policy) bool {
	return policy.Ranks[to] < policy.Ranks[from] || policy.Elevated[from] && !policy.Elevated[to]
}

// untold reports whether the dashboard is opened to somebody who is not mailed
// about it.
func untold(changes change.Changes) bool {
	opens := slices.ContainsFunc(changes, func(c change.Change) bool { return c.Op() == change.OpDashboard })
	return opens && !slices.ContainsFunc(changes, func(c change.Change) bool { return c.Op() == change.OpMail })
}

// told is what is mailed about a new role: to whom it opens the dashboard for the
// first time, and to the other administrators where it makes one more.
func (r Role) told(p pick.Person, policy dedupe.Policy) change.Changes {
	var changes change.Changes
	if policy.Dashboards[r.Role] && !p.Account.OnDashboard(policy) {
		changes = append(changes, r.invited(p, policy)...)
	}
	if r.Role == provision.AdministratorRole && r.mails(policy) {
		changes = append(changes, change.TellAdministrators{})
	}
	return changes
}

// invited invites somebody to the dashboard. Whoever was invited before is sent
// nothing. Who has not registered is mailed the link they have, if they have
// one; without one they learn of the dashboard when they get it.
func (r Role) invited(p pick.Person, policy dedupe.Policy) change.Changes {
	var changes change.Changes
	mail := change.SendMail{Template: provision.DashboardMail, Brand: r.Brand}
	switch {
	case !r.mails(policy) || p.Account.Email.IsZero():
	case p.Account.Status == dedupe.Registered:
		changes = append(changes, mail)
	case p.Invitation.Lives(policy.Now):
		mail.About = true
		mail.Link = p.Invitation.ID
		changes = append(changes, mail)
	}
	return append(changes, change.OpenDashboard{})
}

// mails reports whether anybody is mailed at all.
func (r Role) mails(policy dedupe.Policy) bool { return r.Mail && !policy.Inactive }
