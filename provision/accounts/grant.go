package accounts

import (
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// What the audit calls what the accounts commands do.
const (
	RoleAction   change.Action = "role changed"
	GrantAction  change.Action = "access granted"
	RevokeAction change.Action = "access revoked"

	BlockAction    change.Action = "blocked"
	ActivateAction change.Action = "block lifted"
)

// Grant lets people into brands and campaigns, and have products.
type Grant struct {
	Brands    []string `json:",omitempty"` // slugs
	Campaigns []string `json:",omitempty"` // "brand/campaign"
	Products  []string `json:",omitempty"`
}

// Kind is that of accounts grant.
func (Grant) Kind() string { return "accounts grant" }

// Options are all of it.
func (g Grant) Options() any { return g }

// GivesAccess says so.
func (Grant) GivesAccess() {}

// Judge says what a person gets that they have not got. Whoever gets a campaign
// of a brand they are not in is taken into the brand. Whoever has to be asked
// first is, as by an import.
func (g Grant) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	if why := refused(a, policy); why != "" {
		return pick.Rejected(why)
	}
	wanted, why := g.wanted(a, policy)
	if why != "" {
		return pick.Rejected(why)
	}
	given, waits := a.Offered(wanted, policy)
	changes := append(byHand(given, p.Sourced), granted(given)...)
	switch {
	case len(given.Offers) > 0 && a.Email.IsZero():
		return pick.Rejected(reason.CannotBeAsked)
	case len(given.Offers) > 0:
		return pick.Done(reason.MembershipOffered, GrantAction, changes...)
	case len(changes) > 0:
		return pick.Done(reason.AccessAdded, GrantAction, changes...)
	case waits != "":
		return pick.Left(waits)
	}
	return pick.Left(reason.HasAccess)
}

// wanted is what a person has not got, or why the operator may not give it.
func (g Grant) wanted(a dedupe.Account, policy dedupe.Policy) (w dedupe.Write, why reason.Code) {
	kind := kindOf(a)
	for _, brand := range g.brands() {
		if _, in := a.In(brand); in {
			continue
		}
		joined := dedupe.Membership{Brand: brand, Kind: kind, Role: policy.DefaultRole(kind)}
		if !mayTakeIn(kind, joined.Role, policy) {
			return w, reason.NotAllowed
		}
		if kind != record.Creator && len(policy.Permissions.Tree) > 0 {
			given := policy.Permissions.Default()
			if policy.GivesTooMuch(brand, given) {
				return w, reason.PermissionNotHeld
			}
			joined.Permissions = &given
		}
		w.Memberships = append(w.Memberships, joined)
	}
	w.Campaigns = lacking(g.Campaigns, a.Campaigns)
	w.Products = lacking(g.Products, a.Products)
	return w, ""
}

// lacking are those that are not there yet.
func lacking(wanted, there []string) []string {
	return slices.DeleteFunc(slices.Clone(wanted), func(w string) bool { return slices.Contains(there, w) })
}

// granted carries out what is given, and mails whoever is asked.
func granted(w dedupe.Write) change.Changes {
	var changes change.Changes
	for _, m := range w.Memberships {
		changes = append(changes, change.Join{Membership: m})
	}
	for _, o := range w.Offers {
		changes = append(changes, change.Offer{Offer: o},
			change.SendMail{Template: provision.ConsentMail, Brand: o.Brand, Asks: true})
	}
	for _, campaign := range w.Campaigns {
		changes = append(changes, change.GrantCampaign{Campaign: campaign})
	}
	for _, product := range w.Products {
		changes = append(changes, change.GrantProduct{Product: product})
	}
	return changes
}

// byHand ends that sources of lists gave what is given: somebody took it away since,
// and what is given by hand no list takes.
func byHand(w dedupe.Write, sourced []change.Disown) change.Changes {
	var changes change.Changes
	for _, s := range sourced {
		var again bool
		switch s.What {
		case provision.MembershipGrant, provision.RoleGrant:
			again = slices.ContainsFunc(w.Memberships, func(m dedupe.Membership) bool { return m.Brand == s.Target })
		case provision.CampaignGrant:
			again = slices.Contains(w.Campaigns, s.Target)
		case provision.ProductGrant:
			again = slices.Contains(w.Products, s.Target)
		}
		if again {
			changes = append(changes, s)
		}
	}
	return changes
}

// brands are those that are granted, and those of the campaigns.
func (g Grant) brands() []string {
	brands := slices.Clone(g.Brands)
	for _, campaign := range g.Campaigns {
		brand, _, _ := strings.Cut(campaign, "/")
		brands = append(brands, brand)
	}
	slices.Sort(brands)
	return slices.Compact(brands)
}

// kindOf is what a person is in the organization: in none of its brands they are
// taken in like by an import.
func kindOf(a dedupe.Account) record.Kind {
	if len(a.Memberships) == 0 {
		return record.Creator
	}
	return a.Memberships[0].Kind
}

// mayTakeIn reports whether the operator may take people of a kind into a brand,
// as by an import, with the role that they get there.
func mayTakeIn(kind record.Kind, role string, policy dedupe.Policy) bool {
	assigns := !policy.Elevated[role] || provision.OperatorMay(policy, provision.MayAssignRoles)
	return (kind != record.Staff || provision.OperatorMay(policy, provision.MayCreateStaff)) &&
		assigns && !policy.Exceeding[role]
}
