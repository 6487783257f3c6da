package accounts

import (
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// ConfirmAction is what the audit calls that somebody was given an external id.
const ConfirmAction change.Action = "person confirmed"

// Confirm gives somebody the external id that their organization knows them by.
// Where another account carries it the two are joined.
type Confirm struct {
	ID    string
	Other pick.Person // the account that goes, where two are joined; zero where nobody carries the id
	Force bool
}

// Kind is that of accounts confirm.
func (Confirm) Kind() string { return "accounts confirm" }

// Options are the id, and who carries it, as they were.
func (c Confirm) Options() any {
	return struct {
		ID, Other string
		Version   int64
		Force     bool
	}{c.ID, c.Other.Account.ID, c.Other.Account.Version, c.Force}
}

// Judge says whether the person gets the id.
func (c Confirm) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	if c.Other.Account.ID != "" {
		if why := unjoined(p, c.Other, c.Force, policy); why != "" {
			return pick.Rejected(why)
		}
		if c.another(a) || c.another(c.Other.Account) {
			return pick.Rejected(reason.OtherID)
		}
		return joined(p, c.Other, policy, reason.ConfirmedJoined, completed(a, policy)...)
	}
	switch why := refused(a, policy); {
	case why != "":
		return pick.Rejected(why)
	case a.OutOfReach(policy):
		return pick.Rejected(reason.NotAllowed)
	case !a.Visible(policy.VisibleBrands):
		return pick.Rejected(reason.NotOwned)
	case slices.Contains(a.ExternalIDs, c.ID):
		return pick.Left(reason.HasID)
	case othersHold(p, policy):
		return pick.Rejected(reason.HeldElsewhere)
	case c.another(a):
		return pick.Rejected(reason.OtherID)
	}
	key := identity.Key{Space: dedupe.ExternalSpace(policy.Organization), Value: c.ID}
	changes := append(change.Changes{change.TakeKey{Key: key}}, completed(a, policy)...)
	return pick.Done(reason.Confirmed, ConfirmAction, changes...)
}

// another reports whether an account has an id that is not the one.
func (c Confirm) another(a dedupe.Account) bool {
	return slices.ContainsFunc(a.ExternalIDs, func(id string) bool { return id != c.ID })
}

// completed is that somebody has registered who had begun to, where their
// organization lets them in by their id. Elsewhere they have to choose a
// password first.
func completed(a dedupe.Account, policy dedupe.Policy) []change.Change {
	if a.Status != dedupe.Registering || !policy.SSO {
		return nil
	}
	return []change.Change{change.SetStatus{From: a.Status, To: dedupe.Registered}}
}
