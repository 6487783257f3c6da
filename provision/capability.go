package provision

import (
	"fmt"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/failure"
)

// Capabilities that somebody's role may have. Creators and clients may be
// imported by whoever has a dashboard, into their own brands.
const (
	MayCreateStaff      = "staff:create"      // staff, whatever their role
	MayAssignRoles      = "roles:assign"      // roles above "member", up to one's own
	MayBlock            = "people:block"      // block and activate
	MayForget           = "people:forget"     // remove what is kept of people
	MayEdit             = "people:edit"       // change what an account holds
	MayExport           = "people:export"     // take out everything about somebody
	MayMerge            = "people:merge"      // join accounts of one person
	MayReissue          = "links:reissue"     // issue, renew and end invite links
	MayReveal           = "links:reveal"      // see the invite links of others
	MayResetPasswords   = "passwords:reset"   // issue links to set a new password
	MaySeeAll           = "brands:all"        // every brand of the organization
	MayEditOrganization = "organization:edit" // its brands, roles and settings
	MayLoadDirectory    = "directory:load"    // exports of the platform's accounts
	MayGrantProducts    = "products:grant"    // products that one has not got oneself
	MayGrantPermissions = "permissions:grant" // permissions, likewise
	MayEditBilling      = "billing:edit"      // plan and invoices
	MaySync             = "sync:run"          // keep a brand equal to a list
	MayUndo             = "undo:run"          // take back what a run did
	MayReadAudit        = "audit:read"        // who did what to whom
	MayDoAll            = "*"                 // all of them, also those to come
)

// MayBlockEverywhere is no capability of a role: an organization has no power
// over the platform, and cannot give itself any. Operators have it whom whoever
// owns the database has made operators of the platform.
const MayBlockEverywhere = "platform:block"

// Capabilities is the closed list of them: a role has no others.
var Capabilities = []string{
	MayCreateStaff, MayAssignRoles, MayBlock, MayForget, MayEdit, MayExport, MayMerge, MayReissue, MayReveal,
	MayResetPasswords, MaySeeAll, MayEditOrganization, MayLoadDirectory, MayGrantProducts, MayGrantPermissions,
	MayEditBilling, MaySync, MayUndo, MayReadAudit, MayDoAll,
}

// Can reports whether a role includes a capability.
func (r Role) Can(capability string) bool {
	if capability == MayBlockEverywhere {
		return false
	}
	return slices.Contains(r.Capabilities, MayDoAll) || slices.Contains(r.Capabilities, capability)
}

// Elevated reports whether a role lets somebody do more than a member: by its
// rank above that of member, by a dashboard, or by a capability.
func (r Role) Elevated(member Role) bool {
	return r.Rank > member.Rank || r.Dashboard || len(r.Capabilities) > 0
}

// Beyond says what a role has that another one has not, in words that follow its
// name; "" where the other can do all that it can. What counts is what a role can
// do: one of a lower rank may do more.
func (r Role) Beyond(own Role) string {
	switch {
	case r.Rank > own.Rank:
		return "ranks above the operator's own (" + own.Name + ")"
	case r.Dashboard && !own.Dashboard:
		return "has a dashboard, which the operator's own (" + own.Name + ") has not"
	}
	for _, c := range r.Capabilities {
		if !own.Can(c) {
			return "has " + c + ", which the operator's own (" + own.Name + ") has not"
		}
	}
	return ""
}

// May reports whether the operator's effective rights include a capability.
func (o Operator) May(capability string) bool {
	if capability == MayBlockEverywhere {
		return !o.Blocked && o.Platform
	}
	return !o.Blocked && o.Role.Can(capability)
}

// capabilities are all that the operator has, sorted.
func (o Operator) capabilities() []string {
	all := slices.Clone(o.Role.Capabilities)
	if o.Platform {
		all = append(all, MayBlockEverywhere)
	}
	slices.Sort(all)
	return all
}

// RoleIn is the operator's role in a brand: the one they have there, or one of
// another brand that is for all of them, where that ranks higher.
func (o Operator) RoleIn(brand string) Role {
	if o.Roles == nil {
		return o.Role
	}
	best := o.Roles[brand]
	for _, in := range slices.Sorted(maps.Keys(o.Roles)) {
		if r := o.Roles[in]; r.Can(MaySeeAll) && r.Rank > best.Rank {
			best = r
		}
	}
	return best
}

// In is the operator as they act in a brand: by the role that they have there.
// Of their other brands they manage those where they may do as much.
func (o Operator) In(brand string) Operator {
	o.Role = o.RoleIn(brand)
	return o.wherever()
}

// wherever leaves an operator the brands where their role holds: what somebody
// may do in one brand they may not do in another where they are less.
func (o Operator) wherever() Operator {
	o.Manages = slices.DeleteFunc(slices.Clone(o.Manages), func(brand string) bool {
		return o.Role.Beyond(o.RoleIn(brand)) != ""
	})
	return o
}

// OperatorMay reports whether the operator of a policy has a capability.
func OperatorMay(p dedupe.Policy, capability string) bool {
	if capability == MayBlockEverywhere {
		return slices.Contains(p.OperatorMay, capability)
	}
	return Role{Capabilities: p.OperatorMay}.Can(capability)
}

// MayInvite refuses, with a *ConfigError, an organization that issues no links
// at all.
func (o Organization) MayInvite() error {
	if o.IsActive() {
		return nil
	}
	return &ConfigError{
		Msg:  fmt.Sprintf("organization %q is not active, and issues no links", o.Slug),
		Hint: "say active: true in the organization file, and apply it",
	}
}

// Needs refuses, with a *ConfigError, an operator who lacks a capability; to is
// what they would do with it, in words.
func (o Operator) Needs(capability, to string) error {
	if o.May(capability) {
		return nil
	}
	refusal := &ConfigError{
		Msg:   fmt.Sprintf("%s (%s) may not %s (%s)", o.Email, o.Role.Name, to, capability),
		Class: failure.Authority,
	}
	if capability == MayBlockEverywhere {
		refusal.Hint = "whoever owns the database gives that right: muster db operators --add EMAIL"
	}
	return refusal
}
