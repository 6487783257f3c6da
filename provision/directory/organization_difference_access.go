package directory

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/dedupe/permission"
	"muster/provision"
)

// mergedAccess lays what a file says of who may do what over what there is. A
// list, a tree or a plan that is given replaces the former one; one that is
// empty ends it.
func mergedAccess(now, file provision.Access) provision.Access {
	merged := provision.Access{
		Plan:                     cmp.Or(file.Plan, now.Plan),
		PermissionTree:           replaced(now.PermissionTree, file.PermissionTree),
		PermissionDefaultWithout: replaced(now.PermissionDefaultWithout, file.PermissionDefaultWithout),
		StaffDomains:             replaced(now.StaffDomains, file.StaffDomains),
		ClaimConsent:             cmp.Or(file.ClaimConsent, now.ClaimConsent),
		Guards:                   replacedGuards(now.Guards, file.Guards),
	}
	if merged.Plan != nil && planText(merged.Plan) == "" {
		merged.Plan = nil
	}
	return merged
}

// replaced is the list of a file, or the one there is where the file has none;
// nil for an empty one.
func replaced[L ~[]string](now, file L) L {
	if file != nil {
		now = file
	}
	if len(now) == 0 {
		return nil
	}
	return now
}

// access says what changes about who may do what.
func (d *difference) access(wanted provision.Access) {
	now := d.now.Access
	d.changed(ChangePlan, planText(now.Plan), planText(wanted.Plan))
	if !slices.Equal(now.PermissionTree, wanted.PermissionTree) {
		d.say(OrganizationChange{
			Op:   ChangePermissionTree,
			From: strings.Join(missingFrom(now.PermissionTree, wanted.PermissionTree), ", "),
			To:   strings.Join(missingFrom(wanted.PermissionTree, now.PermissionTree), ", "),
		})
	}
	d.changed(ChangeDefaultPermissions,
		strings.Join(now.PermissionDefaultWithout, ", "), strings.Join(wanted.PermissionDefaultWithout, ", "))
	d.changed(ChangeStaffDomains, strings.Join(now.StaffDomains, ", "), strings.Join(wanted.StaffDomains, ", "))
	d.changed(ChangeGuards, guardsText(now.Guards), guardsText(wanted.Guards))
	d.toggled(ChangeClaimConsent, now.AsksConsent(), wanted.AsksConsent())
}

// missingFrom are the leaves of a tree that another one has not got.
func missingFrom(tree, other permission.Tree) []string {
	return slices.DeleteFunc(slices.Clone(tree), func(leaf string) bool { return slices.Contains(other, leaf) })
}

// planText says a plan in words, "" for none.
func planText(p *provision.Plan) string {
	if p == nil {
		return ""
	}
	var parts []string
	if p.Name != "" {
		parts = append(parts, fmt.Sprintf("%q", p.Name))
	}
	if len(p.Permissions) > 0 {
		modes := make([]string, len(p.Permissions))
		for i, m := range p.Permissions {
			modes[i] = string(m)
		}
		parts = append(parts, "permissions "+strings.Join(modes, ", "))
	}
	if len(p.Never) > 0 {
		parts = append(parts, "never "+strings.Join(p.Never, ", "))
	}
	for _, kind := range slices.Sorted(maps.Keys(p.Limits)) {
		parts = append(parts, fmt.Sprintf("at most %d %s", p.Limits[kind], plural(kind, p.Limits[kind])))
	}
	return strings.Join(parts, "; ")
}

// ofAccess says in words what changes about who may do what.
func (c OrganizationChange) ofAccess() string {
	switch c.Op {
	case ChangePlan:
		return "the plan is now " + cmp.Or(c.To, "without limits")
	case ChangePermissionTree:
		var parts []string
		if c.To != "" {
			parts = append(parts, "permissions added: "+c.To)
		}
		if c.From != "" {
			parts = append(parts, "permissions that are no more: "+c.From)
		}
		return strings.Join(parts, "; ")
	case ChangeDefaultPermissions:
		if c.To == "" {
			return "by default people may do everything"
		}
		return "by default people may do everything but " + c.To
	case ChangeStaffDomains:
		if c.To == "" {
			return "staff may have addresses at any domain"
		}
		return "staff have addresses at " + c.To
	case ChangeGuards:
		return "guards are now " + cmp.Or(c.To, "the built-in ones alone")
	case ChangeClaimConsent:
		return c.either("people who are claimed are asked whether they agree", "people who are claimed are not asked")
	case AddLogin:
		return fmt.Sprintf("database login %q may act as %s", c.Name, c.who)
	case EndLogin:
		return fmt.Sprintf("database login %q may no longer act as %s", c.Name, c.who)
	default:
		return c.ofArchive()
	}
}

// ofArchive says in words what is put away, and what comes back.
func (c OrganizationChange) ofArchive() string {
	switch c.Op {
	case RestoreBrand:
		return fmt.Sprintf("brand %q is back", c.Name)
	case RestoreCampaign:
		return fmt.Sprintf("campaign %q is back", c.Name)
	case ArchiveBrand:
		return fmt.Sprintf("brand %q is put away", c.Name)
	case ArchiveCampaign:
		return fmt.Sprintf("campaign %q is put away", c.Name)
	case ArchiveProduct:
		return fmt.Sprintf("product %q is put away", c.Name)
	case ArchiveRole:
		return fmt.Sprintf("role %q is put away", c.Name)
	default:
		return string(c.Op)
	}
}
