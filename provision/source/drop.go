package source

import (
	"cmp"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// drop takes away what the source gave and the rows name no longer, of people
// who are still on the list. A field that no row fills says nothing, and nothing
// goes in a brand that the operator does not see. What one of several people of the
// list names who lead to the account stays.
func (k *keeper) drop() {
	if !k.Complete || k.Administers || k.Account.Above(k.policy) {
		return
	}
	var gone []Owned
	for _, o := range k.Own {
		if k.namedNoMore(o) && o.within(k.policy.VisibleBrands) {
			gone = append(gone, o)
		}
	}
	changes, lost := k.loses(gone)
	k.add(changes...)
	if len(lost) == 0 {
		return
	}
	k.step.Action = cmp.Or(k.step.Action, change.UpdateAction)
	if k.step.First.Outcome == provision.Unchanged {
		k.ends(provision.Updated, reason.NoLongerNamed)
	}
	k.withoutNote(reason.RoleLower)
}

// namedNoMore reports whether the rows name something else than a grant of the
// source.
func (k *keeper) namedNoMore(o Owned) bool {
	w := k.Wanted
	if k.Listed != nil {
		w = *k.Listed
	}
	switch o.What {
	case provision.MembershipGrant:
		return w.Named && !slices.Contains(w.Brands, o.Target)
	case provision.CampaignGrant:
		brand, _, _ := strings.Cut(o.Target, "/")
		left := w.Named && !slices.Contains(w.Brands, brand)
		return left || len(w.Campaigns) > 0 && !slices.Contains(w.Campaigns, o.Target)
	case provision.ProductGrant:
		return len(w.Products) > 0 && !slices.Contains(w.Products, o.Target)
	}
	return w.Named && !slices.Contains(w.Brands, o.Target) ||
		w.Role != "" && k.policy.Ranks[w.Role] < k.policy.Ranks[o.Given]
}

// loses is what takes grants away that the source gave, and which of them are
// really lost: others may give them, too, or somebody took them away before.
func (k *keeper) loses(gone []Owned) (changes change.Changes, lost []Owned) {
	for _, o := range gone {
		changes = append(changes, o.disown(k.Source))
	}
	for _, o := range gone {
		if _, shared := find(k.Others, o.Grant); shared {
			continue
		}
		if c := k.ending(o, gone); c != nil {
			changes = append(changes, c)
			lost = append(lost, o)
		}
	}
	return changes, lost
}

// ending is the change that takes a grant away, nil where there is nothing to
// take: the person has it no more, or it goes with their membership.
func (k *keeper) ending(o Owned, gone []Owned) change.Change {
	leaves := func(brand string) bool {
		membership := Grant{provision.MembershipGrant, brand}
		_, shared := find(k.Others, membership)
		_, goes := find(gone, membership)
		_, in := k.Account.In(brand)
		return goes && in && !shared
	}
	switch o.What {
	case provision.MembershipGrant:
		if m, in := k.Account.In(o.Target); in {
			return change.Leave{Membership: m}
		}
		if asked(k.Account, o.Grant) {
			return k.withdrawal(o.Target)
		}
	case provision.CampaignGrant:
		brand, _, _ := strings.Cut(o.Target, "/")
		if slices.Contains(k.Account.Campaigns, o.Target) && !leaves(brand) {
			return change.RevokeCampaign{Campaign: o.Target}
		}
	case provision.ProductGrant:
		if slices.Contains(k.Account.Products, o.Target) {
			return change.RevokeProduct{Product: o.Target}
		}
	case provision.RoleGrant:
		return k.lowered(o, leaves(o.Target))
	}
	return nil
}

// withdrawal takes an offer back that waits for an answer.
func (k *keeper) withdrawal(brand string) change.Change {
	for _, o := range k.Account.Offers {
		if o.Brand == brand && !o.Declined {
			return change.Withdraw{Offer: dedupe.Offer{Membership: dedupe.Membership{Brand: brand}}}
		}
	}
	return nil
}

// lowered gives a role back that the list raised: the one of before, or what the
// rows say now, whichever is more, and never less than everybody has. One that
// somebody changed since stays.
func (k *keeper) lowered(o Owned, leaves bool) change.Change {
	m, in := k.Account.In(o.Target)
	if !in || leaves || m.Role != o.Given {
		return nil
	}
	to := k.policy.DefaultRole(m.Kind)
	for _, role := range []string{o.Former, k.Wanted.Role} {
		if rank, known := k.policy.Ranks[role]; known && rank > k.policy.Ranks[to] {
			to = role
		}
	}
	if k.policy.Ranks[to] >= k.policy.Ranks[m.Role] {
		return nil
	}
	return change.SetRole{Brand: o.Target, From: m.Role, To: to, Lowers: true}
}

// withoutNote takes back what was to be told.
func (k *keeper) withoutNote(code reason.Code) {
	if k.step.Detail == nil {
		return
	}
	detail := *k.step.Detail
	detail.Notes = slices.DeleteFunc(slices.Clone(detail.Notes), func(n dedupe.Note) bool { return n.Code == code })
	k.step.Detail = &detail
	if detail.IsZero() {
		k.step.Detail = nil
	}
}
