package source

import (
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// AttendAction is what the audit calls that somebody is on the lists of a
// source, or missing, where nothing else is changed.
const AttendAction change.Action = "source"

// Keep says what the step of somebody comes to whose list is synced. A step that
// leaves them to a person, or alone, stays as it is. Of several people of the list who
// lead to an account, one says what the source knows of it.
func Keep(s change.Step, of Standing, p dedupe.Policy) change.Step {
	switch s.First.Outcome {
	case provision.Created, provision.Claimed, provision.Updated, provision.Unchanged:
	default:
		return s
	}
	k := keeper{step: s, Standing: of, policy: p}
	k.step.Changes = slices.Clone(s.Changes)
	k.yield()
	if !k.Follows {
		k.reinstate()
	}
	k.respect()
	k.own()
	if !k.Follows {
		k.share()
		k.drop()
		k.attend()
	}
	k.drift()
	k.watch()
	return k.step
}

// keeper is a step on its way.
type keeper struct {
	Standing
	step   change.Step
	policy dedupe.Policy
}

func (k *keeper) add(changes ...change.Change) { k.step.Changes = append(k.step.Changes, changes...) }

// note adds what is worth knowing of a grant.
func (k *keeper) note(code reason.Code, said string) { k.notes(dedupe.Note{Code: code, Said: said}) }

func (k *keeper) notes(notes ...dedupe.Note) {
	var detail provision.Detail
	if k.step.Detail != nil {
		detail = *k.step.Detail
	}
	detail.Notes = append(slices.Clone(detail.Notes), notes...)
	k.step.Detail = &detail
}

// ends says what the first row ends in.
func (k *keeper) ends(o provision.Outcome, why reason.Code) {
	k.step.First = change.Verdict{Outcome: o, Reason: why}
}

// given is what a change of the step gives somebody, the zero Owned for nothing.
func (k *keeper) given(c change.Change) []Owned {
	join := func(m dedupe.Membership) []Owned {
		all := []Owned{{Grant: Grant{provision.MembershipGrant, m.Brand}}}
		if former := k.policy.DefaultRole(m.Kind); k.policy.Ranks[m.Role] > k.policy.Ranks[former] {
			all = append(all, Owned{Grant{provision.RoleGrant, m.Brand}, former, m.Role})
		}
		return all
	}
	switch c := c.(type) {
	case change.Join:
		return join(c.Membership)
	case change.Offer:
		all := join(c.Membership)
		for _, name := range c.Campaigns {
			all = append(all, Owned{Grant: Grant{provision.CampaignGrant, name}})
		}
		for _, name := range c.Products {
			all = append(all, Owned{Grant: Grant{provision.ProductGrant, name}})
		}
		return all
	case change.SetRole:
		if !c.Lowers {
			return []Owned{{Grant{provision.RoleGrant, c.Brand}, c.From, c.To}}
		}
	case change.GrantCampaign:
		return []Owned{{Grant: Grant{provision.CampaignGrant, c.Campaign}}}
	case change.GrantProduct:
		return []Owned{{Grant: Grant{provision.ProductGrant, c.Product}}}
	}
	return nil
}

// respect gives nothing again that the source gave and somebody took away since.
func (k *keeper) respect() {
	if k.Account.ID == "" {
		return
	}
	var left change.Changes
	taken := false
	for _, c := range k.step.Changes {
		if k.takenByHand(c) {
			taken = true
			continue
		}
		left = append(left, c)
	}
	if !taken {
		return
	}
	k.step.Changes = k.withoutTidings(left)
	switch {
	case len(k.step.Changes) == 0:
		k.step.Link = ""
		k.step.LinkID = ""
		k.ends(provision.Unchanged, reason.TakenByHand)
	case !slices.ContainsFunc(k.step.Changes, func(c change.Change) bool { return len(k.given(c)) > 0 }):
		k.ends(provision.Updated, reason.DetailsAdded)
	}
}

// takenByHand reports whether a change gives something that the source gave
// before and that is gone, or that hangs on a membership of which that is so.
func (k *keeper) takenByHand(c change.Change) bool {
	for _, g := range k.given(c) {
		if o, own := find(k.Own, g.Grant); own && !has(k.Account, g.Grant, o, k.policy) && !asked(k.Account, g.Grant) {
			return true
		}
		if g.What != provision.CampaignGrant {
			continue
		}
		brand, _, _ := strings.Cut(g.Target, "/")
		membership := Grant{provision.MembershipGrant, brand}
		if _, own := find(k.Own, membership); own && !has(k.Account, membership, Owned{}, k.policy) && !asked(k.Account, membership) {
			return true
		}
	}
	return false
}

// withoutTidings leaves out what is told to people about access that they do not
// get, and everything where they are in no brand.
func (k *keeper) withoutTidings(changes change.Changes) change.Changes {
	if slices.ContainsFunc(changes, func(c change.Change) bool { return len(k.given(c)) > 0 }) {
		return changes
	}
	if len(k.Account.Memberships) == 0 {
		return nil
	}
	return slices.DeleteFunc(changes, func(c change.Change) bool {
		switch c.Op() {
		case change.OpMail, change.OpDashboard, change.OpTellAdministrators:
			return true
		}
		return false
	})
}

// attend says that somebody is there who was not.
func (k *keeper) attend() {
	here := &provision.Attendance{}
	switch {
	case k.Person == nil:
		k.add(change.Attend{Source: k.Source, To: here})
	case k.Person.Absences > 0:
		was := &provision.Attendance{Absences: k.Person.Absences, Run: k.Person.Run}
		k.add(change.Attend{Source: k.Source, From: was, To: here})
	default:
		return
	}
	if k.step.Action == "" {
		k.step.Action = AttendAction
	}
}

// watch makes sure that the step watches the account that it is about.
func (k *keeper) watch() {
	if len(k.step.Changes) == 0 {
		return
	}
	if k.step.Action == "" {
		k.step.Action = AttendAction
	}
	k.step = watching(k.step, k.Account)
}

func watching(s change.Step, a dedupe.Account) change.Step {
	if a.ID == "" || slices.ContainsFunc(s.Watch, func(w dedupe.Watched) bool { return w.Account == a.ID }) {
		return s
	}
	own := dedupe.Watched{Key: identity.Key{Space: dedupe.AccountSpace, Value: a.ID}, Account: a.ID, Version: a.Version}
	s.Watch = append(slices.Clone(s.Watch), own)
	return s
}

// kindOf is the kind of whoever is in a brand, or is to be.
func (k *keeper) kindOf(brand string) record.Kind {
	if m, in := k.Account.In(brand); in {
		return m.Kind
	}
	return k.Wanted.Kind
}
