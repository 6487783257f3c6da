package directory

import (
	"fmt"
	"slices"

	"muster/importer/failure"
	"muster/importer/identity"
	"muster/provision"
)

// mayEdit refuses, with a *ConfigError, what is not the editor's to change about
// an organization: nobody gets, by a file, what the editor does not hold.
func mayEdit(
	editor provision.Operator, now provision.Organization, rows provision.OrganizationRows, changes []OrganizationChange,
) error {
	own := ownRole(editor, now)
	for _, r := range rows.Roles {
		old, _ := findRole(now, r.Name)
		if err := mayChangeRole(editor, own, old, r); err != nil {
			return err
		}
	}
	if rows.Itself != nil {
		for kind, name := range rows.Itself.DefaultRoles {
			role, _ := findRole(provision.Organization{Roles: append(slices.Clone(rows.Roles), now.Roles...)}, name)
			if name == now.DefaultRoles[kind] {
				continue
			}
			if err := mayBeDefault(editor, own, role, now); err != nil {
				return err
			}
		}
	}
	if slices.ContainsFunc(changes, func(c OrganizationChange) bool { return c.Op == ChangePlan }) {
		return editor.Needs(provision.MayEditBilling, "change the plan")
	}
	return nil
}

// ownRole is the role of the editor as it is before the file is applied.
func ownRole(editor provision.Operator, now provision.Organization) provision.Role {
	own, _ := findRole(now, editor.Role.Name)
	return own
}

// mayBeDefault refuses a default role that the editor may not give to anybody.
func mayBeDefault(editor provision.Operator, own, role provision.Role, now provision.Organization) error {
	member, _ := findRole(now, provision.MemberRole)
	if more := role.Beyond(own); more != "" {
		return refuse("%s may not make role %q a default: it %s", editor.Email, role.Name, more)
	}
	if role.Elevated(member) && !own.Can(provision.MayAssignRoles) {
		return refuse("%s (%s) may not assign role %q, nor make it a default", editor.Email, own.Name, role.Name)
	}
	return nil
}

// mayChangeRole refuses a role that ranks above the editor's own, before or
// after, one that gets what theirs has not, and one of their own rank from
// which something is taken that is not theirs to give.
func mayChangeRole(editor provision.Operator, own, old, wanted provision.Role) error {
	switch {
	case old.Rank > own.Rank:
		return refuse("role %q ranks above that of %s (%s), who may not change it", old.Name, editor.Email, own.Name)
	case wanted.Rank > own.Rank:
		return refuse("role %q would rank above that of %s (%s)", wanted.Name, editor.Email, own.Name)
	case wanted.Dashboard && !old.Dashboard && !own.Dashboard:
		return refuse("role %q would have a dashboard, which that of %s (%s) has not", wanted.Name, editor.Email, own.Name)
	}
	for _, c := range wanted.Capabilities {
		if !old.Can(c) && !own.Can(c) {
			return refuse("role %q would have %s, which that of %s (%s) has not", wanted.Name, c, editor.Email, own.Name)
		}
	}
	if old.Rank == own.Rank {
		return mayChangePeer(editor, own, old)
	}
	return nil
}

// mayChangePeer refuses to change a role of the editor's own rank, their own
// among them, unless they could give it to somebody.
func mayChangePeer(editor provision.Operator, own, old provision.Role) error {
	if own.Can(provision.MayAssignRoles) && old.Beyond(own) == "" {
		return nil
	}
	return refuse("role %q ranks as high as that of %s (%s), who may not change it", old.Name, editor.Email, own.Name)
}

// mayAppoint refuses to make somebody an administrator who is none anywhere in
// the organization, where an administrator may do more than the editor.
func mayAppoint(editor provision.Operator, now provision.Organization, e identity.Email, h provision.Holding) error {
	for _, b := range now.Brands {
		if h.Roles[b.ID] == provision.AdministratorRole {
			return nil
		}
	}
	return mayAll(editor, now, "make "+e.Address+" administrator")
}

// mayTakeIn refuses to make an administrator of somebody who is to be asked first,
// and is in none of the brands: a list asks, a file does not.
func mayTakeIn(now, then provision.Organization, e identity.Email, h provision.Holding) error {
	member := slices.ContainsFunc(now.Brands, func(b provision.Brand) bool { return h.Roles[b.ID] != "" })
	if h.Account == "" || h.Owner == now.ID || member || !then.AsksConsent() {
		return nil
	}
	return &provision.ConfigError{
		Msg:   fmt.Sprintf("%s has an account that is not this organization's, and is asked before being added", e.Address),
		Hint:  "import them as staff (muster import --kind staff), and make them administrator once they have accepted",
		Class: failure.Authority,
	}
}

// mayAll refuses what only those may do who can do all that an administrator
// can.
func mayAll(editor provision.Operator, now provision.Organization, to string) error {
	own := ownRole(editor, now)
	administrator, _ := findRole(now, provision.AdministratorRole)
	lacks := slices.ContainsFunc(administrator.Capabilities, func(c string) bool { return !own.Can(c) })
	if own.Rank < administrator.Rank || lacks {
		return refuse("%s (%s) may not %s: an administrator may do more than they", editor.Email, own.Name, to)
	}
	return nil
}

func refuse(format string, args ...any) error {
	return &provision.ConfigError{Msg: fmt.Sprintf(format, args...), Class: failure.Authority}
}
