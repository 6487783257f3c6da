package dedupe

import (
	"errors"
	"slices"

	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// wishes are what the rows of the person ask for, each once, in list order.
// They were checked when the rows were read.
func (p Person) wishes() []permission.Wish {
	var all []permission.Wish
	for _, text := range p.union(func(r record.Record) []string { return []string{r.Permissions} }) {
		if w, err := permission.Parse(text); err == nil && w.Mode != "" && p.kind() != record.Creator {
			all = append(all, w)
		}
	}
	return all
}

// Cloned is the key of the account whose permissions the person is to have; the
// zero Key for none.
func (p Person) Cloned() identity.Key {
	wishes := p.wishes()
	if len(wishes) != 1 || wishes[0].Mode != permission.Clone {
		return identity.Key{}
	}
	e, _, err := identity.ParseEmail(wishes[0].Of)
	if err != nil {
		return identity.Key{}
	}
	return e.Key()
}

// errNobodyToClone says that there is nobody to clone whom the operator sees.
var errNobodyToClone = errors.New("nobody to clone")

// permits are the permissions of a new membership, nil for a creator, or where
// the organization knows none.
func (m Match) permits(brand string, p Policy) *permission.Grant {
	if m.Person.kind() == record.Creator || len(p.Permissions.Tree) == 0 {
		return nil
	}
	g, err := m.permitted(brand, p)
	if err != nil { // refused by then; a reviewer who takes them on all the same gives them nothing
		return &permission.Grant{Mode: permission.Custom, Leaves: []string{}}
	}
	return &g
}

// permitted are the permissions that the person's rows ask for in a brand.
func (m Match) permitted(brand string, p Policy) (permission.Grant, error) {
	wishes := m.Person.wishes()
	if len(wishes) == 0 {
		return p.Permissions.Grant(permission.Wish{Mode: permission.Default})
	}
	if wishes[0].Mode != permission.Clone {
		return p.Permissions.Grant(wishes[0])
	}
	held, found := m.source.Shows(brand, p)
	if !found {
		return permission.Grant{}, errNobodyToClone
	}
	return p.Permissions.Clone(held.Given(), m.source.ID)
}

// Shows is the membership of an account whose permissions are cloned for a brand: the one
// there, or else the first that the operator sees.
func (a Account) Shows(brand string, p Policy) (Membership, bool) {
	clonable := func(m Membership) bool { return m.Kind != record.Creator && slices.Contains(p.VisibleBrands, m.Brand) }
	if m, in := a.In(brand); in && clonable(m) {
		return m, true
	}
	i := slices.IndexFunc(a.Memberships, clonable)
	if i < 0 {
		return Membership{}, false
	}
	return a.Memberships[i], true
}

// Given are the permissions of a membership, the zero Grant where none were
// ever given.
func (m Membership) Given() permission.Grant {
	if m.Permissions == nil {
		return permission.Grant{}
	}
	return *m.Permissions
}

// refusesPermissions says why what a decision gives cannot be given, "" where
// it can. Whoever gets nothing new asks for nothing.
func (m Match) refusesPermissions(d Decision, p Policy) reason.Code {
	joins := d.Write.Memberships
	for _, o := range d.Write.Offers {
		joins = append(joins, o.Membership)
	}
	if len(joins) == 0 || m.Person.kind() == record.Creator {
		return ""
	}
	if len(m.Person.wishes()) > 1 {
		return reason.PermissionsContradict
	}
	for _, j := range joins {
		g, err := m.permitted(j.Brand, p)
		switch {
		case errors.Is(err, errNobodyToClone):
			return reason.CloneUnknown
		case err != nil:
			return reason.PlanForbids
		case p.GivesTooMuch(j.Brand, g):
			return reason.PermissionNotHeld
		}
	}
	return ""
}

// GivesTooMuch reports whether permissions in a brand go beyond what the operator
// may give there.
func (p Policy) GivesTooMuch(brand string, g permission.Grant) bool {
	return p.Holds != nil && len(g.Beyond(permission.Grant{Leaves: p.Holds[brand]})) > 0
}

// permissionNotes says where somebody has other permissions than the rows say:
// an import never changes them.
func (m Match) permissionNotes(a Account, p Policy, add func(code reason.Code, said, holds string)) {
	wishes := m.Person.wishes()
	if len(wishes) == 0 || len(p.Permissions.Tree) == 0 {
		return
	}
	for _, brand := range p.brands(m.Person) {
		held, in := a.In(brand)
		if !in || held.Kind == record.Creator {
			continue
		}
		has := held.Given()
		if has.Mode == "" {
			has = p.Permissions.Default()
		}
		wanted, err := m.permitted(brand, p)
		cloned := wanted.Mode == permission.Clone && has.Mode == permission.Clone && wanted.Source == has.Source
		if err == nil && !cloned && !slices.Equal(wanted.Leaves, has.Leaves) {
			add(reason.PermissionsDiffer, wishes[0].String(), has.String())
		}
	}
}
