package source

import (
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
)

// own writes down what the source gives: what the step gives now.
func (k *keeper) own() {
	for _, c := range slices.Clone(k.step.Changes) {
		for _, g := range k.given(c) {
			k.take(g)
		}
	}
}

// share writes down that the source gives, too, what is there already and another
// source gave, or an import whose people are adopted.
func (k *keeper) share() {
	for _, g := range wanted(k.Wanted) {
		if _, own := find(k.Own, g); !own && has(k.Account, g, Owned{}, k.policy) {
			k.shareOne(Owned{Grant: g})
		}
	}
	if k.Wanted.Role == "" {
		return
	}
	for _, brand := range k.Wanted.Brands {
		k.shareRole(brand)
	}
}

// take makes something the source's that the step gives.
func (k *keeper) take(g Owned) {
	if before, own := find(k.Own, g.Grant); own {
		if before.Given == g.Given {
			return
		}
		k.add(before.disown(k.Source)) // a role that is raised further
		g.Former = before.Former
	} else if other, shared := find(k.Others, g.Grant); shared {
		g.Former = other.Former
	}
	k.add(g.own(k.Source))
}

// shareOne makes something the source's, too, that is there already.
func (k *keeper) shareOne(g Owned) {
	other, shared := find(k.Others, g.Grant)
	if shared {
		g.Former = other.Former
		k.add(g.own(k.Source))
		return
	}
	if !slices.Contains(k.Imported, g.Grant) {
		return
	}
	k.add(g.own(k.Source))
	if g.What == provision.MembershipGrant && k.step.First.Outcome == provision.Unchanged {
		k.ends(provision.Unchanged, reason.Adopted)
	}
}

// shareRole is shareOne for the role that the rows name, where it is more than
// everybody's.
func (k *keeper) shareRole(brand string) {
	m, in := k.Account.In(brand)
	role := Owned{Grant{provision.RoleGrant, brand}, k.policy.DefaultRole(m.Kind), k.Wanted.Role}
	_, own := find(k.Own, role.Grant)
	if !in || own || m.Role != k.Wanted.Role || k.policy.Ranks[m.Role] <= k.policy.Ranks[role.Former] {
		return
	}
	if slices.Contains(k.Imported, Grant{provision.MembershipGrant, brand}) {
		k.add(role.own(k.Source))
		return
	}
	k.shareOne(role)
}

// within reports whether a grant is of one of some brands. A product is of all.
func (o Owned) within(brands []string) bool {
	brand, _, _ := strings.Cut(o.Target, "/")
	return o.What == provision.ProductGrant || slices.Contains(brands, brand)
}

// Editors are the roles of an organization that may edit it.
func Editors(o provision.Organization) []string {
	var all []string
	for _, r := range o.Roles {
		if r.Can(provision.MayEditOrganization) {
			all = append(all, r.Name)
		}
	}
	return all
}

// Administers reports whether an account may edit the organization, as some roles
// do: whoever does is never removed by a list.
func Administers(a dedupe.Account, editors []string) bool {
	return slices.ContainsFunc(a.Memberships, func(m dedupe.Membership) bool { return slices.Contains(editors, m.Role) })
}
