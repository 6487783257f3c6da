package accounts

import (
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// Revoke takes access away and keeps the account. With a brand go its
// campaigns, and the offer of a membership that waits for an answer; with all
// that they have, or the last brand that they are in, the link that invites them.
type Revoke struct {
	Brands    []string `json:",omitempty"` // slugs
	Campaigns []string `json:",omitempty"` // "brand/campaign"
	Products  []string `json:",omitempty"`
	All       bool     `json:",omitempty"` // whatever they have in the organization
}

// Kind is that of accounts revoke.
func (Revoke) Kind() string { return "accounts revoke" }

// Options are all of it.
func (r Revoke) Options() any { return r }

// Insists says that nobody keeps access by changing something meanwhile.
func (Revoke) Insists() {}

// Judge says what a person loses. What is theirs in all brands, a product or all
// that they have, is taken away only by an operator who sees each of those.
func (r Revoke) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	if why := refused(a, policy); why != "" {
		return pick.Rejected(why)
	}
	if (r.All || len(r.Products) > 0) && a.OutOfReach(policy) {
		return pick.Rejected(reason.NotAllowed)
	}
	var changes change.Changes
	for _, m := range a.Memberships {
		if r.All || slices.Contains(r.Brands, m.Brand) {
			changes = append(changes, change.Leave{Membership: m})
		}
	}
	outside := r.All || len(a.Memberships) > 0 && len(changes) == len(a.Memberships)
	for _, o := range a.Offers {
		if !o.Declined && (r.All || slices.Contains(r.Brands, o.Brand)) {
			offer := dedupe.Offer{Membership: dedupe.Membership{Brand: o.Brand}}
			changes = append(changes, change.Withdraw{Offer: offer})
		}
	}
	for _, campaign := range a.Campaigns {
		brand, _, _ := strings.Cut(campaign, "/")
		if r.All || slices.Contains(r.Campaigns, campaign) || slices.Contains(r.Brands, brand) {
			changes = append(changes, change.RevokeCampaign{Campaign: campaign})
		}
	}
	for _, product := range a.Products {
		if r.All || slices.Contains(r.Products, product) {
			changes = append(changes, change.RevokeProduct{Product: product})
		}
	}
	if len(changes) == 0 {
		return pick.Left(reason.HasNoAccess)
	}
	ends := outside && p.Invitation.Lives(policy.Now)
	if ends {
		changes = append(changes, change.EndLink{Why: provision.EndByHand})
	}
	j := pick.Done(reason.AccessRevoked, RevokeAction, changes...)
	j.Ends = ends
	return j
}
