package dedupe

import (
	"slices"

	"muster/importer/reason"
	"muster/importer/record"
)

// wantsBlock reports whether the list says that the person is to be blocked.
func wantsBlock(p Person) bool {
	return slices.ContainsFunc(p.Records, func(r record.Record) bool { return r.Status == "blocked" })
}

// blocks ends the access of an account to the organization, and its live link
// here. Nothing else of the row is looked at.
func (m Match) blocks(a Account, p Policy) Decision {
	switch {
	case a.Blocked:
		d := m.known(Unchanged, reason.AlreadyBlocked, a)
		d.Link = EndedLink
		return d
	case a.ID == p.LastAdministrator:
		return m.rejectWish(reason.LastAdministrator)
	case !a.blockable(p):
		return m.rejectWish(reason.BlockNotAllowed)
	}
	d := m.known(Update, reason.BlockedNow, a)
	d.Write.Block = true
	d.Link = EndedLink
	if a.Link.Here {
		d.LinkID = a.Link.ID
	}
	return d
}

// blockable reports whether the operator may block the account: nobody who
// manages anything and ranks as high as they do, themselves least of all, so
// that a list leaves nobody without an administrator.
func (a Account) blockable(p Policy) bool {
	return !a.Beyond(p) && !(a.OnDashboard(p) && a.rank(p) >= p.OperatorRank)
}

// rejectWish rejects a person because of what the list wants done to them.
func (m Match) rejectWish(why reason.Code) Decision {
	d := m.decision(Reject, why)
	d.Problems = []record.Problem{{Code: why, Message: reason.Of(why).Meaning, Fatal: true}}
	return d
}
