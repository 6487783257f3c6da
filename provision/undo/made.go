package undo

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// stays says why an account stays that the run made, "" where it goes: nobody can
// have seen it, nobody has written to it since, and it has nothing but what the
// run gave it.
func (t *taking) stays(mails []provision.MailState) reason.Code {
	a := t.Account
	_, left := counted(mails)
	i := t.Invitation
	switch {
	case a.Status != dedupe.Created:
		return reason.StaysBegun
	case left > 0:
		return reason.MailLeft
	case i.ID != "" && !(i.RevealedAt.IsZero() && i.GeneratedAt.IsZero() && i.HandedOverAt.IsZero()):
		return reason.StaysSeen
	case !a.OwnedHere || t.Elsewhere > 0:
		return reason.StaysHeld
	case t.unexplained(a) || len(t.since) > 0 || !t.onlyGiven():
		return reason.StaysChanged
	}
	return ""
}

// onlyGiven reports whether an account has nothing but what the run gave it.
func (t *taking) onlyGiven() bool {
	a := t.Account
	given := map[string]bool{}
	for _, d := range t.done {
		given[subject(d.Change)] = true
	}
	has := func(c change.Change) bool { return given[subject(c)] }
	for _, m := range a.Memberships {
		if !has(change.Join{Membership: m}) {
			return false
		}
	}
	return !slices.ContainsFunc(a.Campaigns, func(name string) bool { return !has(change.GrantCampaign{Campaign: name}) }) &&
		!slices.ContainsFunc(a.Products, func(name string) bool { return !has(change.GrantProduct{Product: name}) }) &&
		(!a.Blocked || has(change.Block{}))
}

// leadsOn reports whether somebody is in a brand still once all this is done: their
// link leads into it.
func (t *taking) leadsOn() bool {
	return slices.ContainsFunc(t.Account.Memberships, func(m dedupe.Membership) bool {
		return !slices.ContainsFunc(t.changes, func(c change.Change) bool {
			leave, is := c.(change.Leave)
			return is && leave.Brand == m.Brand
		})
	})
}

// endsLink ends the link of somebody who is in no brand any more, whoever issued it: it
// leads to nothing.
func (t *taking) endsLink() {
	a := t.Account
	if len(a.Memberships) > 0 && a.Link.Here && a.Link.ID != "" && !t.leadsOn() && !slices.ContainsFunc(t.changes, ends) {
		t.changes = append(t.changes, change.EndLink{Why: provision.EndRemoved})
	}
}

// linksOf parts deeds that issued links from all others.
func linksOf(deeds []deed) (links, others []deed) {
	for _, d := range deeds {
		if d.Op() == change.OpIssueLink {
			links = append(links, d)
			continue
		}
		others = append(others, d)
	}
	return links, others
}

// accessOf are the deeds that gave an account access, a link or a block: what made
// the account itself, its ids and profiles stay with it.
func accessOf(deeds []deed) []deed {
	return slices.DeleteFunc(slices.Clone(deeds), func(d deed) bool {
		switch d.Op() {
		case change.OpJoin, change.OpOffer, change.OpGrantCampaign, change.OpGrantProduct, change.OpBlock, change.OpIssueLink,
			change.OpRemember, change.OpOwn, change.OpAttend:
			return false
		}
		return true
	})
}
