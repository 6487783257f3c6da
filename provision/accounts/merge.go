package accounts

import (
	"cmp"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// MergeAction is what the audit calls that two accounts were joined.
const MergeAction change.Action = "accounts joined"

// A Half is one of two accounts that are one person's.
type Half struct {
	pick.Person
	CreatedAt time.Time
}

// Merge joins two accounts of one person: Gone becomes part of whoever it is
// judged on.
type Merge struct {
	Gone  pick.Person
	Force bool // also where both have registered
}

// Kind is that of accounts merge.
func (Merge) Kind() string { return "accounts merge" }

// Options are whether it is forced: whom it is about is not, so that a run which
// was interrupted is known again when one of the two is gone.
func (m Merge) Options() any { return struct{ Force bool }{m.Force} }

// Judge says whether the two are joined.
func (m Merge) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	if why := unjoined(p, m.Gone, m.Force, policy); why != "" {
		return pick.Rejected(why)
	}
	return joined(p, m.Gone, policy, reason.AccountsJoined)
}

// joined is that an account takes another in.
func joined(p, gone pick.Person, policy dedupe.Policy, why reason.Code, more ...change.Change) pick.Judgement {
	links := 0
	for _, one := range []pick.Person{p, gone} {
		if one.Account.Link.Live(policy.Now) {
			links++
		}
	}
	merge := change.Merge{Account: gone.Account.ID, Version: gone.Account.Version, Links: links}
	j := pick.Done(why, MergeAction, append(change.Changes{merge}, more...)...)
	j.Ends = p.Invitation.Lives(policy.Now)
	j.Also = gone
	return j
}

// Survivor orders two accounts: the one that stays comes first. Whoever has
// registered stays, else the older.
func Survivor(a, b Half) (stays, goes Half) {
	registered := func(h Half) bool { return h.Account.Status == dedupe.Registered }
	switch {
	case registered(a) != registered(b):
		if registered(b) {
			return b, a
		}
	case cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Account.ID, b.Account.ID)) > 0:
		return b, a
	}
	return a, b
}

// unjoined says why two accounts are not joined, "" where they are. Nobody gets
// by it what they have not got: neither may do more than the operator, or is in
// a brand they do not see; both are the organization's own or their person's;
// and nobody else has a say in either.
func unjoined(p, gone pick.Person, force bool, policy dedupe.Policy) reason.Code {
	a, b := p.Account, gone.Account
	for _, one := range []dedupe.Account{a, b} {
		switch why := refused(one, policy); {
		case why != "":
			return why
		case one.OutOfReach(policy):
			return reason.NotAllowed
		case !one.Visible(policy.VisibleBrands):
			return reason.NotOwned
		}
	}
	switch {
	case othersHold(p, policy), othersHold(gone, policy):
		return reason.HeldElsewhere
	case a.Status == dedupe.Registered && b.Status == dedupe.Registered && !force:
		return reason.BothRegistered
	case kindsDiffer(a, b):
		return reason.KindDiffers
	}
	return ""
}

// othersHold reports whether somebody else than the organization has a say in
// who an account is: only whoever runs the platform changes that for all of them.
func othersHold(p pick.Person, policy dedupe.Policy) bool {
	return p.Elsewhere > 0 && !provision.OperatorMay(policy, provision.MayBlockEverywhere)
}

// kindsDiffer reports whether two accounts are different things to one brand.
func kindsDiffer(a, b dedupe.Account) bool {
	return slices.ContainsFunc(b.Memberships, func(m dedupe.Membership) bool {
		other, in := a.In(m.Brand)
		return in && other.Kind != m.Kind
	})
}
