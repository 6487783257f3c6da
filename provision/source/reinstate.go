package source

import (
	"encoding/json"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// reinstate gives people back as it was what they lost when they were missing:
// as far as the rows ask for it, and the operator could give it.
func (k *keeper) reinstate() {
	if k.Person == nil || k.Person.Absences < provision.RemovedAfter {
		return
	}
	back := false
	for _, m := range k.Ended.Memberships {
		back = k.rejoin(m) || back
	}
	for _, name := range k.Ended.Campaigns {
		back = k.again(change.GrantCampaign{Campaign: name}, change.GrantCampaign{Campaign: name, Back: true}) || back
	}
	for _, name := range k.Ended.Products {
		if len(k.Wanted.Products) == 0 && !slices.Contains(k.Account.Products, name) && !k.Account.OutOfReach(k.policy) {
			k.add(change.GrantProduct{Product: name, Back: true})
			back = true
			continue
		}
		back = k.again(change.GrantProduct{Product: name}, change.GrantProduct{Product: name, Back: true}) || back
	}
	if !back {
		return
	}
	k.step.Action = change.UpdateAction
	k.ends(provision.Updated, reason.Reinstated)
	k.step.Changes = slices.DeleteFunc(k.step.Changes, func(c change.Change) bool {
		mail, mails := c.(change.SendMail)
		return mails && mail.Template == string(dedupe.TellClaimed)
	})
}

// again puts a change in the place of one that the step makes, and reports
// whether it does.
func (k *keeper) again(first, back change.Change) bool {
	for i, c := range k.step.Changes {
		if c == first {
			k.step.Changes[i] = back
			return true
		}
	}
	return false
}

// rejoin makes a membership that the step gives the one that ended.
func (k *keeper) rejoin(ended EndedMembership) bool {
	p := k.policy
	rank, known := p.Ranks[ended.Role]
	if !known || rank > p.OperatorRank || p.Exceeding[ended.Role] {
		return false
	}
	i := slices.IndexFunc(k.step.Changes, func(c change.Change) bool {
		join, joins := c.(change.Join)
		return joins && join.Brand == ended.Brand && join.Kind == ended.Kind
	})
	if i < 0 {
		return false
	}
	join := k.step.Changes[i].(change.Join)
	k.step.Changes[i] = change.Join{Membership: ended.Membership, Back: true}
	if role := k.Wanted.Role; role != "" && role != ended.Role {
		k.add(change.SetRole{Brand: ended.Brand, From: ended.Role, To: role, Lowers: p.Ranks[role] < rank})
	}
	if columns, differ := changed(ended, join.Attributes); differ {
		k.add(columns)
	}
	return true
}

// changed are the free columns that the list says otherwise than they were.
func changed(ended EndedMembership, said json.RawMessage) (change.SetColumns, bool) {
	c := change.SetColumns{Brand: ended.Brand, From: map[string]string{}, To: map[string]string{}, Rest: map[string]string{}}
	var now map[string]string
	_ = json.Unmarshal(said, &now) // made by us; none is none
	for column, value := range ended.Columns {
		if to, named := now[column]; !named || to == value {
			c.Rest[column] = value
		}
	}
	for column, value := range now {
		if before := ended.Columns[column]; value != "" && before != value {
			c.From[column] = before
			c.To[column] = value
		}
	}
	return c, len(c.To) > 0
}

// drift tells what was changed by hand.
func (k *keeper) drift() {
	if k.Account.ID == "" {
		return
	}
	for _, o := range k.Own {
		if !has(k.Account, o.Grant, o, k.policy) && !asked(k.Account, o.Grant) && !k.namedNoMore(o) && !k.isAgain(o.Grant) {
			k.note(reason.TakenByHand, o.words())
		}
	}
	for _, name := range k.Account.Campaigns {
		brand, _, _ := strings.Cut(name, "/")
		if g := (Grant{provision.CampaignGrant, name}); slices.Contains(k.Wanted.Brands, brand) && k.beside(g, k.Wanted.Campaigns) {
			k.note(reason.GrantedByHand, g.String())
		}
	}
	for _, name := range k.Account.Products {
		if g := (Grant{provision.ProductGrant, name}); k.beside(g, k.Wanted.Products) {
			k.note(reason.GrantedByHand, g.String())
		}
	}
	for _, brand := range k.Wanted.Brands {
		k.raised(brand)
	}
}

// isAgain reports whether the step gives a grant.
func (k *keeper) isAgain(g Grant) bool {
	return slices.ContainsFunc(k.step.Changes, func(c change.Change) bool {
		_, gives := find(k.given(c), g)
		return gives
	})
}

// beside reports whether somebody has a grant that neither the rows nor any
// source gave.
func (k *keeper) beside(g Grant, named []string) bool {
	_, own := find(k.Own, g)
	_, others := find(k.Others, g)
	return !own && !others && !slices.Contains(named, g.Target)
}

// raised tells of a role above what sources gave.
func (k *keeper) raised(brand string) {
	m, in := k.Account.In(brand)
	if _, own := find(k.Own, Grant{provision.MembershipGrant, brand}); !in || !own {
		return
	}
	highest := max(k.policy.Ranks[k.policy.DefaultRole(k.kindOf(brand))], k.policy.Ranks[k.Wanted.Role])
	for _, o := range slices.Concat(k.Own, k.Others) {
		if o.What == provision.RoleGrant && o.Target == brand {
			highest = max(highest, k.policy.Ranks[o.Given])
		}
	}
	if k.policy.Ranks[m.Role] > highest {
		k.note(reason.RaisedByHand, "role "+m.Role+" in "+brand)
	}
}

// words name what was given.
func (o Owned) words() string {
	if o.What == provision.RoleGrant {
		return "role " + o.Given + " in " + o.Target
	}
	return o.String()
}
