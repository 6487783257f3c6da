// Package source decides what a list that is synced takes away, and what it may
// not. It is three-way: what the source gave so far, what its list says now, and
// what people have.
//
//  1. what the list gives is the source's from then on; what somebody else gave
//     before is nobody's, and what another source gave is both of theirs;
//  2. what the source gave and the list no longer names is taken away, unless
//     another source gives it, too;
//  3. whoever is missing from two complete lists in a row loses all that the
//     source gave them, and has it again as it was when they are back;
//  4. what was changed by hand stays so, and is told;
//  5. what another source wrote last of somebody whom it still names is not written
//     over, and is told: two lists that disagree would do so every night.
//
// Values go in and come out: it knows no database and no list.
package source

import (
	"cmp"
	"slices"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// A Grant is something that a source gave, in the words of plans.
type Grant struct {
	What   provision.GrantKind
	Target string // brand, "brand/campaign" or product
}

func (g Grant) String() string { return string(g.What) + " " + g.Target }

// Owned is a grant that sources gave an account.
type Owned struct {
	Grant
	Former, Given string // of a role
}

// Standing is what is known of somebody beside their rows.
type Standing struct {
	Source  string // name of the one whose list it is
	Wanted  dedupe.Wanted
	Listed  *dedupe.Wanted          // what all of the list want who lead to the account; nil where nobody else does
	Follows bool                    // one of the others speaks for the account
	Account dedupe.Account          // the zero one for somebody new
	Person  *provision.SourcePerson // nil where the source has never named them
	Own     []Owned                 // what the source gave
	Others  []Owned                 // what other sources gave
	Ended   Ended                   // what was taken away when they were missing
	Wrote   Writers                 // what other sources wrote last, and still stand for

	// Imported is what an import gave that nobody owns, where it is to become the
	// source's.
	Imported []Grant
	// Administers says that they may edit the organization: no list takes anything from them.
	Administers bool
	// Again says that the list is the one that counted them missing, once more.
	Again bool
	// Complete says that the list can be trusted in what it does not name, and all
	// rows of the person can be used.
	Complete bool
}

// Ended is what syncs took away from somebody, in the words of plans.
type Ended struct {
	Memberships []EndedMembership
	Campaigns   []string
	Products    []string
}

// EndedMembership is a membership as it was.
type EndedMembership struct {
	dedupe.Membership
	Columns map[string]string
}

// find returns what is owned of a grant.
func find(all []Owned, g Grant) (Owned, bool) {
	i := slices.IndexFunc(all, func(o Owned) bool { return o.Grant == g })
	if i < 0 {
		return Owned{}, false
	}
	return all[i], true
}

// has reports whether an account has what a grant gives. Of a role that is a
// membership with one at least as high.
func has(a dedupe.Account, g Grant, o Owned, p dedupe.Policy) bool {
	switch g.What {
	case provision.MembershipGrant:
		_, in := a.In(g.Target)
		return in
	case provision.CampaignGrant:
		return slices.Contains(a.Campaigns, g.Target)
	case provision.ProductGrant:
		return slices.Contains(a.Products, g.Target)
	}
	m, in := a.In(g.Target)
	return in && p.Ranks[m.Role] >= p.Ranks[o.Given]
}

// asked reports whether somebody was asked whether they want a membership, and
// has not said yes.
func asked(a dedupe.Account, g Grant) bool {
	return g.What == provision.MembershipGrant &&
		slices.ContainsFunc(a.Offers, func(o dedupe.OpenOffer) bool { return o.Brand == g.Target })
}

func (o Owned) own(source string) change.Own {
	return change.Own{Source: source, What: o.What, Target: o.Target, Former: o.Former, Given: o.Given}
}

func (o Owned) disown(source string) change.Disown { return change.Disown(o.own(source)) }

// wanted are the grants that rows ask for, but for a role.
func wanted(w dedupe.Wanted) []Grant {
	var all []Grant
	for what, targets := range map[provision.GrantKind][]string{
		provision.MembershipGrant: w.Brands, provision.CampaignGrant: w.Campaigns, provision.ProductGrant: w.Products,
	} {
		for _, t := range targets {
			all = append(all, Grant{what, t})
		}
	}
	slices.SortFunc(all, func(x, y Grant) int { return cmp.Or(cmp.Compare(x.What, y.What), cmp.Compare(x.Target, y.Target)) })
	return all
}
