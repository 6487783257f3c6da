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
	switch why := a.MayBeBlocked(p); {
	case why == reason.AlreadyBlocked:
		d := m.known(Unchanged, why, a)
		d.Link = EndedLink
		return d
	case why == reason.NotAllowed:
		return m.rejectWish(reason.BlockNotAllowed)
	case why != "":
		return m.rejectWish(why)
	}
	d := m.known(Update, reason.BlockedNow, a)
	d.Write.Block = true
	d.Link = EndedLink
	if a.Link.Here {
		d.LinkID = a.Link.ID
	}
	return d
}

// MayBeBlocked says why the account is not blocked here by whoever may block
// people, "" where it is: nobody blocks somebody who may do more than they may,
// or is in a brand that they do not see, and nobody themselves. Of whom they may
// not know at all it is as if there were nobody.
func (a Account) MayBeBlocked(p Policy) reason.Code {
	switch {
	case a.ID == p.Operator:
		return reason.Yourself
	case !a.KnownTo(p.VisibleBrands) && !a.leftBlocked():
		return reason.NobodyToBlock
	case a.Blocked:
		return reason.AlreadyBlocked
	case a.OutOfReach(p):
		return reason.NotAllowed
	case a.ID == p.LastAdministrator:
		return reason.LastAdministrator
	}
	return ""
}

// leftBlocked reports whether the organization blocks the account, which is in
// none of its brands any more.
func (a Account) leftBlocked() bool { return len(a.Memberships) == 0 && a.Blocked && !a.Barred }

// MayBeActivated says why the block of the account is not lifted here by whoever
// may lift blocks, "" where it is.
func (a Account) MayBeActivated(p Policy) reason.Code {
	switch {
	case a.Barred:
		return reason.BlockedEverywhere
	case !a.Blocked:
		return reason.NotBlocked
	case a.OutOfReach(p):
		return reason.NotAllowed
	}
	return ""
}

// Elevated are the roles of the account that rank above what its kind gets by
// default, or can do more than it, as they are lowered where a block is lifted
// without them. What wanted says is to be had in a brand is no lower than that.
func (a Account) Elevated(p Policy, wanted map[string]string) []Raise {
	var all []Raise
	for _, m := range a.Memberships {
		to := p.DefaultRole(m.Kind)
		if role := wanted[m.Brand]; p.Ranks[role] > p.Ranks[to] {
			to = role
		}
		if p.Ranks[m.Role] > p.Ranks[to] || p.Elevated[m.Role] && !p.Elevated[to] {
			all = append(all, Raise{Brand: m.Brand, From: m.Role, To: to})
		}
	}
	return all
}

// lowered are the roles that the account of a person loses who is activated
// without them: not where the rows say what role they are to have.
func (m Match) lowered(a Account, p Policy) []Raise {
	wanted := map[string]string{}
	role := highest(m.Person.union(func(r record.Record) []string { return []string{r.Role} }), p)
	for _, brand := range p.brands(m.Person) {
		wanted[brand] = role
	}
	return a.Elevated(p, wanted)
}

// rejectWish rejects a person because of what the list wants done to them.
func (m Match) rejectWish(why reason.Code) Decision {
	d := m.decision(Reject, why)
	d.Problems = []record.Problem{{Code: why, Message: reason.Of(why).Meaning, Fatal: true}}
	return d
}
