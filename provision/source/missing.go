package source

import (
	"encoding/json"
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// RemoveAction is what the audit calls that somebody lost what a source gave.
const RemoveAction change.Action = "removed"

// Missing says what becomes of somebody who is on no row of a complete list;
// false where nothing does, because it has already. Editors are the roles that
// may edit the organization.
func Missing(of Standing, editors []string, p dedupe.Policy) (change.Step, bool) {
	a := of.Account
	s := change.Step{Account: a.ID, Missing: &change.Missing{}}
	switch {
	case a.ID == "" || of.Person == nil || of.Person.Absences >= provision.RemovedAfter:
		return s, false
	case of.Person.Absences > 0 && of.Again:
		s.First = change.Verdict{Outcome: provision.Unchanged, Reason: of.firstMissing()}
	case of.Person.Absences+1 < provision.RemovedAfter:
		s.First = change.Verdict{Outcome: provision.Unchanged, Reason: of.firstMissing()}
		s.Action = AttendAction
		s.Changes = change.Changes{of.misses()}
	case Administers(a, editors):
		s.First = change.Verdict{Outcome: provision.Unchanged, Reason: reason.AdministratorOut}
	case a.Above(p) || !of.within(p.VisibleBrands):
		s.First = change.Verdict{Outcome: provision.Unchanged, Reason: reason.OutOfReach}
	default:
		s = of.removal(s, p)
	}
	return watching(s, a), true
}

// firstMissing is why somebody stays who is missing for the first time: until the
// next list, or as there is nothing to take away.
func (of Standing) firstMissing() reason.Code {
	if len(of.Own) == 0 {
		return reason.NothingGiven
	}
	return reason.MissingOnce
}

// Seen says that somebody is on the list who was missing, whatever their row came
// to: false where there is nothing to say, and of who was removed, whom a row that
// says who they are brings back.
func Seen(of Standing) (change.Step, bool) {
	if of.Account.ID == "" || of.Person == nil || of.Person.Absences == 0 || of.Person.Absences >= provision.RemovedAfter {
		return change.Step{}, false
	}
	was := &provision.Attendance{Absences: of.Person.Absences, Run: of.Person.Run}
	s := change.Step{
		Account: of.Account.ID,
		Missing: &change.Missing{},
		First:   change.Verdict{Outcome: provision.Unchanged, Reason: reason.ThereAgain},
		Action:  AttendAction,
		Changes: change.Changes{change.Attend{Source: of.Source, From: was, To: &provision.Attendance{}}},
	}
	return watching(s, of.Account), true
}

// misses is the change that says so.
func (of Standing) misses() change.Attend {
	was := &provision.Attendance{Absences: of.Person.Absences, Run: of.Person.Run}
	return change.Attend{Source: of.Source, From: was, To: &provision.Attendance{Absences: was.Absences + 1}}
}

// within reports whether the operator sees each brand in which something is to
// be taken away.
func (of Standing) within(brands []string) bool {
	return !slices.ContainsFunc(of.Own, func(o Owned) bool { return !o.within(brands) })
}

// removal takes away all that the source gave. Who loses nothing by it is not
// removed.
func (of Standing) removal(s change.Step, p dedupe.Policy) change.Step {
	k := keeper{Standing: of, policy: p}
	changes, lost := k.loses(of.Own)
	s.First = change.Verdict{Outcome: provision.Removed, Reason: reason.AbsentFromList}
	switch {
	case len(of.Own) == 0:
		s.First = change.Verdict{Outcome: provision.Unchanged, Reason: reason.NothingGiven}
	case len(lost) == 0:
		s.First = change.Verdict{Outcome: provision.Unchanged, Reason: reason.KeptElsewhere}
	}
	s.Action = RemoveAction
	s.Changes = append(changes, of.misses())
	detail := detailOf(s.Changes, lost)
	if a := of.Account; a.Link.ID != "" && a.Link.Here && !staysIn(a, s.Changes) {
		s.Changes = append(s.Changes, change.EndLink{Why: provision.EndRemoved})
		detail.Link = a.Link.Live(p.Now)
	}
	if !staysIn(of.Account, s.Changes) {
		s.Changes = append(s.Changes, change.StopMail{})
	}
	s.Missing.Detail, _ = json.Marshal(detail) // words always marshal
	return s
}

// staysIn reports whether an account keeps a membership.
func staysIn(a dedupe.Account, changes change.Changes) bool {
	left := len(a.Memberships)
	for _, c := range changes {
		if c.Op() == change.OpLeave {
			left--
		}
	}
	return left > 0
}

// detailOf says what somebody loses.
func detailOf(changes change.Changes, lost []Owned) provision.RemovalDetail {
	var d provision.RemovalDetail
	for _, o := range lost {
		switch o.What {
		case provision.MembershipGrant:
			d.Brands = append(d.Brands, o.Target)
		case provision.CampaignGrant:
			d.Campaigns = append(d.Campaigns, o.Target)
		case provision.ProductGrant:
			d.Products = append(d.Products, o.Target)
		}
	}
	for _, c := range changes {
		if r, lowers := c.(change.SetRole); lowers {
			d.Roles = append(d.Roles, r.Brand+": "+r.From+" to "+r.To)
		}
	}
	return d
}
