package accounts

import (
	"slices"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// PermissionsAction is what the audit calls it when somebody's permissions
// change.
const PermissionsAction change.Action = "permissions changed"

// Permissions gives staff and clients other permissions: what is asked for, or
// what somebody else has in the same brand, or else in the first of theirs.
type Permissions struct {
	Wish   permission.Wish
	Brand  string          `json:",omitempty"` // slug; "" is every brand that the operator sees
	Source *dedupe.Account `json:",omitempty"` // who is cloned
}

// Kind is that of accounts permissions.
func (Permissions) Kind() string { return "accounts permissions" }

// Options are all of it; of the source what is cloned.
func (v Permissions) Options() any {
	if v.Source != nil {
		v.Source = &dedupe.Account{ID: v.Source.ID, Memberships: v.Source.Memberships}
	}
	return v
}

// Judge says which permissions a person gets in place of theirs.
func (v Permissions) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	if why := refused(p.Account, policy); why != "" {
		return pick.Rejected(why)
	}
	var changes change.Changes
	member, creator := false, false
	for _, m := range p.Account.Memberships {
		if !slices.Contains(policy.VisibleBrands, m.Brand) || v.Brand != "" && v.Brand != m.Brand {
			continue
		}
		if m.Kind == record.Creator {
			creator = true
			continue
		}
		member = true
		set, why := v.set(m, policy)
		if why != "" {
			return pick.Rejected(why)
		}
		if !set.To.Same(had(m, policy)) {
			changes = append(changes, set)
		}
	}
	switch {
	case !member && creator:
		return pick.Rejected(reason.RightsOfCreator)
	case !member:
		return pick.Rejected(reason.NotMember)
	case len(changes) == 0:
		return pick.Left(reason.HasPermissions)
	}
	return pick.Done(reason.PermissionsChanged, PermissionsAction, changes...)
}

// set is the change of a membership, or why the operator may not make it.
func (v Permissions) set(m dedupe.Membership, policy dedupe.Policy) (change.SetPermissions, reason.Code) {
	set := change.SetPermissions{Brand: m.Brand, From: m.Permissions}
	if m.Kind == record.Staff && !provision.OperatorMay(policy, provision.MayCreateStaff) {
		return set, reason.NotAllowed
	}
	g, why := v.grant(m.Brand, policy)
	if why == "" && policy.GivesTooMuch(m.Brand, g) {
		why = reason.PermissionNotHeld
	}
	set.To = &g
	return set, why
}

// grant is what the wish comes to in a brand.
func (v Permissions) grant(brand string, policy dedupe.Policy) (permission.Grant, reason.Code) {
	if v.Wish.Mode != permission.Clone {
		g, err := policy.Permissions.Grant(v.Wish)
		return g, refusal(err, reason.PlanForbids)
	}
	m, found := v.Source.Shows(brand, policy)
	if !found {
		return permission.Grant{}, reason.CloneUnknown
	}
	g, err := policy.Permissions.Clone(m.Given(), v.Source.ID)
	return g, refusal(err, reason.PlanForbids)
}

func refusal(err error, why reason.Code) reason.Code {
	if err == nil {
		return ""
	}
	return why
}

// had are the permissions of a membership: where none were ever given, those
// that everybody has by default.
func had(m dedupe.Membership, policy dedupe.Policy) permission.Grant {
	if g := m.Given(); g.Mode != "" {
		return g
	}
	return policy.Permissions.Default()
}
