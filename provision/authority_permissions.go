package provision

import (
	"errors"
	"slices"
	"strings"

	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// permissions settles what the row of a member of the staff or a client asks
// for. What a clone comes to is known once its source has been looked up; a row
// that asks for nothing gets what everybody has by default.
func (c *check) permissions() {
	wish, err := permission.Parse(c.r.Permissions)
	if err != nil {
		c.problem(record.FieldPermissions, reason.PermissionsNotRead, "permissions %q: %v", c.r.Permissions, err)
		return
	}
	rules := c.Organization.Permissions()
	if wish.Mode == permission.Clone {
		c.clone(&wish, rules)
	} else if g, err := rules.Grant(wish); err != nil {
		c.problem(record.FieldPermissions, permissionCode(err), "permissions %q: %v", c.r.Permissions, err)
	} else {
		c.holds(g)
	}
	c.r.Permissions = wish.String()
}

// clone settles whose permissions are cloned.
func (c *check) clone(wish *permission.Wish, rules permission.Rules) {
	e, _, err := identity.ParseEmail(wish.Of)
	if err != nil {
		c.problem(record.FieldPermissions, reason.PermissionsNotRead, "permissions %q: %q is no email address",
			c.r.Permissions, wish.Of)
		return
	}
	wish.Of = e.Value
	if err := rules.Allows(permission.Grant{Mode: permission.Clone}); err != nil {
		c.problem(record.FieldPermissions, permissionCode(err), "permissions %q: %v", c.r.Permissions, err)
	}
}

// holds refuses permissions beyond the operator's own, in any brand of the row.
func (c *check) holds(g permission.Grant) {
	brands := c.r.Brands
	if len(brands) == 0 {
		brands = []string{c.Brand.Slug}
	}
	for _, brand := range brands {
		if beyond := g.Beyond(c.Authority.has(brand)); len(beyond) > 0 && !c.Operator.May(MayGrantPermissions) {
			c.problem(record.FieldPermissions, reason.PermissionNotHeld,
				"%s has not got %s in brand %q, and may give only their own; write custom: with what they have",
				c.Operator.Email, strings.Join(beyond[:min(len(beyond), 3)], ", "), brand)
			return
		}
	}
}

// has is what the operator themselves may do in a brand.
func (a *Authority) has(brand string) permission.Grant {
	if g, given := a.Operator.Permissions[brand]; given {
		return g
	}
	return a.Organization.Permissions().Default()
}

// holds is what the operator may do in each of the brands, nil where they may
// give anything.
func (a *Authority) holds(brands []string) map[string][]string {
	if a.Operator.May(MayGrantPermissions) {
		return nil
	}
	all := map[string][]string{}
	for _, brand := range brands {
		all[brand] = slices.Clone(a.has(brand).Leaves)
	}
	return all
}

// permissionCode is the reason for which permissions are refused.
func permissionCode(err error) reason.Code {
	if _, is := errors.AsType[*permission.UnknownError](err); is {
		return reason.PermissionUnknown
	}
	return reason.PlanForbids
}
