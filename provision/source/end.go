package source

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// EndAction is what the audit calls that the source of somebody was given up.
const EndAction change.Action = "source ended"

// An Ending is what becomes of somebody whose source is given up.
type Ending struct {
	change.Verdict
	Changes change.Changes
	Lost    *provision.RemovalDetail // nil where they lose nothing
	Link    bool                     // the link that invites them ends
}

// End gives up the source of somebody: they lose what it alone gave them, as whoever
// is missing from its lists for good. Where all is to be kept, and of whom no list
// takes anything, what it gave stays and is nobody's. Editors are the roles that may
// edit the organization.
func End(of Standing, keep bool, editors []string, p dedupe.Policy) Ending {
	a := of.Account
	switch {
	case keep:
		return of.letGo(provision.Updated, reason.SourceLetGo)
	case len(of.Own) == 0: // they lose nothing, whoever they are
	case Administers(a, editors):
		return of.letGo(provision.Unchanged, reason.AdministratorStays)
	case a.Above(p) || !of.within(p.VisibleBrands):
		return of.letGo(provision.Unchanged, reason.StaysOutOfReach)
	}
	k := keeper{Standing: of, policy: p}
	changes, lost := k.loses(of.Own)
	e := Ending{Verdict: change.Verdict{Outcome: provision.Unchanged, Reason: reason.StaysElsewhere}, Changes: changes}
	if len(of.Own) == 0 {
		e.Reason = reason.GaveNothing
	}
	if len(lost) > 0 {
		e.Verdict = change.Verdict{Outcome: provision.Removed, Reason: reason.SourceEnded}
		detail := detailOf(changes, lost)
		e.Lost = &detail
	}
	if was := of.Person; was != nil && was.Absences < provision.RemovedAfter {
		e.Changes = append(e.Changes, of.gone())
	}
	if staysIn(a, e.Changes) || len(lost) == 0 {
		return e
	}
	if a.Link.ID != "" && a.Link.Here {
		e.Changes = append(e.Changes, change.EndLink{Why: provision.EndRemoved})
		e.Link = true
		e.Lost.Link = a.Link.Live(p.Now)
	}
	e.Changes = append(e.Changes, change.StopMail{})
	return e
}

// letGo leaves everything as it is: it is the source's no more.
func (of Standing) letGo(o provision.Outcome, why reason.Code) Ending {
	e := Ending{Verdict: change.Verdict{Outcome: o, Reason: why}}
	for _, owned := range of.Own {
		e.Changes = append(e.Changes, owned.disown(of.Source))
	}
	if was := of.Person; was != nil {
		e.Changes = append(e.Changes, change.Attend{Source: of.Source, From: &provision.Attendance{Absences: was.Absences, Run: was.Run}})
	}
	return e
}

// gone says that somebody is missing for good.
func (of Standing) gone() change.Attend {
	was := &provision.Attendance{Absences: of.Person.Absences, Run: of.Person.Run}
	return change.Attend{Source: of.Source, From: was, To: &provision.Attendance{Absences: provision.RemovedAfter}}
}
