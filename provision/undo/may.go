package undo

import (
	"slices"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// may reports whether the operator may make a change that takes something back:
// nobody gets by it, or gives, what they could not give otherwise.
func may(back change.Change, a dedupe.Account, p dedupe.Policy) bool {
	if brand := brandOf(back); brand != "" {
		if !slices.Contains(p.VisibleBrands, brand) {
			return false
		}
	} else if a.OutOfReach(p) {
		return false
	}
	switch c := back.(type) {
	case change.SetRole:
		return c.Lowers || mayGive(c.To, p)
	case change.Join:
		return (c.Kind != record.Staff || provision.OperatorMay(p, provision.MayCreateStaff)) &&
			mayGive(c.Role, p) && !p.GivesTooMuch(c.Brand, c.Given())
	case change.SetPermissions:
		return c.To == nil || !p.GivesTooMuch(c.Brand, *c.To)
	case change.GrantProduct:
		return provision.OperatorMay(p, provision.MayGrantProducts)
	case change.Block:
		return mayBlock(c.Everywhere, p) &&
			!slices.ContainsFunc(c.Roles, func(r change.SetRole) bool { return !r.Lowers && !mayGive(r.To, p) })
	case change.Unblock:
		return mayBlock(c.Everywhere, p)
	}
	return true
}

// needed is the right that taking something back of somebody else's run takes, as
// it does by hand; "" where undo:run is enough. Of their own run nobody needs more,
// but where an address becomes another: links are sent to it.
func needed(back change.Change, own bool) string {
	switch back.(type) {
	case change.Readdress:
		return provision.MayEdit
	case change.Fill, change.Clear, change.SetColumns, change.TakeKey, change.DropKey, change.AddProfile, change.DropProfile,
		change.Connect, change.Disconnect:
		return unless(own, provision.MayEdit)
	case change.Leave, change.Withdraw, change.RevokeCampaign, change.RevokeProduct, change.Unmake:
		return unless(own, provision.MayBlock)
	case change.EndLink:
		return unless(own, provision.MayReissue)
	}
	return ""
}

func unless(own bool, right string) string {
	if own {
		return ""
	}
	return right
}

// mayGive reports whether the operator may give somebody a role.
func mayGive(role string, p dedupe.Policy) bool {
	return !p.Exceeding[role] && (!p.Elevated[role] || provision.OperatorMay(p, provision.MayAssignRoles))
}

// mayBlock reports whether the operator may block people, and lift blocks.
func mayBlock(everywhere bool, p dedupe.Policy) bool {
	if everywhere {
		return provision.OperatorMay(p, provision.MayBlockEverywhere)
	}
	return provision.OperatorMay(p, provision.MayBlock)
}
